"""Shapes a phrase: quantise, legato, reverse, humanise. Each returns the notes changed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from desktop.document.tempo import TempoMap
from ui.piano_roll.columns import Columns
from ui.shared.snap import Division

TIME_SPREAD: Final = 12  # ticks, about 6 ms at 120 bpm
VELOCITY_SPREAD: Final = 8


def quantised(notes: Columns, line: Callable[[int], int], strength: float = 1.0) -> Columns:
    """Return the notes, as long as they were, `strength`, 0..1, of the way to their lines."""
    lines = np.array([line(tick) for tick in notes.starts.tolist()], np.int64)
    by = np.rint(strength * (lines - notes.starts)).astype(np.int64)
    return replace(notes, starts=notes.starts + by, ends=notes.ends + by)


def swung(
    division: Division, tempo_map: TempoMap, swing: float, first: int = 0
) -> Callable[[int], int]:
    """Return the function from a tick to its line of the grid, none before tick `first`.

    Every second line of a bar is late by `swing`, 0..1, of a third of a step: as in a triplet.
    """

    def line(tick: int) -> int:
        straight = division.nearest(tempo_map, tick)
        step = division.line_ticks(tempo_map, straight) or 1
        is_late = (straight - tempo_map.bar_at(straight).start) // step % 2 == 1
        return max(first, straight + (round(swing * step / 3) if is_late else 0))

    return line


def legato(notes: Columns) -> Columns:
    """Return the notes, each as long as up to the next later start; the last ones stay."""
    starts = np.unique(notes.starts)
    following = np.searchsorted(starts, notes.starts, side="right")
    ends = np.append(starts, 0)[following]
    return replace(notes, ends=np.where(following < len(starts), ends, notes.ends))


def backwards(notes: Columns) -> Columns:
    """Return the notes from the last to the first, over the same span."""
    whole = int(notes.starts.min()) + int(notes.ends.max())
    return replace(notes, starts=whole - notes.ends, ends=whole - notes.starts)


def humanised(notes: Columns, first: int, random: np.random.Generator) -> Columns:
    """Return the notes a little earlier or later, softer or louder; none before tick `first`."""
    by = np.rint(random.normal(0, TIME_SPREAD / 2, len(notes))).astype(np.int64)
    by = np.clip(by, np.maximum(-TIME_SPREAD, first - notes.starts), TIME_SPREAD)
    louder = np.rint(random.normal(0, VELOCITY_SPREAD / 2, len(notes))).astype(np.int64)
    louder = np.clip(louder, -VELOCITY_SPREAD, VELOCITY_SPREAD)
    velocities = np.clip(notes.velocities + louder, 1, 127)
    return replace(notes, starts=notes.starts + by, ends=notes.ends + by, velocities=velocities)
