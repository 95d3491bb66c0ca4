"""Which vertical lines there are between two ticks, and how strong each is. Apart from Qt."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from desktop.document.tempo import TempoMap
from desktop.document.time import Tick
from ui.piano_roll.columns import Ints

MIN_GAP_PX: Final = 7.0
MIN_BAR_GAP_PX: Final = 44.0


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Ticks of the lines, each in one list only; `bars` are (tick, number)."""

    bars: tuple[tuple[int, int], ...]
    beats: Ints
    divisions: Ints


def lines(
    tempo_map: TempoMap, start: float, end: float, division: int | None, px_per_tick: float
) -> Lines:
    """Return the lines in [start, end): those that would stand closer than 7 px are left out.

    `division` is the grid's in ticks, counted from each bar; None: beats are the finest.
    """
    bars = list(tempo_map.bars(Tick(max(0, int(start))), Tick(int(end) + 1)))
    beats = [_within(b.start, b.length, tempo_map.metre_at(b.start).count_ticks) for b in bars]
    fine = [_within(b.start, b.length, division) for b in bars] if division else []
    beat_ticks, fine_ticks = _all(beats), _all(fine)
    gap = min((tempo_map.metre_at(b.start).count_ticks for b in bars), default=1) * px_per_tick
    if gap < MIN_GAP_PX:
        beat_ticks = beat_ticks[:0]
    if division is None or division * px_per_tick < MIN_GAP_PX:
        fine_ticks = fine_ticks[:0]
    shortest_px = min((b.length for b in bars), default=1) * px_per_tick
    every = 1
    while every * shortest_px < MIN_BAR_GAP_PX:
        every *= 2
    shown = tuple((int(b.start), b.number) for b in bars if (b.number - 1) % every == 0)
    return Lines(shown, beat_ticks, np.setdiff1d(fine_ticks, beat_ticks))


def _within(start: int, length: int, step: int) -> Ints:
    """Return the multiples of `step` within a bar, but for its own line."""
    return np.arange(start + step, start + length, step, dtype=np.int64)


def _all(parts: list[Ints]) -> Ints:
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)
