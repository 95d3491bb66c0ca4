"""The actions of the lanes of takes."""

from functools import partial

from PySide6.QtCore import QObject

from desktop.document.comping import swipe_take
from desktop.document.song import Region, Track
from desktop.document.time import Tick
from ui.timeline.arrangement import Arrangement
from ui.timeline.lane_drags import play_take, star_played, star_take
from ui.timeline.rows import LANE_PX
from ui.timeline.take_lanes import lane_top


class LaneCommands(QObject):
    """Unfolds tracks, goes from lane to lane, and does with the current one what a click does."""

    def __init__(self, arrangement: Arrangement) -> None:
        super().__init__(arrangement)
        self._arrangement = arrangement

    def fold(self, track_id: int | None) -> None:
        """Show the lanes of a track, or hide them; those of the selected track for None."""
        track = self._track(track_id)
        if track is None:
            self._say(self.tr("Select a track first"))
        elif not self._arrangement.unfolding.cache.count(track):
            self._say(self.tr("This track has no takes yet: render one of its regions"))
        else:
            self._unfold(track, on=track.id not in self._arrangement.unfolding.tracks)

    def step(self, by: int) -> None:
        """Go to the next lane of the selected region, unfolded now if it was not, or leave it."""
        found = self._region()
        if found is None:
            self._say(self.tr("Select a region with takes first"))
            return
        track, region = found
        if track.id not in self._arrangement.unfolding.tracks:
            self._arrangement.unfold(track.id, True)
        lanes = self._arrangement.unfolding.cache.of(region)
        current = self._arrangement.lane
        at = (-1 if current is None else current.at) + by
        if at < 0:
            self._arrangement.leave_lanes()
            return
        at = min(at, len(lanes) - 1)
        self._arrangement.choose_lane(region.id, lanes[at].take.id)
        self._show(track, at)

    def play(self) -> bool:
        """Let the region play the take of the current lane; return whether there is one."""
        if (current := self._arrangement.lane) is None:
            return False
        play_take(self._arrangement, current.region, current.lane.take)
        return True

    def star(self) -> None:
        """Star the take of the current lane, without one those that the selected regions play."""
        current, selection = self._arrangement.lane, self._arrangement.selection
        if current is not None:
            star_take(self._arrangement, current.region, current.lane.take)
        elif not star_played(self._arrangement, selection.parts):
            self._say(self.tr("Select a region that plays a take first"))

    def comp_loop(self) -> None:
        """Let the take of the current lane play within the loop."""
        current, loop = self._arrangement.lane, self._arrangement.transport.loop
        if current is None or loop is None:
            self._say(self.tr("Choose a lane, and set the loop over what its take is to play"))
            return
        start, end = (Tick(tick) for tick in loop)
        change = partial(swipe_take, region_id=current.region.id, take_id=current.lane.take.id)
        self._arrangement.session.edit(self.tr("Comp"), partial(change, start=start, end=end))

    def _unfold(self, track: Track, *, on: bool) -> None:
        self._arrangement.unfold(track.id, on)
        if on:
            self._show(track, 0)

    def _show(self, track: Track, at: int) -> None:
        row = self._arrangement.rows.rows[self._arrangement.rows.number_of(track.id) or 0]
        top = lane_top(row, at)
        self._arrangement.show_height(top, top + LANE_PX)

    def _track(self, track_id: int | None) -> Track | None:
        found = self._region() if track_id is None else None
        if found is not None:
            return found[0]
        chosen = self._arrangement.selection.track_id if track_id is None else track_id
        return self._arrangement.track_in(self._arrangement.rows.number_of(chosen))

    def _region(self) -> tuple[Track, Region] | None:
        """Return the first selected region that has lanes, and its track."""
        arrangement = self._arrangement
        for track in arrangement.song.tracks:
            for region in track.regions:
                if region.id in arrangement.selection.parts and region.takes:
                    return track, region
        return None

    def _say(self, text: str) -> None:
        self._arrangement.session.said.emit(text)
