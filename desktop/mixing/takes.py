"""The sound of a take: any part of it, at any sample rate, in bounded memory."""

from math import ceil, gcd
from typing import Final, Protocol

import numpy as np
import soundfile  # type: ignore[import-untyped]
import soxr  # type: ignore[import-untyped]

from desktop.document.song import Take
from desktop.mixing.errors import MixError
from desktop.mixing.levels import CHANNELS
from inference.arrays import Audio

CHUNK_FRAMES: Final = 65536
MARGIN_FRAMES: Final = 1024  # soxr's filter ends well within it, at the lower of the two rates


class Sound(Protocol):
    """Sound of which any part can be read."""

    def read(self, start: int, frames: int) -> Audio:
        """Return (2, frames) from frame `start` on; silence before the first and after the last."""

    def close(self) -> None:
        """Let go of the file."""


def take_sound(take: Take, file: soundfile.SoundFile, sample_rate_hz: int) -> Sound:
    """Return the sound of `take`, which `file` holds, at the rate asked for; or MixError."""
    sound = TakeFile(take, file)
    if take.sample_rate_hz == sample_rate_hz:
        return sound
    return Resampled(sound, take.sample_rate_hz, sample_rate_hz)


class TakeFile:
    """The sound of a take as its file, which it closes, holds it."""

    def __init__(self, take: Take, file: soundfile.SoundFile) -> None:
        self._take, self._file = take, file
        found = (file.channels, file.frames, file.samplerate)
        expected = (CHANNELS, take.frames, take.sample_rate_hz)
        if found != expected:
            self.close()
            raise self._error(
                "it has {} channels of {} frames at {} Hz".format(*found)
                + ", the song expects {} of {} at {} Hz".format(*expected)
            )

    def read(self, start: int, frames: int) -> Audio:
        """Return (2, frames) from frame `start` on; silence before the first and after the last."""
        sound = np.zeros((CHANNELS, frames), np.float32)
        first, last = max(start, 0), min(start + frames, self._take.frames)
        if first < last:
            sound[:, first - start : last - start] = self._read(first, last - first)
        return sound

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _read(self, start: int, frames: int) -> Audio:
        try:
            if self._file.tell() != start:  # a seek costs a decoder its buffers
                self._file.seek(start)
            sound: Audio = self._file.read(frames, dtype="float32", always_2d=True).T
        except soundfile.LibsndfileError as error:
            raise self._error(f"it breaks off ({error.error_string})") from error
        if sound.shape[1] != frames:
            raise self._error(f"it breaks off at frame {start + sound.shape[1]}")
        if not np.isfinite(sound).all():
            raise self._error(f"a sample after frame {start} is no number")
        return sound

    def _error(self, reason: str) -> MixError:
        return MixError(
            f"take {self._take.id} cannot be played from {self._file.name}: {reason}; "
            "render its region again, or choose another take"
        )


class Resampled:
    """A sound at another rate, the same at each frame however it is read.

    Chunks lie on a fixed grid that both rates share, so that a chunk depends on nothing but where
    it is. Each is resampled with a margin on both sides that is longer than the filter.
    """

    def __init__(self, sound: Sound, from_hz: int, to_hz: int) -> None:
        self._sound, self._from_hz, self._to_hz = sound, from_hz, to_hz
        common = gcd(from_hz, to_hz)
        self._up, self._down = to_hz // common, from_hz // common
        self._periods = ceil(CHUNK_FRAMES / self._up)
        self._margin_periods = ceil(MARGIN_FRAMES / min(self._up, self._down))
        self._held: tuple[int, Audio] | None = None

    def read(self, start: int, frames: int) -> Audio:
        """Return (2, frames) from frame `start` on; silence before the first and after the last."""
        length = self._periods * self._up
        first, last = start // length, max(start, start + frames - 1) // length
        sound = np.concatenate([self._chunk(n) for n in range(first, last + 1)], axis=1)
        skipped = start - first * length
        return sound[:, skipped : skipped + frames]

    def close(self) -> None:
        """Let go of the file."""
        self._sound.close()

    def _chunk(self, number: int) -> Audio:
        if self._held is None or self._held[0] != number:
            self._held = number, self._resample(number)
        return self._held[1]

    def _resample(self, number: int) -> Audio:
        first = (number * self._periods - self._margin_periods) * self._down
        frames = (self._periods + 2 * self._margin_periods) * self._down
        sound = np.ascontiguousarray(self._sound.read(first, frames).T)
        resampled = soxr.resample(sound, self._from_hz, self._to_hz).T
        margin = self._margin_periods * self._up
        chunk: Audio = resampled[:, margin : margin + self._periods * self._up]
        return chunk
