"""Writes blocks of sound into WAV and FLAC files."""

import errno
import os
from pathlib import Path
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt
import soundfile  # type: ignore[import-untyped]

from desktop.exporting.options import Bits
from desktop.exporting.wav import Origin, wav_header
from desktop.mixing.levels import CHANNELS
from desktop.storage.files import sound_path
from inference.arrays import Audio

Integers = npt.NDArray[np.int32]

DITHERED_BITS: Final = 16


class Dither:
    """Triangular noise of one step to each side, the same for the same key.

    It makes the error of rounding independent of the sound, where it could be heard: at 16 bits.
    At 24 there is nothing to round, as stems lie on that grid.
    """

    def __init__(self, *key: int) -> None:
        self._rng = np.random.Generator(np.random.Philox(np.random.SeedSequence(key)))

    def noise(self, frames: int) -> Audio:
        """Return the next noise (2, frames), -1..1; it does not depend on the size of blocks."""
        pairs = self._rng.random((frames, CHANNELS, 2), dtype=np.float32)
        return (pairs[..., 0] - pairs[..., 1]).T


def to_integers(audio: Audio, bits: Bits, dither: Dither) -> tuple[Integers, int]:
    """Return `audio` in steps of `bits` (2, frames), and how many samples were clipped.

    Digital silence stays silent.
    """
    full = 2 ** (bits - 1)
    steps = audio * np.float32(full)
    if bits == DITHERED_BITS:
        steps += np.where(audio == 0, np.float32(0), dither.noise(audio.shape[1]))
    rounded = np.rint(steps)
    kept = np.clip(rounded, -full, full - 1)
    return kept.astype(np.int32), int(np.count_nonzero(kept != rounded))


class Writer(Protocol):
    """A file that is being written; `clipped_samples` counts what did not fit its range."""

    clipped_samples: int

    def write(self, audio: Audio) -> None:
        """Append `audio` (2, frames)."""

    def close(self) -> None:
        """Finish the file."""


def open_writer(
    path: Path, frames: int, sample_rate_hz: int, bits: Bits, *, origin: Origin, dither: Dither
) -> Writer:
    """Return the writer of a new file at `path`, whose name says whether it is WAV or FLAC."""
    if path.suffix == ".flac":
        return FlacWriter(path, sample_rate_hz, bits, origin, dither)
    header = wav_header(frames, sample_rate_hz, bits, origin)
    return WavWriter(path, header, bits, dither)


class WavWriter:
    """A WAV file of 16 or 24-bit integers or 32-bit floats."""

    def __init__(self, path: Path, header: bytes, bits: Bits, dither: Dither) -> None:
        self.clipped_samples = 0
        self._bits, self._dither = bits, dither
        self._file = path.open("xb")
        self._file.write(header)

    def write(self, audio: Audio) -> None:
        """Append `audio` (2, frames)."""
        if self._bits == 32:
            self._file.write(audio.T.astype("<f4").tobytes())
            return
        integers, clipped = to_integers(audio, self._bits, self._dither)
        self.clipped_samples += clipped
        self._file.write(_little_endian(integers, self._bits // 8))

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


class FlacWriter:
    """A FLAC file of 16 or 24 bits; its comment says at which frame of the song it starts."""

    def __init__(
        self, path: Path, sample_rate_hz: int, bits: Bits, origin: Origin, dither: Dither
    ) -> None:
        self.clipped_samples = 0
        self._path, self._frames = path, 0
        self._bits, self._dither = bits, dither
        self._file = soundfile.SoundFile(
            sound_path(path), "x", sample_rate_hz, CHANNELS, f"PCM_{bits}", format="FLAC"
        )
        self._file.title = origin.description
        self._file.software = origin.program
        self._file.date = origin.created.strftime("%Y-%m-%d")
        self._file.comment = f"starts at frame {origin.start_frame} of the song"

    def write(self, audio: Audio) -> None:
        """Append `audio` (2, frames)."""
        integers, clipped = to_integers(audio, self._bits, self._dither)
        self.clipped_samples += clipped
        self._frames += audio.shape[1]
        self._file.write((integers << (32 - self._bits)).T)

    def close(self) -> None:
        """Finish the file."""
        self._file.close()
        if self._frames and soundfile.info(sound_path(self._path)).frames != self._frames:
            # A disk that is full when the last blocks are flushed makes no error.
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._path))


def _little_endian(integers: Integers, sample_bytes: int) -> bytes:
    four_bytes = np.ascontiguousarray(integers.T, "<i4").view(np.uint8).reshape(-1, 4)
    return four_bytes[:, :sample_bytes].tobytes()
