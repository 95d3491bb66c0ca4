"""Takes that are small files, for tests of what is made of them."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import soundfile  # type: ignore[import-untyped]

from desktop.document.song import Take
from inference.arrays import Audio


class TakeFiles:
    """Takes in a folder, each under its id."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()

    def path(self, take: Take) -> Path:
        return self.folder / f"{take.id}.wav"

    def open(self, take: Take) -> soundfile.SoundFile:
        """Return the open file of `take`, as the take pool does."""
        return soundfile.SoundFile(self.path(take))

    def add(self, audio: Audio, sample_rate_hz: int = 8000, **changes: Any) -> Take:
        """Return a take that holds `audio` (channels, frames)."""
        take = Take(
            f"t{self.count()}", "0" * 64, "wav", audio.shape[1], sample_rate_hz, "2030-01-01"
        )
        soundfile.write(self.path(take), audio.T, sample_rate_hz, "FLOAT")
        return replace(take, **changes)

    def noise(self, frames: int, sample_rate_hz: int = 8000, **changes: Any) -> Take:
        """Return a take of stereo noise that differs from every other's."""
        rng = np.random.default_rng(self.count())
        audio = rng.uniform(-0.5, 0.5, (2, frames)).astype(np.float32)
        return self.add(audio, sample_rate_hz, **changes)

    def count(self) -> int:
        """Return how many takes there are."""
        return len(list(self.folder.iterdir()))

    def sound(self, take: Take) -> Audio:
        """Return the audio of `take` (channels, frames)."""
        audio: Audio = soundfile.read(self.path(take), dtype="float32", always_2d=True)[0].T
        return audio
