"""What a press in the lane of a take begins: a swipe, a moved cut, another take, a star."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QMouseEvent

from desktop.document.comping import move_cut, swipe_take
from desktop.document.edits import choose_take
from desktop.document.song import Region, Song, Take
from desktop.document.time import Tick
from desktop.session.session import Edit
from ui.shared.takes import more_stars, starred
from ui.timeline.arrangement import Arrangement
from ui.timeline.drags import Drag, GestureDrag, PanDrag
from ui.timeline.gestures import Grid, Place
from ui.timeline.lane_spots import LaneSpot

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Swipe:
    """Lets a take play from where the drag began to where it is."""

    grid: Grid
    region: Region
    take_id: str
    origin: Place

    def __call__(self, at: Place) -> Edit:
        start, end = sorted(_within(self.region, self.grid, place) for place in (self.origin, at))
        if start == end:
            return _as_it_is
        change = partial(swipe_take, region_id=self.region.id, take_id=self.take_id)
        return partial(change, start=start, end=end)


@dataclass(frozen=True, slots=True)
class MoveCut:
    """Moves a cut between two pieces."""

    grid: Grid
    region: Region
    cut: Tick

    def __call__(self, at: Place) -> Edit:
        to = _within(self.region, self.grid, at)
        return partial(move_cut, region_id=self.region.id, cut=self.cut, to=to)


def begin_lane_drag(
    arrangement: Arrangement, event: QMouseEvent, at: Place, spot: LaneSpot
) -> Drag | None:
    """Return what a press begins."""
    if event.button() == Qt.MouseButton.MiddleButton:
        return PanDrag(arrangement, event)
    region, lane = spot.region, spot.lane
    if region is None or lane is None:
        arrangement.choose(frozenset(), spot.track.id)
        return None
    arrangement.choose_lane(region.id, lane.take.id)
    if event.button() != Qt.MouseButton.LeftButton:
        return None
    if spot.cut is not None:
        cut = MoveCut(arrangement.grid, region, spot.cut)
        return GestureDrag(arrangement, cut, translate("Timeline", "Move cut"), event)
    swipe = Swipe(arrangement.grid, region, lane.take.id, at)
    name, click = translate("Timeline", "Comp"), _click(arrangement, spot, region, lane.take)
    return GestureDrag(arrangement, swipe, name, event, click)


def play_take(arrangement: Arrangement, region: Region, take: Take) -> None:
    """Let the region play all of a take."""
    change = partial(choose_take, region_id=region.id, take_id=take.id)
    arrangement.session.edit(translate("Timeline", "Choose take"), change)


def star_take(arrangement: Arrangement, region: Region, take: Take) -> None:
    """Give a take one star more, none after the last."""
    change = partial(starred, region_id=region.id, take_id=take.id, stars=more_stars(take))
    arrangement.session.edit(translate("Timeline", "Star take"), change)


def star_played(arrangement: Arrangement, parts: Collection[int]) -> bool:
    """Give each take that one of the regions plays one star more; return whether there is one."""
    regions = (region for track in arrangement.song.tracks for region in track.regions)
    played = [
        (region.id, take)
        for region in regions
        if region.id in parts and (take := region.playing) is not None
    ]

    def all_starred(song: Song) -> Song:
        for region_id, take in played:
            song = starred(song, region_id, take.id, more_stars(take))
        return song

    if played:
        arrangement.session.edit(translate("Timeline", "Star take"), all_starred)
    return bool(played)


def _click(
    arrangement: Arrangement, spot: LaneSpot, region: Region, take: Take
) -> Callable[[], None] | None:
    does = {"head": play_take, "star": star_take}.get(spot.zone)
    return None if does is None else partial(does, arrangement, region, take)


def _within(region: Region, grid: Grid, at: Place) -> Tick:
    """Return the tick of a place on the grid, an end of the region where it lies past that."""
    if not region.start < at.tick < region.end:
        return region.start if at.tick <= region.start else region.end
    return Tick(min(region.end, max(region.start, grid.near(at.tick, at.free))))


def _as_it_is(song: Song) -> Song:
    return song
