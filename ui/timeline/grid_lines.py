"""Which vertical lines a view over time has: bars, counts, the grid, seconds. Apart from Qt."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from desktop.document.tempo import MetreChange, TempoMap
from ui.shared.snap import Division
from ui.timeline.arrays import Floats
from ui.timeline.sheet import Scaled

LINE_GAP_PX: Final = 8.0
LABEL_GAP_PX: Final = 56.0
STEPS_S: Final = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800)
NONE: Final = np.zeros(0)


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Ticks of the lines that are far enough apart; `labels` are (tick, number of the bar)."""

    bars: Floats
    counts: Floats
    divisions: Floats
    labels: tuple[tuple[float, int], ...]


def lines(tempo_map: TempoMap, view: Scaled, division: Division) -> Lines:
    """Return the lines of `view`."""
    bars, counts, fine, labels = [NONE], [NONE], [NONE], []
    for metre, first, number, end in _spans(tempo_map, view):
        every = _every(metre.bar_ticks * view.pixels_per_tick, LABEL_GAP_PX)
        starts = np.arange(float(first), end, float(metre.bar_ticks))
        drawn = _every(metre.bar_ticks * view.pixels_per_tick, LINE_GAP_PX)
        bars.append(starts[(np.arange(len(starts)) + number - 1) % drawn == 0])
        at = range((1 - number) % every, len(starts), every)
        labels += [(float(starts[n]), number + n) for n in at]
        counts.append(_within(starts, metre, metre.count_ticks, end, view))
        step = division.line_ticks(tempo_map, first) or 0
        fine.append(_within(starts, metre, step, end, view))
    within = np.concatenate(counts)
    return Lines(
        np.concatenate(bars), within, np.setdiff1d(np.concatenate(fine), within), tuple(labels)
    )


def _every(bar_px: float, gap_px: float) -> int:
    every = 1
    while every * bar_px < gap_px:
        every *= 2
    return every


def _within(starts: Floats, metre: MetreChange, step: int, end: float, view: Scaled) -> Floats:
    if step < 1 or step * view.pixels_per_tick < LINE_GAP_PX:
        return NONE
    found: Floats = (starts[:, None] + np.arange(step, metre.bar_ticks, step)).ravel()
    return found[found < end]


def _spans(tempo_map: TempoMap, view: Scaled) -> Iterator[tuple[MetreChange, int, int, float]]:
    """Yield each metre in view, the first bar's start and number, and where the metre ends."""
    ends = [*(float(metre.tick) for metre in tempo_map.metres[1:]), np.inf]
    for metre, last in zip(tempo_map.metres, ends, strict=True):
        begin, end = max(0.0, view.start, metre.tick), min(view.end + 1, last)
        if begin < end:
            bar = tempo_map.bar_at(begin)
            yield metre, bar.start, bar.number, end


def seconds(tempo_map: TempoMap, view: Scaled) -> list[tuple[float, str]]:
    """Return the tick and the text of the moments that the ruler names, as 0:09.5."""
    start_s = tempo_map.tick_to_second(max(0.0, view.start))
    end_s = tempo_map.tick_to_second(view.end)
    px_per_s = view.pixels_per_tick * (view.end - view.start) / max(1e-9, end_s - start_s)
    step_s = next((s for s in STEPS_S if s * px_per_s >= LABEL_GAP_PX), STEPS_S[-1])
    places = range(int(start_s / step_s), int(end_s / step_s) + 1)
    decimals = 0 if step_s >= 1 else 1 if step_s >= 0.1 else 2
    return [
        (tempo_map.second_to_fractional_tick(n * step_s), _time(n * step_s, decimals))
        for n in places
    ]


def _time(second: float, decimals: int) -> str:
    minutes, rest = divmod(round(second, decimals), 60)
    width = 2 if decimals == 0 else 3 + decimals
    return f"{int(minutes)}:{rest:0{width}.{decimals}f}"
