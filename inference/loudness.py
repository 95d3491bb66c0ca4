"""Integrated loudness (ITU-R BS.1770-4) of sound of any length, block by block."""

from typing import Final

import numpy as np
import pyloudnorm  # type: ignore[import-untyped]
from scipy.signal import sosfilt  # type: ignore[import-untyped]

from inference.arrays import Audio

HOP_S: Final = 0.1
HOPS_OF_BLOCK: Final = 4  # gating blocks overlap by 75 %
BLOCK_S: Final = HOP_S * HOPS_OF_BLOCK
ABSOLUTE_GATE_LUFS: Final = -70.0
RELATIVE_GATE_LU: Final = -10.0
OFFSET_LU: Final = -0.691


class LoudnessMeter:
    """Measures what is added block by block; remembers 8 bytes for each 0.1 s."""

    def __init__(self, sample_rate_hz: int, channels: int = 2) -> None:
        self._sections = _k_weighting(sample_rate_hz)
        self._state = np.zeros((len(self._sections), channels, 2))
        self._hop = max(1, round(HOP_S * sample_rate_hz))
        self._rest = np.zeros(0)
        self._hop_powers: list[float] = []

    def add(self, audio: Audio) -> None:
        """Take `audio` (channels, frames) into account."""
        weighted, self._state = sosfilt(self._sections, audio.astype(float), zi=self._state)
        power = np.append(self._rest, np.square(weighted).sum(axis=0))
        whole = len(power) // self._hop * self._hop
        self._hop_powers += power[:whole].reshape(-1, self._hop).mean(axis=1).tolist()
        self._rest = power[whole:]

    @property
    def loudness_lufs(self) -> float | None:
        """Return the integrated loudness; None for silence and for less than 0.4 s."""
        if len(self._hop_powers) < HOPS_OF_BLOCK:
            return None
        blocks = np.convolve(self._hop_powers, np.full(HOPS_OF_BLOCK, 1 / HOPS_OF_BLOCK), "valid")
        heard = blocks[blocks > _lufs_to_power(ABSOLUTE_GATE_LUFS)]
        if not len(heard):
            return None
        gate_lufs = _power_to_lufs(heard.mean()) + RELATIVE_GATE_LU
        return _power_to_lufs(heard[heard > _lufs_to_power(gate_lufs)].mean())


def _k_weighting(sample_rate_hz: int) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    # pyloudnorm's own meter takes a whole song at once; its filters serve any meter.
    shelf = pyloudnorm.IIRfilter(4.0, 1 / np.sqrt(2), 1500.0, sample_rate_hz, "high_shelf")
    low_cut = pyloudnorm.IIRfilter(0.0, 0.5, 38.0, sample_rate_hz, "high_pass")
    return np.array([[*stage.b, *stage.a] for stage in (shelf, low_cut)])


def _power_to_lufs(power: float) -> float:
    return OFFSET_LU + 10.0 * float(np.log10(power))


def _lufs_to_power(lufs: float) -> float:
    return float(10.0 ** ((lufs - OFFSET_LU) / 10.0))
