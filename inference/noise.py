"""Noise addressed by seed, frame and channel, by Philox 4x32-10 (Salmon et al., SC 2011).

Any window of a canvas can be made alone, and a seed means the same on every machine.
"""

from collections.abc import Iterable
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from inference.arrays import Floats

Words: TypeAlias = npt.NDArray[np.uint64]  # each holds 32 bits
MULTIPLIERS: Final = (np.uint64(0xD2511F53), np.uint64(0xCD9E8D57))
KEY_STEPS: Final = (0x9E3779B9, 0xBB67AE85)
ROUNDS: Final = 10
LOW: Final = np.uint64(0xFFFFFFFF)
HALF: Final = np.uint64(32)


def philox(counter: tuple[Words, Words, Words, Words], key: tuple[int, int]) -> Words:
    """Return the four random words of each counter, stacked on the last axis."""
    a, b, c, d = counter
    for turn in range(ROUNDS):
        first, second = (
            (k + turn * step) & 0xFFFFFFFF for k, step in zip(key, KEY_STEPS, strict=True)
        )
        left, right = a * MULTIPLIERS[0], c * MULTIPLIERS[1]
        a, b = (right >> HALF) ^ b ^ np.uint64(first), right & LOW
        c, d = (left >> HALF) ^ d ^ np.uint64(second), left & LOW
    return np.stack([a, b, c, d], axis=-1)


def normals(words: Words) -> npt.NDArray[np.float64]:
    """Return standard normals for `words` (..., 4) by Box and Muller's transform."""
    even = (words + 0.5) * 2.0**-32
    radius, angle = np.sqrt(-2 * np.log(even[..., 0::2])), 2 * np.pi * even[..., 1::2]
    pairs = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=-1)
    return np.asarray(pairs.reshape(words.shape), np.float64)


def noise(seed: int, first_frame: int, frames: int, channels: int) -> Floats:
    """Return standard normal noise (frames, channels), that of frame `first_frame` first."""
    frame = np.arange(first_frame, first_frame + frames, dtype=np.uint64)[:, None]
    block = np.arange(-(-channels // 4), dtype=np.uint64)[None, :]
    frame, block = np.broadcast_arrays(frame, block)
    zero = np.zeros_like(frame)
    words = philox((frame & LOW, frame >> HALF, block, zero), (seed & 0xFFFFFFFF, seed >> 32))
    return normals(words).reshape(frames, block.shape[1] * 4)[:, :channels].astype(np.float32)


def turned_noise(
    seed: int, turns: Iterable[tuple[int, float]], first_frame: int, frames: int, channels: int
) -> Floats:
    """Return the noise of `seed` turned by each (seed, amount) towards the noise of that seed.

    An amount of 0 changes nothing, 1 leaves only the other; in between the variance stays 1.
    """
    turned = noise(seed, first_frame, frames, channels)
    for other, amount in turns:
        if amount > 0:
            angle = amount * np.pi / 2
            towards = noise(other, first_frame, frames, channels)
            turned = np.asarray(np.cos(angle) * turned + np.sin(angle) * towards, np.float32)
    return turned
