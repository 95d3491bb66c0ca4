"""Levels: decibels, the fader and balance of a track, the grid of the stems, and peaks."""

from typing import Final

import numpy as np

from desktop.document.song import MIN_GAIN_DB, Track
from inference.arrays import Audio

CHANNELS: Final = 2
GRID: Final = np.float32(2**23)  # steps from 0 to full scale: those of a 24-bit file


def db_to_amplitude(db: float) -> float:
    """Return the factor that changes a level by `db`."""
    return float(10.0 ** (db / 20.0))


def amplitude_to_db(amplitude: float) -> float | None:
    """Return `amplitude` in dB of full scale, None for silence."""
    return 20.0 * float(np.log10(amplitude)) if amplitude > 0.0 else None


def fader(track: Track) -> Audio:
    """Return the factors of the left and right channel, float32 (2, 1).

    `pan` is a balance, so that a stereo take keeps its picture: in the middle both sides pass
    unchanged, towards one side the other fades linearly to nothing. The lowest gain is silence.
    """
    gain = db_to_amplitude(track.gain_db) if track.gain_db > MIN_GAIN_DB else 0.0
    sides = (min(1.0, 1.0 - track.pan), min(1.0, 1.0 + track.pan))
    return np.array([[gain * side] for side in sides], np.float32)


def on_grid(audio: Audio) -> Audio:
    """Return `audio` rounded to steps of 2**-23, which a 24-bit take at 0 dB already keeps to."""
    rounded: Audio = np.rint(audio * GRID) / GRID
    return rounded


def faded(sound: Audio, factors: Audio) -> Audio:
    """Return the stem: `sound` (2, frames) after the fader, on the grid.

    `factors` are (2, 1) for a fader at rest, or (2, frames) for one that moves.
    """
    return on_grid(sound * factors)


class PeakMeter:
    """Follows the largest sample of what is added block by block."""

    def __init__(self) -> None:
        self._peak = 0.0

    def add(self, audio: Audio) -> None:
        """Take `audio` (channels, frames) into account."""
        self._peak = max(self._peak, float(np.abs(audio).max(initial=0.0)))

    @property
    def peak_dbfs(self) -> float | None:
        """Return the largest sample so far in dB of full scale, None for silence."""
        return amplitude_to_db(self._peak)
