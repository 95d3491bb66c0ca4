"""Part of what a song plays: the stems of some tracks, summed, within a span."""

from collections.abc import Hashable, Iterable, Set
from dataclasses import dataclass, replace

from desktop.document.query import find_track, sounding_tracks
from desktop.document.song import Clip, Region, Song, Track
from desktop.document.time import Tick
from desktop.mixing.stems import Placement, placements


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What is heard of `song` within [start, end); its other tracks and regions are left out."""

    song: Song
    start: Tick
    end: Tick

    @property
    def frames(self) -> tuple[int, int]:
        """Return the song's frames [first, end) at the song's rate."""
        rate, tempo_map = self.song.settings.sample_rate_hz, self.song.tempo_map
        first, end = (tempo_map.tick_to_frame(tick, rate) for tick in (self.start, self.end))
        return first, end

    @property
    def identity(self) -> Hashable:
        """Return what decides how the excerpt sounds: equal for excerpts that sound the same."""
        tracks = tuple(
            (t.gain_db, t.pan, tuple(placed.identity for placed in self._placed(t)))
            for t in sounding_tracks(self.song)
        )
        return self.song.settings.sample_rate_hz, self.frames, tracks

    @property
    def plays_takes(self) -> bool:
        """Return whether any take is heard."""
        first, end = self.frames
        placed = (at for track in sounding_tracks(self.song) for at in self._placed(track))
        return any(at.start_frame < end and first < at.end_frame for at in placed)

    def _placed(self, track: Track) -> tuple[Placement, ...]:
        return placements(track, self.song.tempo_map, self.song.settings.sample_rate_hz)


def excerpt_of_mix(song: Song, span: tuple[Tick, Tick] | None = None) -> Excerpt:
    """Return the mix within `span`, by default all of it."""
    start, end = span or (Tick(0), song.end)
    return Excerpt(song, start, end)


def excerpt_of_track(song: Song, track_id: int) -> Excerpt:
    """Return a track's stem from its first region to its last, muted or not."""
    track = find_track(song, track_id)
    return _excerpt(song, [track], track.regions)


def excerpt_of_parts(song: Song, part_ids: Set[int]) -> Excerpt:
    """Return the stems of the chosen regions, and of those that sound under the chosen clips."""
    chosen: list[Clip | Region] = []
    tracks: list[Track] = []
    for track in song.tracks:
        all_parts: tuple[Clip | Region, ...] = (*track.clips, *track.regions)
        parts = [part for part in all_parts if part.id in part_ids]
        regions = tuple(r for r in track.regions if any(_overlap(r, part) for part in parts))
        chosen += parts
        tracks += [replace(track, regions=regions)] if parts else []
    return _excerpt(song, tracks, chosen)


def _overlap(region: Region, part: Clip | Region) -> bool:
    return region.start < part.end and part.start < region.end


def _excerpt(song: Song, tracks: Iterable[Track], parts: Iterable[Clip | Region]) -> Excerpt:
    heard = tuple(replace(track, mute=False, solo=False) for track in tracks)
    spanned = [(part.start, part.end) for part in parts]
    start = min((start for start, _ in spanned), default=Tick(0))
    end = max((end for _, end in spanned), default=start)
    return Excerpt(replace(song, tracks=heard), start, end)
