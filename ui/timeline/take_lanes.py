"""The lanes of takes below a track: which take has which lane, and where it lies. Apart from Qt."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from desktop.document.comping import played_ids
from desktop.document.song import Region, Take, Track
from ui.timeline.rows import LANE_PX, Row

HEAD_PX: Final = 116
HEADS: Final = 3  # so many would fill what is seen of a lane, or its sound is not to be seen
HEAD_HEIGHT_PX: Final = 16
LEAST_HEAD_PX: Final = 28  # narrower, a head would hide all of its lane
STAR_PX: Final = 26
STARRED_FROM_PX: Final = 72
PAD_PX: Final = 3


class TakeLane(NamedTuple):
    """A take that has a lane, and its number in the order in which takes were made, from 1."""

    take: Take
    number: int


class Made(NamedTuple):
    """Lanes, and what they were made of: `heard` are those of the `rejected` takes that play."""

    lanes: tuple[TakeLane, ...]
    takes: tuple[Take, ...]
    rejected: frozenset[str]
    heard: frozenset[str]

    def holds_for(self, region: Region) -> bool:
        """Return whether the region still has the same lanes."""
        return self.takes is region.takes and self.rejected & played_ids(region) == self.heard


class Box(NamedTuple):
    """A rectangle in pixels."""

    left: float
    top: float
    width: float
    height: float

    def holds(self, x: float, y: float) -> bool:
        """Return whether a point lies within."""
        return 0 <= x - self.left < self.width and 0 <= y - self.top < self.height


def lanes_of(region: Region) -> tuple[TakeLane, ...]:
    """Return the region's lanes: the starred takes first, then the newest.

    Of the rejected takes only those that play have one.
    """
    playing = played_ids(region)
    lanes = (TakeLane(take, number) for number, take in enumerate(region.takes, 1))
    shown = [lane for lane in lanes if not lane.take.rejected or lane.take.id in playing]
    return tuple(sorted(shown, key=lambda lane: (-lane.take.stars, -lane.number)))


@dataclass(slots=True)
class LaneCache:
    """The lanes of regions, kept as long as the same takes are there, and play."""

    _known: dict[int, Made] = field(default_factory=dict)

    def of(self, region: Region) -> tuple[TakeLane, ...]:
        """Return the lanes of `region`."""
        known = self._known.get(region.id)
        if known is None or not known.holds_for(region):
            rejected = frozenset(take.id for take in region.takes if take.rejected)
            heard = rejected & played_ids(region)
            known = Made(lanes_of(region), region.takes, rejected, heard)
            self._known[region.id] = known
        return known.lanes

    def count(self, track: Track) -> int:
        """Return how many lanes a track has when it is unfolded."""
        return max((len(self.of(region)) for region in track.regions if region.takes), default=0)

    def keep_only(self, region_ids: Iterable[int]) -> None:
        """Forget all others."""
        kept = set(region_ids)
        self._known = {k: v for k, v in self._known.items() if k in kept}


def lane_top(row: Row, lane: int) -> int:
    """Return the pixel of all rows at which a lane of a row begins."""
    return row.lanes_top + lane * LANE_PX


def lanes_between(row: Row, top: float, bottom: float) -> range:
    """Return the numbers of the lanes of a row that share a pixel with [top, bottom)."""
    first = max(0, int((top - row.lanes_top) // LANE_PX))
    last = int(-((row.lanes_top - bottom) // LANE_PX))
    return range(first, max(first, min(row.lanes, last)))


def head_box(left: float, right: float, top: float, view_px: float) -> Box | None:
    """Return where the head of a lane lies that reaches from `left` to `right`.

    It stays in view, and takes a third of what is seen of its lane at most.
    """
    left, right = max(left, 0.0), min(right, view_px)
    width = min(HEAD_PX, (right - left) / HEADS)
    if width < LEAST_HEAD_PX:
        return None
    return Box(left + PAD_PX, top + PAD_PX, width, HEAD_HEIGHT_PX)


def star_box(head: Box) -> Box | None:
    """Return where the stars of a head lie, None where there is no room for them."""
    if head.width < STARRED_FROM_PX:
        return None
    return Box(head.left + head.width - STAR_PX, head.top, STAR_PX, head.height)
