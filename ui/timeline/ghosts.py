"""Improvised notes of regions, where no others cover them: what could be drawn. Apart from Qt."""

from dataclasses import dataclass, field

import numpy as np

from desktop.document.song import Region, Track
from desktop.document.tempo import TempoMap
from desktop.rendering.improvised import improvised, is_covered
from ui.timeline.arrays import Floats
from ui.timeline.note_columns import TrackNotes, same, track_notes

NOTHING = np.zeros((3, 0))


@dataclass(slots=True)
class GhostCache:
    """Columns of regions and tracks by id; what did not change is not made anew."""

    _regions: dict[int, tuple[tuple[object, ...], Floats]] = field(default_factory=dict)
    _tracks: dict[int, tuple[tuple[object, ...], TrackNotes]] = field(default_factory=dict)

    def of(self, tempo_map: TempoMap, track: Track) -> TrackNotes:
        """Return what could be drawn on `track`."""
        asked = *track.regions, *track.clips, tempo_map, track.role
        known = self._tracks.get(track.id)
        if known is None or not same(known[0], asked):
            free = (r for r in track.regions if not is_covered(tempo_map, track, r))
            tables = [self._columns(tempo_map, track, region) for region in free]
            known = asked, track_notes(np.concatenate([NOTHING, *tables], axis=1))
            self._tracks[track.id] = known
        return known[1]

    def has(self, region_id: int) -> bool:
        """Return whether notes were improvised for what the region plays."""
        return region_id in self._regions and self._regions[region_id][1].size > 0

    def keep_only(self, track_ids: set[int], region_ids: set[int]) -> None:
        """Forget all others."""
        self._tracks = {k: v for k, v in self._tracks.items() if k in track_ids}
        self._regions = {k: v for k, v in self._regions.items() if k in region_ids}

    def _columns(self, tempo_map: TempoMap, track: Track, region: Region) -> Floats:
        """Return starts, ends and pitches, (3, n), in ticks of the song."""
        asked = region, tempo_map, track.role
        known = self._regions.get(region.id)
        if known is None or not same(known[0], asked):
            own = improvised(tempo_map, region).on(track).own
            columns = [(note.start, note.end, note.pitch) for note in own]
            known = asked, np.array(columns, np.float64).reshape(-1, 3).T
            self._regions[region.id] = known
        return known[1]
