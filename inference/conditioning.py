"""Notes, beats and spans as the per-frame features of CONTRACT.md; training uses the same code."""

from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from inference.arrays import Floats
from inference.request import BeatPoint, Note, Span

NoteTable: TypeAlias = npt.NDArray[np.float64]  # (notes, 4), columns as in Note
BeatTable: TypeAlias = npt.NDArray[np.float64]  # (points, 3), columns as in BeatPoint
PITCHES: Final = 128
BEAT_FEATURES: Final = 4


def notes_to_roll(
    notes: Sequence[Note] | NoteTable,
    drums: bool,
    latent_frames: int,
    latent_rate_hz: float,
    *,
    planes: Sequence[str],
    subframes: int,
) -> Floats:
    """Return the notes as (latent_frames, subframes * planes * 128), velocity / 127.

    Where notes of one pitch share a moment, the largest value stands.
    """
    table = np.asarray(notes, np.float64).reshape(-1, 4)
    roll = np.zeros((latent_frames * subframes, len(planes), PITCHES), np.float32)
    # rounded, so that a note on a moment's border never slips into the moment before
    start = np.round(table[:, 0] * latent_rate_hz * subframes, 6)
    end = np.round((table[:, 0] + table[:, 1]) * latent_rate_hz * subframes, 6)
    for index, plane in enumerate(planes):
        if drums == (plane == "drum"):
            cells = sounding_cells if plane == "sounding" else onset_cells
            row, moment, share = cells(start, end, len(roll))
            at = (moment * len(planes) + index) * PITCHES + table[row, 2].astype(np.int64)
            value = (share * table[row, 3] / 127).astype(np.float32)
            np.maximum.at(roll.reshape(-1), at, value)
    return roll.reshape(latent_frames, -1)


Cells: TypeAlias = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float64]]


def onset_cells(start: NoteTable, end: NoteTable, moments: int) -> Cells:  # noqa: ARG001
    """Return (note index, moment, 1) for each note that begins within `moments`."""
    moment = np.floor(start).astype(np.int64)
    row = np.flatnonzero((moment >= 0) & (moment < moments))
    return row, moment[row], np.ones(len(row))


def sounding_cells(start: NoteTable, end: NoteTable, moments: int) -> Cells:
    """Return (note index, moment, share of the moment covered) for all moments that sound."""
    begins = np.floor(start).astype(np.int64)
    ends = np.maximum(np.ceil(end).astype(np.int64), begins + 1)
    first, last = np.clip(begins, 0, moments), np.clip(ends, 0, moments)
    count = last - first
    row = np.repeat(np.arange(len(start)), count)
    moment = np.arange(count.sum()) + np.repeat(first - (np.cumsum(count) - count), count)
    covered = np.minimum(end[row], moment + 1) - np.maximum(start[row], moment)
    return row, moment, np.where((ends - begins)[row] == 1, 1.0, covered)


def beat_features(
    beats: Sequence[BeatPoint] | BeatTable, latent_frames: int, latent_rate_hz: float
) -> Floats:
    """Return sine and cosine of the beat's, then the bar's phase, (latent_frames, 4).

    Phases are those at each latent frame's start; zeros before the first and after the last point.
    """
    table = np.asarray(beats, np.float64).reshape(-1, 3)
    if not len(table):
        return np.zeros((latent_frames, BEAT_FEATURES), np.float32)
    time_s = np.arange(latent_frames) / latent_rate_hz
    beat, bar = (2 * np.pi * np.interp(time_s, table[:, 0], table[:, k]) for k in (1, 2))
    features = np.stack([np.sin(beat), np.cos(beat), np.sin(bar), np.cos(bar)], axis=1)
    inside = (time_s >= table[0, 0] - 1e-6) & (time_s <= table[-1, 0] + 1e-6)
    return np.asarray(features * inside[:, None], np.float32)


def even_beats(bpm: float, beats_per_bar: float, duration_s: float) -> tuple[BeatPoint, ...]:
    """Return the grid of a steady tempo whose first bar begins at 0; `bpm` in quarter notes."""
    beats = duration_s * bpm / 60
    return BeatPoint(0.0, 0.0, 0.0), BeatPoint(duration_s, beats, beats / beats_per_bar)


def kept_mask(
    repaint: Sequence[Span], first_frame: int, audio_frames: int, latent_frames: int
) -> Floats:
    """Return (latent_frames, 1): 1 where a latent frame touches no span that is painted anew.

    `first_frame` is the audio frame, counted as the spans are, at which latent frame 0 begins.
    """
    start = first_frame + np.arange(latent_frames) * audio_frames
    mask = np.ones((latent_frames, 1), np.float32)
    for span in repaint:
        mask[(start < span.end_frame) & (start + audio_frames > span.start_frame)] = 0.0
    return mask
