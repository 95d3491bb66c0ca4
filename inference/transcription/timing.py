"""When does something begin, and does it begin when it was asked to?"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.ndimage import (  # type: ignore[import-untyped]
    maximum_filter1d,
    uniform_filter1d,
)
from scipy.stats import theilslopes  # type: ignore[import-untyped]

Floats = NDArray[np.float32]

N_FFT_S: Final = 0.023
HOP_S: Final = 0.0058
RISE: Final = 2  # hops over which the rise of the spectrum is taken
NEAR_S: Final = 0.03  # two onsets nearer than this are one
FAR_S: Final = 0.1  # an onset farther than this from a beat has nothing to do with it
ON_BEAT_S: Final = 0.04
CLOSE_MS: Final = 20.0
FEWEST_BEATS: Final = 4


class Timing(NamedTuple):
    """How the beats on which notes were asked for are kept; NaN where there are too few."""

    offset_ms: float  # median distance between a beat's asked and heard onset
    close_share: float  # of beats heard within CLOSE_MS
    tempo_error_percent: float


def energy_onsets(audio: Floats, sample_rate_hz: int) -> NDArray[np.float64]:
    """Return the times in s at which the spectrum of `audio` (channels, frames) rises."""
    n_fft, hop = round(N_FFT_S * sample_rate_hz), round(HOP_S * sample_rate_hz)
    mono = np.pad(audio.mean(axis=0), (n_fft, n_fft))
    spans = np.lib.stride_tricks.sliding_window_view(mono, n_fft)[::hop]
    level = np.log1p(1000 * np.abs(np.fft.rfft(spans * np.hanning(n_fft))) / n_fft)
    rise = np.maximum(level[RISE:] - level[:-RISE], 0).mean(axis=1)
    around = uniform_filter1d(rise, round(1.0 / HOP_S))
    peak = rise == maximum_filter1d(rise, 2 * round(NEAR_S / HOP_S) + 1)
    frame = np.flatnonzero(peak & (rise > 2 * around) & (rise > 0.05 * rise.max(initial=0)))
    middle = (frame + RISE) * hop - n_fft / 2  # of the later window, whose level rose
    return np.asarray(middle / sample_rate_hz)


def asked_on_beat(start_s: ArrayLike, beat_s: ArrayLike) -> NDArray[np.float64]:
    """Return, for each beat on which a note is asked for, that note's own (played) start."""
    starts = np.unique(np.asarray(start_s, np.float64))
    if not len(starts):
        return starts
    apart = np.abs(np.subtract.outer(np.asarray(beat_s, np.float64), starts))
    nearest: NDArray[np.float64] = starts[apart.argmin(axis=1)]
    return np.asarray(nearest[apart.min(axis=1) <= ON_BEAT_S])


def attack_s(asked_s: ArrayLike, heard_s: ArrayLike) -> float:
    """Return how long after the onsets `asked_s` those of `heard_s` come, mostly.

    A bowed or blown note grows: its energy rises fastest some 50 ms after its start.
    """
    offset = offsets_s(asked_s, heard_s)
    kept = offset[np.abs(offset) <= FAR_S]
    return float(np.median(kept)) if len(kept) else 0.0


def offsets_s(asked_s: ArrayLike, heard_s: ArrayLike) -> NDArray[np.float64]:
    """Return, for each asked onset, how much later (or earlier) the nearest heard one is."""
    asked, heard = np.asarray(asked_s, np.float64), np.asarray(heard_s, np.float64)
    if not len(heard):
        return np.full(len(asked), np.inf)
    apart = np.subtract.outer(heard, asked)
    return np.asarray(apart[np.abs(apart).argmin(axis=0), np.arange(len(asked))])


def beat_timing(asked_s: ArrayLike, heard_s: ArrayLike) -> Timing:
    """Return how `heard_s` keeps the onsets `asked_s` of the beats."""
    asked, offset = np.asarray(asked_s, np.float64), offsets_s(asked_s, heard_s)
    if not len(asked):
        return Timing(float("nan"), float("nan"), float("nan"))
    kept = np.abs(offset) <= FAR_S
    close = float((np.abs(offset) * 1000 <= CLOSE_MS).mean())
    if kept.sum() < FEWEST_BEATS:
        return Timing(float("nan"), close, float("nan"))
    drift = abs(float(theilslopes(offset[kept], asked[kept])[0]))
    return Timing(float(np.median(np.abs(offset[kept]))) * 1000, close, 100 * drift)
