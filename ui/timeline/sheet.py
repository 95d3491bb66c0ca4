"""All clips, or all notes, of all rows in a few columns, so that a frame is a few calls.

Apart from Qt.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.document.song import Clip, Region, Track
from desktop.document.tempo import TempoMap
from ui.timeline.arrays import Floats, rectangles
from ui.timeline.ghosts import GhostCache
from ui.timeline.note_columns import NoteCache, TrackNotes
from ui.timeline.rows import Band, Row, clip_band, ghost_band, region_band

NOTE_PAD_PX = 3
FAR_PX = 16.0  # what lies further outside the view is cut: painters have their limits


@dataclass(frozen=True, slots=True)
class Scaled:
    """A view over time: from tick `left` on, so many pixels a tick; `start` to `end` is seen."""

    left: float
    pixels_per_tick: float
    start: float
    end: float

    def __call__(self, ticks: Floats) -> Floats:
        return (ticks - self.left) * self.pixels_per_tick


@dataclass(frozen=True, slots=True)
class Window:
    """What is seen: `time`, and the rows from pixel `top` on, `height` pixels of them."""

    time: Scaled
    top: float
    height: float


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """Columns of equal length, ordered by colour; `tops` and `heights` in pixels of all rows.

    Those from `bounds[n]` to `bounds[n + 1]` have `colours[n]`.
    """

    ids: NDArray[np.int64]
    starts: Floats
    ends: Floats
    tops: Floats
    heights: Floats
    colours: tuple[str, ...]
    bounds: NDArray[np.int64]

    def seen(self, window: Window) -> NDArray[np.intp]:
        """Return the rows of the columns that lie within `window`."""
        time, bottom = window.time, window.top + window.height
        found = (self.starts < time.end) & (self.ends > time.start)
        found &= (self.tops < bottom) & (self.tops + self.heights > window.top)
        return np.flatnonzero(found)

    def rects(self, window: Window, seen: NDArray[np.intp], least_px: float = 1.0) -> Floats:
        """Return rectangles, (n, 4), in pixels of the view; none is narrower than `least_px`."""
        time = window.time
        far = FAR_PX / time.pixels_per_tick
        left = np.rint(time(np.maximum(self.starts[seen], time.start - far)))
        right = np.rint(time(np.minimum(self.ends[seen], time.end + far)))
        width = np.maximum(least_px, right - left)
        return rectangles(left, self.tops[seen] - window.top, width, self.heights[seen])

    def by_colour(self, rects: Floats, seen: NDArray[np.intp]) -> Iterator[tuple[str, Floats]]:
        """Yield each colour and those of `rects`, which belong to `seen`, that have it."""
        bounds = np.searchsorted(seen, self.bounds)
        for colour, first, last in zip(self.colours, bounds, bounds[1:], strict=False):
            if last > first:
                yield colour, rects[first:last]


def distinct(rects: Floats, seen: NDArray[np.intp]) -> tuple[Floats, NDArray[np.intp]]:
    """Return both without rectangles that equal the one before: zoomed out, most notes do."""
    if len(rects) < 2:
        return rects, seen
    differs = np.ones(len(rects), bool)
    differs[1:] = (rects[1:, :3] != rects[:-1, :3]).any(axis=1)
    return rects[differs], seen[differs]


def clip_sheet(rows: tuple[Row, ...], tracks: tuple[Track, ...]) -> Sheet:
    """Return the clips of all tracks."""
    pairs = zip(rows, tracks, strict=True)
    return _sheet([_piece(r, t, clip_band(t, r.height), t.clips) for r, t in pairs])


def region_sheet(rows: tuple[Row, ...], tracks: tuple[Track, ...]) -> Sheet:
    """Return the regions of all tracks."""
    pairs = zip(rows, tracks, strict=True)
    return _sheet([_piece(r, t, region_band(t, r.height), t.regions) for r, t in pairs])


def _piece(
    row: Row, track: Track, band: Band, parts: tuple[Clip | Region, ...]
) -> tuple[str, Floats]:
    table = np.array([(p.id, p.start, p.end) for p in parts], np.float64).reshape(-1, 3).T
    tops = np.full(table.shape[1], float(row.top + band.top))
    heights = np.full(table.shape[1], float(band.height))
    return track.colour, np.stack((*table, tops, heights))


def note_sheet(rows: tuple[Row, ...], tracks: tuple[Track, ...], notes: NoteCache) -> Sheet:
    """Return the notes of all tracks; they have no ids."""
    pairs = zip(rows, tracks, strict=True)
    return _sheet([_notes(r, t, clip_band(t, r.height), notes.of(t)) for r, t in pairs])


def ghost_sheet(
    rows: tuple[Row, ...], tracks: tuple[Track, ...], ghosts: GhostCache, tempo_map: TempoMap
) -> Sheet:
    """Return the notes that could be drawn on all tracks; they have no ids."""
    placed = [(r, t, ghost_band(t, r.height)) for r, t in zip(rows, tracks, strict=True)]
    there = [each for each in placed if each[2].height]
    return _sheet([_notes(r, t, band, ghosts.of(tempo_map, t)) for r, t, band in there])


def _notes(row: Row, track: Track, band: Band, found: TrackNotes) -> tuple[str, Floats]:
    pad = NOTE_PAD_PX if band.height > 4 * NOTE_PAD_PX else 1
    tops, thick = found.tops(row.top + band.top + pad, band.height - 2 * pad)
    nothing, heights = np.zeros(len(tops)), np.full(len(tops), thick)
    return track.colour, np.stack((nothing, found.starts, found.ends, tops, heights))


def _sheet(pieces: list[tuple[str, Floats]]) -> Sheet:
    pieces = sorted(pieces, key=lambda piece: piece[0])
    colours = tuple(dict.fromkeys(colour for colour, _ in pieces))
    table = np.concatenate([*(columns for _, columns in pieces), np.zeros((5, 0))], axis=1)
    counts = dict.fromkeys(colours, 0)
    for colour, columns in pieces:
        counts[colour] += columns.shape[1]
    bounds = np.cumsum([0, *counts.values()])
    ids, starts, ends, tops, heights = table
    return Sheet(ids.astype(np.int64), starts, ends, tops, heights, colours, bounds)
