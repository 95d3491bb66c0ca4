"""What lies under the pointer in the lanes of takes."""

from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QPointF

from desktop.document.comping import played_spans
from desktop.document.song import Region, Track
from desktop.document.time import Tick
from ui.timeline.arrangement import Arrangement
from ui.timeline.rows import LANE_PX, Row
from ui.timeline.take_lanes import TakeLane, head_box, lane_top, star_box

CUT_PX: Final = 4.0
LaneZone = Literal["body", "head", "star", "cut"]


@dataclass(frozen=True, slots=True)
class LaneSpot:
    """A place in the lane of a region's take; in none where there is no region.

    At a `cut`, the piece of the lane ends or begins.
    """

    track: Track
    region: Region | None = None
    lane: TakeLane | None = None
    zone: LaneZone = "body"
    cut: Tick | None = None


def lane_at(arrangement: Arrangement, at: QPointF) -> LaneSpot | None:
    """Return what lies at a point of the lanes; None where there are no takes' lanes."""
    y = at.y() + arrangement.top_px
    number = arrangement.rows.at(y)
    track = arrangement.track_in(number)
    if number is None or track is None or y < arrangement.rows.rows[number].lanes_top:
        return None
    row, x_of = arrangement.rows.rows[number], arrangement.scale.x
    for region in track.regions:
        if region.takes and x_of(region.start) <= at.x() < x_of(region.end):
            return _spot(arrangement, track, region, row, at)
    return LaneSpot(track)


def _spot(
    arrangement: Arrangement, track: Track, region: Region, row: Row, at: QPointF
) -> LaneSpot:
    """Return the place in the lane under the pointer; a head lies above the cuts."""
    lanes, x_of = arrangement.unfolding.cache.of(region), arrangement.scale.x
    number = int(at.y() + arrangement.top_px - row.lanes_top) // LANE_PX
    if number >= len(lanes):
        return LaneSpot(track)
    top = lane_top(row, number) - arrangement.top_px
    left, right = round(x_of(region.start)), round(x_of(region.end))
    head = head_box(left, right, top, arrangement.view_px[0])
    if head is not None and head.holds(at.x(), at.y()):
        star = star_box(head)
        starred = star is not None and star.holds(at.x(), at.y())
        return LaneSpot(track, region, lanes[number], "star" if starred else "head")
    cut = _cut_near(arrangement, region, lanes[number], at.x())
    return LaneSpot(track, region, lanes[number], "body" if cut is None else "cut", cut)


def _cut_near(arrangement: Arrangement, region: Region, lane: TakeLane, x: float) -> Tick | None:
    """Return where a piece of the lane begins or ends at pixel `x`."""
    spans = (span for span in played_spans(region) if span.take.id == lane.take.id)
    ticks = (tick for span in spans for tick in (span.start, span.end))
    near = (tick for tick in ticks if abs(arrangement.scale.x(tick) - x) <= CUT_PX)
    return next((tick for tick in near if region.start < tick < region.end), None)
