"""What each drag does to the notes, as a function of where the pointer is. Apart from Qt.

A gesture is made when the button goes down and called with each place that the pointer comes to.
What it returns is drawn while the drag lasts, and is the edit when the button is let go.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from desktop.document.edits import change_clip
from desktop.document.song import Clip, Note, Song
from desktop.document.time import Tick
from ui.piano_roll.columns import EMPTY, Columns, Ints, Mask
from ui.piano_roll.growing import grown


@dataclass(frozen=True, slots=True)
class Place:
    """Where the pointer is, and what is held: `free` leaves the grid, `copies` leaves a copy."""

    tick: float
    pitch: int
    free: bool = False
    copies: bool = False
    value: float = 0.0  # of the velocity lane, 1..127


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """The clip without its `hidden` rows and with the `shown` notes instead."""

    hidden: Mask
    shown: Columns
    grows: bool = False  # whether the clip gets as long as its notes need

    def changes(self, notes: Columns) -> bool:
        """Return whether anything is other than in the clip's `notes`."""
        return not notes.where(self.hidden).equals(self.shown)

    def of(self, song: Song, clip_id: int) -> Song:
        """Return `song` with the clip as it is shown."""
        return change_clip(song, clip_id, self._changed)

    def _changed(self, clip: Clip) -> Clip:
        kept = [
            note for note, gone in zip(clip.notes, self.hidden.tolist(), strict=True) if not gone
        ]
        notes = (*kept, *as_notes(self.shown, clip.start))
        end = int(self.shown.ends.max(initial=0)) - clip.start if self.grows else 0
        return grown(replace(clip, notes=notes), end)


class Gesture(Protocol):
    """A drag that changes notes."""

    def __call__(self, at: Place) -> Preview:
        """Return what the drag does when it ends at a place."""
        ...


def as_notes(columns: Columns, clip_start: int) -> list[Note]:
    """Return the notes for a clip that begins at `clip_start`."""
    lengths = (columns.ends - columns.starts).tolist()
    starts = (columns.starts - clip_start).tolist()
    rest = (columns.pitches.tolist(), columns.velocities.tolist())
    rows = zip(columns.ids.tolist(), starts, lengths, *rest, strict=True)
    return [Note(number, Tick(at), Tick(length), p, v) for number, at, length, p, v in rows]


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """What every gesture needs: the clip's notes, which are chosen, and how to keep to the grid.

    `snap` goes to the nearest line of the grid; `tones` holds for each pitch the one of the scale.
    """

    notes: Columns
    chosen: Mask
    clip_start: int
    snap: Callable[[float], int]
    tones: Ints

    def line(self, tick: float, free: bool) -> int:
        """Return the grid's line nearest to `tick`, or `tick` itself where it is left."""
        return max(self.clip_start, round(tick) if free else self.snap(tick))

    @property
    def moving(self) -> Columns:
        """Return the chosen notes."""
        return self.notes.where(self.chosen)


@dataclass(frozen=True, slots=True, eq=False)
class Move:
    """Drags the chosen notes by the one in row `grabbed`; Ctrl leaves them and drags copies."""

    here: Surroundings
    grabbed: int
    origin: Place

    def __call__(self, at: Place) -> Preview:
        moving = self.here.moving
        ticks = self._ticks(at, moving)
        semitones = _kept(at.pitch - self.origin.pitch, moving.pitches, 0, 127)
        pitches = moving.pitches + semitones
        pitches = self.here.tones[pitches] if semitones else pitches
        starts, ends = moving.starts + ticks, moving.ends + ticks
        moved = replace(moving, starts=starts, ends=ends, pitches=pitches)
        if at.copies:
            copies = moved.numbered_anew(self.here.notes)
            return Preview(np.zeros_like(self.here.chosen), copies)
        return Preview(self.here.chosen, moved)

    def _ticks(self, at: Place, moving: Columns) -> int:
        begin = int(self.here.notes.starts[self.grabbed])
        wanted = begin + at.tick - self.origin.tick
        if not at.free and abs(at.tick - self.origin.tick) < 1:
            return 0
        ticks = (round(wanted) if at.free else self.here.snap(wanted)) - begin
        return max(ticks, self.here.clip_start - int(moving.starts.min()))


@dataclass(frozen=True, slots=True, eq=False)
class Resize:
    """Drags an edge, the ends or the `starts`, of the chosen notes by the one in row `grabbed`."""

    here: Surroundings
    grabbed: int
    starts: bool = False

    def __call__(self, at: Place) -> Preview:
        notes, moving = self.here.notes, self.here.moving
        edge = self.here.line(at.tick, at.free)
        if self.starts:
            ticks = edge - int(notes.starts[self.grabbed])
            low = self.here.clip_start
            starts = np.clip(moving.starts + ticks, low, np.maximum(low, moving.ends - 1))
            return Preview(self.here.chosen, replace(moving, starts=starts))
        ticks = edge - int(notes.ends[self.grabbed])
        ends = np.maximum(moving.ends + ticks, moving.starts + 1)
        return Preview(self.here.chosen, replace(moving, ends=ends))


@dataclass(frozen=True, slots=True, eq=False)
class Draw:
    """Makes a note, or the `chord` on it; dragging gives it another end and pitch."""

    here: Surroundings
    origin: Place
    start: int
    length: int
    velocity: int
    chord: Callable[[int], Sequence[int]]

    def __call__(self, at: Place) -> Preview:
        end = self.start + self.length
        if abs(at.tick - self.origin.tick) > self.length / 4:
            end = max(self.start + 1, self.here.line(at.tick, at.free))
        root = int(self.here.tones[at.pitch])
        made = stamp(self.start, end, root, self.chord(root), self.velocity)
        made = made.numbered_anew(self.here.notes)
        return Preview(np.zeros(len(self.here.notes), bool), made, grows=True)


def stamp(start: int, end: int, root: int, offsets: Sequence[int], velocity: int) -> Columns:
    """Return notes over [start, end) at `offsets` above `root`, those that are pitches; no ids."""
    pitches = np.array([root + by for by in offsets if 0 <= root + by <= 127], np.int64)
    parts = (0, start, end, pitches, velocity)
    return Columns(*(np.broadcast_to(np.asarray(p, np.int64), pitches.shape) for p in parts))


class Erase:
    """Takes away each note that the pointer passes."""

    def __init__(self, here: Surroundings, origin: Place) -> None:
        self._notes, self._last = here.notes, origin
        self._gone = np.zeros(len(here.notes), bool)

    def __call__(self, at: Place) -> Preview:
        # Between two events the pointer has crossed the rectangle of both places.
        start, end = sorted((self._last.tick, at.tick))
        low, high = sorted((self._last.pitch, at.pitch))
        self._gone = self._gone | self._notes.touching(start, end + 1, low, high)
        self._last = at
        return Preview(self._gone, EMPTY)


@dataclass(frozen=True, slots=True, eq=False)
class Slice:
    """Cuts the notes that a vertical line crosses, from the pitch where the drag began."""

    here: Surroundings
    origin: Place

    def __call__(self, at: Place) -> Preview:
        notes = self.here.notes
        cut = self.here.line(self.origin.tick, at.free or self.origin.free)
        low, high = sorted((self.origin.pitch, at.pitch))
        crossed = (notes.starts < cut) & (cut < notes.ends)
        crossed &= (notes.pitches >= low) & (notes.pitches <= high)
        left, right = notes.where(crossed), notes.where(crossed).numbered_anew(notes)
        left = replace(left, ends=np.minimum(left.ends, cut))
        right = replace(right, starts=np.maximum(right.starts, cut))
        return Preview(crossed, joined(left, right))


@dataclass(frozen=True, slots=True, eq=False)
class Velocity:
    """Makes the chosen notes louder or softer by as much as the pointer rises."""

    here: Surroundings
    origin: Place

    def __call__(self, at: Place) -> Preview:
        moving = self.here.moving
        by = round(at.value - self.origin.value)
        velocities = np.clip(moving.velocities + by, 1, 127)
        return Preview(self.here.chosen, replace(moving, velocities=velocities))


@dataclass(frozen=True, slots=True, eq=False)
class VelocityLine:
    """Gives the notes that begin under a straight line the velocities that it has there.

    Where notes are chosen, it leaves the others alone.
    """

    here: Surroundings
    origin: Place

    def __call__(self, at: Place) -> Preview:
        first, last = sorted((self.origin, at), key=lambda place: place.tick)
        notes = self.here.notes
        under = (notes.starts >= first.tick) & (notes.starts <= last.tick)
        if self.here.chosen.any():
            under &= self.here.chosen
        changing = notes.where(under)
        line = np.interp(changing.starts, [first.tick, last.tick + 1e-6], [first.value, last.value])
        velocities = np.clip(np.rint(line), 1, 127).astype(np.int64)
        return Preview(under, replace(changing, velocities=velocities))


def joined(first: Columns, second: Columns) -> Columns:
    """Return the notes of both."""
    return Columns(
        np.concatenate((first.ids, second.ids)),
        np.concatenate((first.starts, second.starts)),
        np.concatenate((first.ends, second.ends)),
        np.concatenate((first.pitches, second.pitches)),
        np.concatenate((first.velocities, second.velocities)),
    )


def _kept(by: int, values: Ints, low: int, high: int) -> int:
    return min(max(by, low - int(values.min())), high - int(values.max()))
