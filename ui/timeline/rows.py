"""Which track lies at which height, and what has which part of a row. Apart from Qt."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from desktop.document.song import Track

LOW_PX: Final = 24
USUAL_PX: Final = 64
HIGH_PX: Final = 240
LANE_PX: Final = 40  # of a take
CLIPS_SHARE: Final = 0.42  # of a row that has clips and regions: the regions have text and sound
EDGE_PX: Final = 1
RIBBON_PX: Final = 18  # of a region: its prompt
ROOM_PX: Final = 24  # for notes above the sound of a region


@dataclass(frozen=True, slots=True)
class Row:
    """The row of a track, from pixel `top` of all rows on; below its `height`, lanes of takes."""

    track_id: int
    top: int
    height: int
    lanes: int = 0

    @property
    def lanes_top(self) -> int:
        """Return the pixel below the track itself."""
        return self.top + self.height

    @property
    def bottom(self) -> int:
        """Return the pixel below the row and its lanes."""
        return self.lanes_top + self.lanes * LANE_PX


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows from the top, without gaps."""

    rows: tuple[Row, ...] = ()

    @property
    def height(self) -> int:
        """Return how high all rows are."""
        return self.rows[-1].bottom if self.rows else 0

    def at(self, y: float) -> int | None:
        """Return the number of the row at `y`; None above the first and below the last."""
        if not 0 <= y < self.height:
            return None
        return bisect_right(self.rows, y, key=lambda row: row.top) - 1

    def nearest(self, y: float) -> int:
        """Return the number of the row nearest to `y`; 0 when there is none."""
        found = self.at(min(max(0.0, y), self.height - 1))
        return 0 if found is None else found

    def between(self, top: float, bottom: float) -> range:
        """Return the numbers of the rows that share a pixel with [top, bottom)."""
        first = max(0, bisect_right(self.rows, top, key=lambda row: row.top) - 1)
        last = bisect_right(self.rows, bottom - 1, key=lambda row: row.top)
        return range(first, last) if top < self.height else range(0)

    def number_of(self, track_id: int | None) -> int | None:
        """Return the number of a track's row."""
        return next((n for n, row in enumerate(self.rows) if row.track_id == track_id), None)


def rows_of(
    tracks: tuple[Track, ...], heights: Mapping[int, int], lanes: Mapping[int, int]
) -> Rows:
    """Return the rows of `tracks`; `heights` and numbers of `lanes` by their ids."""
    made, top = [], 0
    for track in tracks:
        height = heights.get(track.id, USUAL_PX)
        made.append(Row(track.id, top, height, lanes.get(track.id, 0)))
        top = made[-1].bottom
    return Rows(tuple(made))


@dataclass(frozen=True, slots=True)
class Band:
    """A part of a row: pixels from its top, and height."""

    top: int
    height: int


def clip_band(track: Track, height: int) -> Band:
    """Return where in a row of `height` the clips lie: above the regions."""
    inside = height - 2 * EDGE_PX
    if track.regions and track.clips:
        return Band(EDGE_PX, round(inside * CLIPS_SHARE))
    return Band(EDGE_PX, inside)


def region_band(track: Track, height: int) -> Band:
    """Return where in a row of `height` the regions lie: below the clips."""
    inside = height - 2 * EDGE_PX
    if track.regions and track.clips:
        above = round(inside * CLIPS_SHARE) + 1
        return Band(EDGE_PX + above, inside - above)
    return Band(EDGE_PX, inside)


def ghost_band(track: Track, height: int) -> Band:
    """Return where in a row of `height` notes are shown that could be drawn.

    Where drawn ones lie; on a track without clips, between prompt and sound of its regions, where
    there is room.
    """
    if track.clips:
        return clip_band(track, height)
    band = region_band(track, height)
    above = 1 + min(RIBBON_PX, band.height - 2)
    sound_px = band.height - 1 - above
    return Band(band.top + above, round(sound_px * CLIPS_SHARE) if sound_px >= ROOM_PX else 0)
