"""Which vertical lines there are between two ticks, and how strong each is. Apart from Qt."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from desktop.document.tempo import MetreChange, TempoMap
from ui.piano_roll.columns import Ints

MIN_GAP_PX: Final = 7.0
MIN_BAR_GAP_PX: Final = 44.0
NONE: Final[Ints] = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Ticks of the lines, each in one list only; `bars` are (tick, number)."""

    bars: tuple[tuple[int, int], ...]
    beats: Ints
    divisions: Ints


@lru_cache(maxsize=8)  # notes, velocities and bars ask for the same lines
def lines(
    tempo_map: TempoMap, start: float, end: float, division: int | None, px_per_tick: float
) -> Lines:
    """Return the lines in [start, end): those that would stand closer than 7 px are left out.

    `division` is the grid's in ticks, counted from each bar; None: beats are the finest.
    """
    spans = list(_spans(tempo_map, max(0.0, start), end))
    bars = [(int(tick), number) for span in spans for number, tick in span.numbered(px_per_tick)]
    beats = [span.within(span.metre.count_ticks, px_per_tick) for span in spans]
    fine = [span.within(division or 0, px_per_tick) for span in spans]
    beat_ticks = np.concatenate([*beats, NONE])
    return Lines(tuple(bars), beat_ticks, np.setdiff1d(np.concatenate([*fine, NONE]), beat_ticks))


@dataclass(frozen=True, slots=True, eq=False)
class _Span:
    """The bars at `starts`, all in one metre, the first of them bar `number`; up to `end`."""

    metre: MetreChange
    starts: Ints
    number: int
    end: float

    def numbered(self, px_per_tick: float) -> Iterator[tuple[int, int]]:
        """Yield the number and tick of each bar, or of every second, fourth, ... one."""
        every = 1
        while every * self.metre.bar_ticks * px_per_tick < MIN_BAR_GAP_PX:
            every *= 2
        first = (1 - self.number) % every
        for at in range(first, len(self.starts), every):
            yield self.number + at, int(self.starts[at])

    def within(self, step: int, px_per_tick: float) -> Ints:
        """Return the multiples of `step` within each bar, but for its own line."""
        if step * px_per_tick < MIN_GAP_PX:
            return NONE
        steps = np.arange(step, self.metre.bar_ticks, step)
        ticks: Ints = (self.starts[:, None] + steps).ravel()
        return ticks[ticks < self.end]


def _spans(tempo_map: TempoMap, start: float, end: float) -> Iterator[_Span]:
    ends = [*(metre.tick for metre in tempo_map.metres[1:]), np.inf]
    for metre, last in zip(tempo_map.metres, ends, strict=True):
        begin, stop = max(start, metre.tick), min(end + 1, last)
        if begin < stop:
            bar = tempo_map.bar_at(begin)
            starts = np.arange(bar.start, stop, metre.bar_ticks).astype(np.int64)
            yield _Span(metre, starts, bar.number, stop)
