"""Loudness and true peak (ITU-R BS.1770, EBU Tech 3341 and 3342) of sound, block by block."""

from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyloudnorm  # type: ignore[import-untyped]
import soxr  # type: ignore[import-untyped]
from scipy.signal import sosfilt  # type: ignore[import-untyped]

from inference.arrays import Audio, Floats

HOP_S: Final = 0.1
HOPS_OF_BLOCK: Final = 4  # gating blocks overlap by 75 %
HOPS_OF_SHORT_TERM: Final = 30
BLOCK_S: Final = HOP_S * HOPS_OF_BLOCK
ABSOLUTE_GATE_LUFS: Final = -70.0
RELATIVE_GATE_LU: Final = -10.0
RANGE_GATE_LU: Final = -20.0
RANGE_PERCENTILES: Final = (10, 95)
OFFSET_LU: Final = -0.691
OVERSAMPLING: Final = 4  # ITU-R BS.1770-5, annex 2

Powers: TypeAlias = npt.NDArray[np.float64]


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
        heard = _gated(self._powers(HOPS_OF_BLOCK), RELATIVE_GATE_LU)
        return _power_to_lufs(heard.mean()) if len(heard) else None

    @property
    def range_lu(self) -> float | None:
        """Return the loudness range; None for silence and for less than 3 s."""
        heard = _gated(self._powers(HOPS_OF_SHORT_TERM), RANGE_GATE_LU)
        if not len(heard):
            return None
        low, high = np.percentile(heard, RANGE_PERCENTILES)
        return _power_to_lufs(high) - _power_to_lufs(low)

    def momentary_lufs(self) -> Floats:
        """Return the loudness of the last 0.4 s at 0.4 s, 0.5 s, ...; -inf for silence."""
        return _lufs(self._powers(HOPS_OF_BLOCK))

    def short_term_lufs(self) -> Floats:
        """Return the loudness of the last 3 s at 3 s, 3.1 s, ...; -inf for silence."""
        return _lufs(self._powers(HOPS_OF_SHORT_TERM))

    def _powers(self, hops: int) -> Powers:
        """Return the mean power of each `hops` hops that follow one another."""
        if len(self._hop_powers) < hops:
            return np.zeros(0)
        return np.convolve(self._hop_powers, np.full(hops, 1 / hops), "valid")


class TruePeakMeter:
    """Follows the largest amplitude, between the samples too, of what is added block by block."""

    def __init__(self, sample_rate_hz: int, channels: int = 2) -> None:
        self._channels = channels
        self._stream = soxr.ResampleStream(
            sample_rate_hz, sample_rate_hz * OVERSAMPLING, channels, dtype="float32"
        )
        self._peak = 0.0

    def add(self, audio: Audio) -> None:
        """Take `audio` (channels, frames) into account."""
        self._hear(audio)
        self._hear(self._stream.resample_chunk(np.ascontiguousarray(audio.T)))

    def end(self) -> float:
        """Return the largest amplitude; nothing can be added any more."""
        nothing = np.zeros((0, self._channels), np.float32)
        self._hear(self._stream.resample_chunk(nothing, last=True))
        return self._peak

    def _hear(self, audio: Audio) -> None:
        self._peak = max(self._peak, float(np.abs(audio).max(initial=0.0)))


def _gated(powers: Powers, relative_gate_lu: float) -> Powers:
    heard = powers[powers > _lufs_to_power(ABSOLUTE_GATE_LUFS)]
    if not len(heard):
        return heard
    return heard[heard > _lufs_to_power(_power_to_lufs(heard.mean()) + relative_gate_lu)]


def _k_weighting(sample_rate_hz: int) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    # pyloudnorm's own meter takes a whole song at once; its filters serve any meter.
    shelf = pyloudnorm.IIRfilter(4.0, 1 / np.sqrt(2), 1500.0, sample_rate_hz, "high_shelf")
    low_cut = pyloudnorm.IIRfilter(0.0, 0.5, 38.0, sample_rate_hz, "high_pass")
    return np.array([[*stage.b, *stage.a] for stage in (shelf, low_cut)])


def _lufs(powers: Powers) -> Floats:
    with np.errstate(divide="ignore"):
        return (OFFSET_LU + 10.0 * np.log10(powers)).astype(np.float32)


def _power_to_lufs(power: float) -> float:
    return OFFSET_LU + 10.0 * float(np.log10(power))


def _lufs_to_power(lufs: float) -> float:
    return float(10.0 ** ((lufs - OFFSET_LU) / 10.0))
