"""What lies under the pointer in the lanes. Apart from Qt."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from desktop.document.song import Track
from ui.timeline.part_edits import Part
from ui.timeline.rows import Row, clip_band, region_band

EDGE_PX: Final = 6.0
Zone = Literal["start", "body", "end"]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a track; `part` is the clip or region there, `zone` which part of it."""

    track: Track
    part: Part | None = None
    zone: Zone = "body"
    among_regions: bool = False


def spot_in(row: Row, track: Track, x_of: Callable[[float], float], x: float, y: float) -> Spot:
    """Return what lies at pixel `x`, and at pixel `y` of the row; the uppermost where several."""
    regions, clips = region_band(track, row.height), clip_band(track, row.height)
    below = regions.top > clips.top
    among_regions = bool(track.regions) and (y >= regions.top if below else not track.clips)
    parts: tuple[Part, ...] = track.regions if among_regions else track.clips
    for part in reversed(parts):
        left, right = x_of(part.start), x_of(part.end)
        if left - 1 <= x < max(right, left + 3) + 1:
            return Spot(track, part, _zone(x, left, right), among_regions)
    return Spot(track, among_regions=among_regions)


def _zone(x: float, left: float, right: float) -> Zone:
    zone = min(EDGE_PX, (right - left) / 4)
    if x >= right - zone:
        return "end"
    return "start" if x < left + zone else "body"
