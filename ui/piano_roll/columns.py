"""A clip's notes as numpy columns: what is drawn, hit and dragged, thousands at a time."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from desktop.document.song import Clip, Note

Ints: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Notes as columns of equal length, in order of start; starts and ends in ticks of the song."""

    ids: Ints
    starts: Ints
    ends: Ints
    pitches: Ints
    velocities: Ints

    def __len__(self) -> int:
        return len(self.ids)

    def where(self, chosen: Mask | Ints) -> "Columns":
        """Return the chosen notes."""
        return Columns(
            self.ids[chosen],
            self.starts[chosen],
            self.ends[chosen],
            self.pitches[chosen],
            self.velocities[chosen],
        )

    def of(self, note_ids: Iterable[int]) -> Mask:
        """Return which notes have one of `note_ids`."""
        return np.isin(self.ids, np.fromiter(note_ids, np.int64))

    def equals(self, other: "Columns") -> bool:
        """Return whether the notes are the same, in the same order."""
        names = ("ids", "starts", "ends", "pitches", "velocities")
        return all(np.array_equal(getattr(self, name), getattr(other, name)) for name in names)

    def touching(self, start: float, end: float, low: float, high: float) -> Mask:
        """Return which notes share something with [start, end) and the pitches [low, high]."""
        found: Mask = (self.starts < end) & (self.ends > start)
        return found & (self.pitches >= low) & (self.pitches <= high)

    def at(self, tick: float, pitch: int, reach: float = 0.0) -> int | None:
        """Return the row of the uppermost note at a place, or of the nearest within `reach`."""
        found = np.flatnonzero(self.touching(tick - reach, tick + reach + 1e-9, pitch, pitch))
        if not len(found):
            return None
        before, behind = self.starts[found] - tick, tick - self.ends[found]
        away = np.maximum(0.0, np.maximum(before, behind))
        return int(found[np.flatnonzero(away == away.min())[-1]])

    def numbered_anew(self, after: "Columns") -> "Columns":
        """Return the notes with ids that `after` does not have."""
        first = int(after.ids.max(initial=0)) + 1
        return replace(self, ids=np.arange(first, first + len(self)))


EMPTY = Columns(*(np.zeros(0, np.int64) for _ in range(5)))


def columns(clip: Clip) -> Columns:
    """Return the notes of `clip`."""
    return from_notes(clip.notes, clip.start)


def from_notes(notes: Iterable[Note], clip_start: int) -> Columns:
    """Return `notes`, which lie in a clip that begins at `clip_start`."""
    fields = ((n.id, n.start, n.length, n.pitch, n.velocity) for n in notes)
    table = np.fromiter(chain.from_iterable(fields), np.int64).reshape(-1, 5)
    starts = table[:, 1] + clip_start
    return Columns(table[:, 0].copy(), starts, starts + table[:, 2], table[:, 3], table[:, 4])
