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
    row = arrangement.rows.rows[number]
    x_of, lane = arrangement.scale.x, int(y - row.lanes_top) // LANE_PX
    for region in track.regions:
        lanes = arrangement.unfolding.cache.of(region) if region.takes else ()
        if x_of(region.start) <= at.x() < x_of(region.end) and lane < len(lanes):
            return _spot(arrangement, LaneSpot(track, region, lanes[lane]), row, lane, at)
    return LaneSpot(track)


def _spot(arrangement: Arrangement, spot: LaneSpot, row: Row, lane: int, at: QPointF) -> LaneSpot:
    region, take_lane = spot.region, spot.lane
    assert region is not None
    assert take_lane is not None
    x_of = arrangement.scale.x
    for span in played_spans(region):
        if span.take.id == take_lane.take.id:
            for tick in (span.start, span.end):
                if region.start < tick < region.end and abs(x_of(tick) - at.x()) <= CUT_PX:
                    return LaneSpot(spot.track, region, take_lane, "cut", tick)
    top = lane_top(row, lane) - arrangement.top_px
    left, right = round(x_of(region.start)), round(x_of(region.end))
    head = head_box(left, right, top, arrangement.view_px[0])
    if head is None or not head.holds(at.x(), at.y()):
        return spot
    star = star_box(head)
    starred = star is not None and star.holds(at.x(), at.y())
    return LaneSpot(spot.track, region, take_lane, "star" if starred else "head")
