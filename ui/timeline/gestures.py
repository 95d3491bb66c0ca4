"""What each drag makes of the song, as a function of where the pointer is. Apart from Qt.

A gesture is made when the button goes down; it is called with each place that the pointer comes
to, and returns the edit, which is shown while the drag lasts and done at its end.
"""

from dataclasses import dataclass
from functools import partial
from typing import Protocol

from desktop.document.edits import add_clip, add_region
from desktop.document.song import Song
from desktop.document.time import Tick
from desktop.session.session import Edit
from ui.shared.snap import Division
from ui.timeline.part_edits import Edge, Part, copy_parts, move_parts, resize_parts, within


@dataclass(frozen=True, slots=True)
class Place:
    """Where the pointer is, and what is held: `free` leaves the grid, `copies` leaves a copy."""

    tick: float
    row: int
    free: bool = False
    copies: bool = False


class Gesture(Protocol):
    """A drag that changes clips and regions."""

    def __call__(self, at: Place) -> Edit:
        """Return the edit that the drag is when it ends at a place."""
        ...


@dataclass(frozen=True, slots=True)
class Grid:
    """How places keep to the grid of a song as it was when the drag began."""

    song: Song
    division: Division

    def near(self, tick: float, free: bool) -> Tick:
        """Return the nearest line, or `tick` itself where the grid is left."""
        if free:
            return Tick(max(0, round(tick)))
        return Tick(self.division.nearest(self.song.tempo_map, tick))

    def before(self, tick: float, free: bool) -> Tick:
        """Return the last line at or before `tick`, or `tick` itself."""
        if free:
            return Tick(max(0, round(tick)))
        return Tick(self.division.before(self.song.tempo_map, tick))

    def after(self, tick: float) -> Tick:
        """Return the next line after `tick`; the next beat's where there are no lines."""
        tempo_map = self.song.tempo_map
        step = self.division.line_ticks(tempo_map, tick) or tempo_map.metre_at(tick).count_ticks
        return Tick(self.near(self.before(tick, free=False) + step, free=False))


@dataclass(frozen=True, slots=True)
class Move:
    """Drags the parts `ids` by `grabbed`, one of them; with `copies` they stay, and copies go."""

    grid: Grid
    ids: frozenset[int]
    grabbed: Part
    origin: Place

    def __call__(self, at: Place) -> Edit:
        ticks, rows = self.by(at)
        change = copy_parts if at.copies else move_parts
        return partial(change, ids=self.ids, ticks=ticks, rows=rows)

    def by(self, at: Place) -> tuple[int, int]:
        """Return by how many ticks and rows the parts move."""
        wanted = self.grabbed.start + at.tick - self.origin.tick
        ticks = self.grid.near(wanted, at.free) - self.grabbed.start
        if abs(at.tick - self.origin.tick) < 1:
            ticks = 0
        return within(self.grid.song, self.ids, ticks, at.row - self.origin.row)


@dataclass(frozen=True, slots=True)
class Resize:
    """Drags one edge of the parts `ids` by that of `grabbed`."""

    grid: Grid
    ids: frozenset[int]
    grabbed: Part
    edge: Edge

    def __call__(self, at: Place) -> Edit:
        was = self.grabbed.start if self.edge == "start" else self.grabbed.end
        ticks = self.grid.near(at.tick, at.free) - was
        return partial(resize_parts, ids=self.ids, ticks=ticks, edge=self.edge)


@dataclass(frozen=True, slots=True)
class Draw:
    """Makes a clip, or a region, from where the drag began to where it is, a line at least."""

    grid: Grid
    track_id: int
    origin: Place
    region: bool = False

    def __call__(self, at: Place) -> Edit:
        start, end = self.span(at)
        if self.region:
            return partial(add_region, track_id=self.track_id, start=start, end=end)
        return partial(add_clip, track_id=self.track_id, start=start, length=Tick(end - start))

    def span(self, at: Place) -> tuple[Tick, Tick]:
        """Return the ticks from which and to which it reaches."""
        first, last = sorted((self.origin.tick, at.tick))
        start = self.grid.before(first, at.free)
        end = self.grid.near(last, at.free)
        return start, end if end > start else self.grid.after(start)
