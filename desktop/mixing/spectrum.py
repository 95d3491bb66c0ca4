"""The spectrum of sound of any length, block by block: on average, at its peaks, over time."""

from dataclasses import dataclass
from math import ceil, log2
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.signal.windows import hann  # type: ignore[import-untyped]

from desktop.mixing.levels import CHANNELS
from inference.arrays import Audio, Floats

BANDS_PER_OCTAVE: Final = 36  # three a semitone: a band stands on every pitch
LOWEST_HZ: Final = 20.0
HIGHEST_HZ: Final = 20_000.0
TUNING_HZ: Final = 440.0
WINDOW_S: Final = 0.17
HOPS_OF_WINDOW: Final = 4
PADDING: Final = 2  # bins twice as dense as the window tells apart: a tone's level is 0.4 dB true
MAX_COLUMNS: Final = 1200
FLOOR_DBFS: Final = -144.0

Levels: TypeAlias = npt.NDArray[np.float16]


def bands_hz() -> npt.NDArray[np.float64]:
    """Return the middle of each band, from 20 Hz to 20 kHz."""
    first = ceil(BANDS_PER_OCTAVE * log2(LOWEST_HZ / TUNING_HZ))
    last = int(BANDS_PER_OCTAVE * log2(HIGHEST_HZ / TUNING_HZ))
    return TUNING_HZ * np.exp2(np.arange(first, last + 1) / BANDS_PER_OCTAVE)


@dataclass(frozen=True, slots=True, eq=False)
class Spectrum:
    """Levels of each band of `bands_hz` in dBFS, -144 at least; a sine has that of its crest.

    `over_time` is (columns, bands); a column holds the peaks of `column_s` seconds.
    """

    average: Floats
    peak: Floats
    over_time: Levels
    column_s: float


class SpectrumMeter:
    """Measures `frames` of sound, of which it remembers at most 1200 columns."""

    def __init__(self, sample_rate_hz: int, frames: int) -> None:
        self._rate = sample_rate_hz
        self._window = _window(sample_rate_hz)
        self._hop = len(self._window) // HOPS_OF_WINDOW
        self._bands = _Bands(sample_rate_hz, len(self._window) * PADDING)
        self._hops = self._hops_left = ceil(frames / self._hop)
        self._hops_of_column = max(1, ceil(self._hops / MAX_COLUMNS))
        # The middle of the first window is the middle of the first hop.
        self._rest = np.zeros((CHANNELS, (len(self._window) - self._hop) // 2), np.float32)
        self._sum = np.zeros(len(bands_hz()))
        self._pending = np.zeros((0, len(self._sum)), np.float32)
        self._columns: list[Levels] = [np.zeros(self._pending.shape, np.float16)]

    def add(self, audio: Audio) -> None:
        """Take `audio` (2, frames) into account."""
        sound = np.concatenate((self._rest, audio), axis=1)
        hops = max(0, (sound.shape[1] - len(self._window)) // self._hop + 1)
        self._rest = sound[:, hops * self._hop :]
        if hops:
            self._take(self._bands.powers(self._spectra(sound)))

    def end(self) -> Spectrum:
        """Return the spectrum; nothing can be added any more."""
        self.add(np.zeros((CHANNELS, len(self._window)), np.float32))
        if len(self._pending):
            self._columns.append(_levels(self._pending.max(axis=0)[None]))
        over_time = np.concatenate(self._columns)
        average = _decibels(self._sum / max(1, self._hops))
        peak = over_time.max(axis=0, initial=FLOOR_DBFS).astype(np.float32)
        column_s = self._hops_of_column * self._hop / self._rate
        return Spectrum(average, peak, over_time, column_s)

    def _spectra(self, sound: Audio) -> Floats:
        """Return the power of each bin, (hops, bins), the mean of the channels."""
        parts = np.lib.stride_tricks.sliding_window_view(sound, len(self._window), axis=1)
        windowed = parts[:, :: self._hop] * self._window
        spectra = np.fft.rfft(windowed, len(self._window) * PADDING)
        power: Floats = (np.square(spectra.real) + np.square(spectra.imag)).mean(axis=0)
        return power

    def _take(self, powers: Floats) -> None:
        powers = powers[: self._hops_left]
        self._hops_left -= len(powers)
        self._sum += powers.sum(axis=0, dtype=float)
        pending = np.concatenate((self._pending, powers))
        whole = len(pending) // self._hops_of_column * self._hops_of_column
        columns = pending[:whole].reshape(-1, self._hops_of_column, pending.shape[1])
        self._columns.append(_levels(columns.max(axis=1)))
        self._pending = pending[whole:]


class _Bands:
    """Reads bands out of bins: the strongest bin in a band, or between bins where there is none."""

    def __init__(self, sample_rate_hz: int, fft_size: int) -> None:
        middles = bands_hz() * fft_size / sample_rate_hz
        self._count = len(middles)
        middles = middles[middles < fft_size / 2 - 1]
        half = 2 ** (0.5 / BANDS_PER_OCTAVE)
        edges = np.ceil(np.append(middles / half, middles[-1:] * half)).astype(np.intp)
        self._first, self._end = edges[:-1], min(int(edges[-1]), fft_size // 2 + 1)
        self._is_wide = np.diff(edges) > 0
        self._below = np.floor(middles).astype(np.intp)
        self._share = (middles - self._below).astype(np.float32)

    def powers(self, bins: Floats) -> Floats:
        """Return the power of each band, (hops, bands), of `bins` (hops, bins)."""
        strongest = np.maximum.reduceat(bins[:, : self._end], self._first, axis=1)
        below, above = bins[:, self._below], bins[:, self._below + 1]
        between = below + self._share * (above - below)
        found = np.where(self._is_wide, np.maximum(strongest, between), between)
        padded: Floats = np.pad(found, ((0, 0), (0, self._count - found.shape[1])))
        return padded


def _window(sample_rate_hz: int) -> Floats:
    """Return the window, scaled so that the bin of a sine holds the square of its crest."""
    shape = hann(2 ** round(log2(WINDOW_S * sample_rate_hz)), sym=False)
    scaled: Floats = (2 * shape / shape.sum()).astype(np.float32)
    return scaled


def _decibels(powers: npt.NDArray[np.floating]) -> Floats:
    levels: Floats = 10 * np.log10(np.maximum(powers, 10 ** (FLOOR_DBFS / 10)))
    return levels.astype(np.float32)


def _levels(powers: Floats) -> Levels:
    return _decibels(powers).astype(np.float16)
