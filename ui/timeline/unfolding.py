"""Which tracks show the lanes of their takes, and which lane the keys are about. Apart from Qt."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from desktop.document.song import Region, Song, Track
from ui.timeline.take_lanes import LaneCache, TakeLane


class CurrentLane(NamedTuple):
    """The lane that was clicked, or that keys came to."""

    track: Track
    region: Region
    at: int  # how many lanes are above it
    lane: TakeLane


@dataclass(slots=True)
class Unfolding:
    """Belongs to the view, not to the song: it is never undone."""

    tracks: set[int] = field(default_factory=set)
    cache: LaneCache = field(default_factory=LaneCache)
    _current: tuple[int, str] | None = None  # region and take

    def lanes(self, song: Song) -> dict[int, int]:
        """Return how many lanes each unfolded track has, by its id."""
        tracks = (track for track in song.tracks if track.id in self.tracks)
        return {track.id: self.cache.count(track) for track in tracks}

    def is_unfolded(self, track: Track) -> bool:
        """Return whether the lanes of a track are seen."""
        return track.id in self.tracks and self.cache.count(track) > 0

    def choose(self, region_id: int | None, take_id: str = "") -> None:
        """Make the lane of a take the current one; none without a region."""
        self._current = None if region_id is None else (region_id, take_id)

    def current(self, song: Song, parts: Iterable[int]) -> CurrentLane | None:
        """Return the current lane as long as it is seen and its region is among `parts`."""
        if self._current is None or self._current[0] not in parts:
            return None
        for track in song.tracks:
            for region in track.regions:
                if region.id == self._current[0]:
                    return self._found(track, region, self._current[1])
        return None

    def keep_only(self, song: Song) -> None:
        """Forget the lanes of regions that the song does not hold."""
        self.cache.keep_only(region.id for track in song.tracks for region in track.regions)

    def _found(self, track: Track, region: Region, take_id: str) -> CurrentLane | None:
        if track.id not in self.tracks:
            return None
        for at, lane in enumerate(self.cache.of(region)):
            if lane.take.id == take_id:
                return CurrentLane(track, region, at, lane)
        return None
