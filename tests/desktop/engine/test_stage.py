"""The stage listens to what comes out, not only to what the engine says of it."""

from pathlib import Path

import numpy as np
import pytest

from desktop.engine.client import AudioEngine
from desktop.engine.messages import Position
from tests.audio_rig import Recording
from tests.desktop.engine.scores import RATE, Score
from tests.desktop.engine.stage import Stage

PLAYING = Position(tick=0.0, frame=0, playing=True, counting_in=False, at_s=0.0, obeyed=1)
BLOCK_FRAMES = RATE // 20


class SilentAtFirst(Recording):
    """A recording that grows whenever it is looked at; half a second of it is silence."""

    @property
    def frames(self) -> int:
        silent = self.file.stat().st_size // 8 < RATE // 2
        with self.file.open("ab") as file:
            file.write(np.full(2 * BLOCK_FRAMES, 0.0 if silent else 0.25, np.float32).tobytes())
        return super().frames


def test_a_song_that_still_waits_for_its_takes_is_played_until_enough_is_heard(
    score: Score, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, recording = AudioEngine(), SilentAtFirst(tmp_path / "recording.raw")
    recording.file.touch()
    monkeypatch.setattr(engine, "poll", lambda: [PLAYING])
    stage = Stage(engine, score, recording)
    stage.play(0.2)
    assert (stage.heard[:, : RATE // 5] == 0.25).all()
    assert stage.heard.shape[1] >= RATE // 5
