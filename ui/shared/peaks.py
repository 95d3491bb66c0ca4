"""The outline of a sound at every size: a pyramid of lowest and highest samples. Apart from Qt."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Levels: TypeAlias = NDArray[np.int16]

BASE_FRAMES: Final = 64
FACTOR: Final = 4
BLOCK_FRAMES: Final = BASE_FRAMES * 4096
FULL: Final = 32767


@dataclass(frozen=True, slots=True, eq=False)
class Peaks:
    """Lowest and highest sample, int16 (2, n), of every 64 frames, then of every 256, ..."""

    frames: int
    levels: tuple[Levels, ...]

    def over(self, edges: Floats) -> Floats:
        """Return lowest and highest, (2, n) in -1..1, between each of n + 1 rising frames.

        Silence lies before the first frame and behind the last.
        """
        wanted = float(np.median(np.diff(edges))) if len(edges) > 1 else BASE_FRAMES
        level = int(np.log(max(1.0, wanted / BASE_FRAMES)) / np.log(FACTOR))
        level = min(level, len(self.levels) - 1)
        found, size = self.levels[level], BASE_FRAMES * FACTOR**level
        first = np.clip(np.floor(edges[:-1] / size), 0, found.shape[1] - 1).astype(np.intp)
        last = np.clip(np.ceil(edges[1:] / size), first + 1, found.shape[1]).astype(np.intp)
        heard = (edges[1:] > 0) & (edges[:-1] < self.frames)
        low = _between(np.minimum, found[0], first, last)
        high = _between(np.maximum, found[1], first, last)
        return np.where(heard, np.stack((low, high)), 0) / FULL


def _between(
    ufunc: np.ufunc, values: Levels, first: NDArray[np.intp], last: NDArray[np.intp]
) -> NDArray[np.int16]:
    padded = np.append(values, values[-1])  # so that an end may be given as an index
    pairs = np.stack((first, last), axis=1).ravel()
    found: NDArray[np.int16] = ufunc.reduceat(padded, pairs)[::2]
    return found


def peaks_of(
    read: Callable[[int, int], NDArray[np.float32]], frames: int, wanted: Callable[[], bool]
) -> Peaks | None:
    """Return the peaks of a sound; `read(start, frames)` gives (channels, frames) of it.

    None when `wanted`, asked before each block, says no.
    """
    found = []
    for start in range(0, frames, BLOCK_FRAMES):
        if not wanted():
            return None
        block = read(start, min(BLOCK_FRAMES, frames - start))
        found.append(_extremes(np.stack((block.min(axis=0), block.max(axis=0))), BASE_FRAMES))
    lowest = np.concatenate(found, axis=1)
    levels = [np.rint(np.clip(lowest, -1, 1) * FULL).astype(np.int16)]
    while levels[-1].shape[1] > FACTOR:
        levels.append(_extremes(levels[-1], FACTOR))
    return Peaks(frames, tuple(levels))


def _extremes(pairs: NDArray[np.generic], size: int) -> NDArray[np.int16]:
    """Return lowest and highest of each `size` columns; the last repeats to fill up."""
    missing = -pairs.shape[1] % size
    whole = np.pad(pairs, ((0, 0), (0, missing)), mode="edge").reshape(2, -1, size)
    low, high = whole[0].min(axis=1), whole[1].max(axis=1)
    found: NDArray[np.int16] = np.stack((low, high))
    return found
