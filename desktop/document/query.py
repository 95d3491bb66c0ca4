"""Questions to a song: where something is, what sounds in a span, which regions touch."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.document.song import Clip, Marker, Region, Song, Track
from desktop.document.time import Tick


@dataclass(frozen=True, slots=True, order=True)
class PlacedNote:
    """A note in ticks of the song, [start, end)."""

    start: Tick
    end: Tick
    pitch: int
    velocity: int


def find_track(song: Song, track_id: int) -> Track:
    """Return the track; LookupError when there is none."""
    for track in song.tracks:
        if track.id == track_id:
            return track
    raise LookupError(f"the song has no track {track_id}")


def find_clip(song: Song, clip_id: int) -> Clip:
    """Return the clip; LookupError when there is none."""
    return next(c for c in track_with_clip(song, clip_id).clips if c.id == clip_id)


def find_region(song: Song, region_id: int) -> Region:
    """Return the region; LookupError when there is none."""
    return next(r for r in track_with_region(song, region_id).regions if r.id == region_id)


def longest_prompt(song: Song) -> int:
    """Return how many letters the longest prompt has, 0 in a song without regions."""
    regions = (region for track in song.tracks for region in track.regions)
    texts = (text for region in regions for text in (region.prompt, region.negative_prompt))
    return max(map(len, texts), default=0)


def has_region(song: Song, region_id: int) -> bool:
    """Return whether the region is in the song."""
    return any(region.id == region_id for track in song.tracks for region in track.regions)


def find_marker(song: Song, marker_id: int) -> Marker:
    """Return the marker; LookupError when there is none."""
    for marker in song.markers:
        if marker.id == marker_id:
            return marker
    raise LookupError(f"the song has no marker {marker_id}")


def track_with_clip(song: Song, clip_id: int) -> Track:
    """Return the track that holds the clip; LookupError when there is none."""
    for track in song.tracks:
        if any(clip.id == clip_id for clip in track.clips):
            return track
    raise LookupError(f"the song has no clip {clip_id}")


def track_with_region(song: Song, region_id: int) -> Track:
    """Return the track that holds the region; LookupError when there is none."""
    for track in song.tracks:
        if any(region.id == region_id for region in track.regions):
            return track
    raise LookupError(f"the song has no region {region_id}")


def notes_in_span(track: Track, start: Tick, end: Tick) -> tuple[PlacedNote, ...]:
    """Return the notes that sound within [start, end), in order, in ticks of the song.

    They are cut where their clip ends, but not where the span does: a note that already sounds
    at `start` keeps its earlier start.
    """
    return tuple(
        sorted(
            note
            for clip in track.clips
            if clip.start < end and start < clip.end
            for note in _placed(clip, start, end)
        )
    )


def _placed(clip: Clip, start: Tick, end: Tick) -> Iterator[PlacedNote]:
    stop = bisect_left(clip.notes, min(end, clip.end) - clip.start, key=lambda n: n.start)
    for note in clip.notes[:stop]:
        if clip.start + note.start + note.length > start:
            begin = Tick(clip.start + note.start)
            note_end = min(Tick(begin + note.length), clip.end)
            yield PlacedNote(begin, note_end, note.pitch, note.velocity)


def chains(track: Track) -> tuple[tuple[Region, ...], ...]:
    """Return the regions in order, those that touch one another together."""
    found: list[list[Region]] = []
    for region in track.regions:
        if found and found[-1][-1].end == region.start:
            found[-1].append(region)
        else:
            found.append([region])
    return tuple(tuple(chain) for chain in found)


def chain_with(track: Track, region_id: int) -> tuple[Region, ...]:
    """Return the touching regions of which `region_id` is one, in order."""
    for chain in chains(track):
        if any(region.id == region_id for region in chain):
            return chain
    raise LookupError(f"track {track.id} has no region {region_id}")


def wanted_pack_id(song: Song, region: Region) -> str | None:
    """Return the pack that is to render the region: its own, else the song's, None the default."""
    return region.pack_id if region.pack_id is not None else song.settings.pack_id


def sounding_tracks(song: Song) -> tuple[Track, ...]:
    """Return the tracks that are heard: the soloed ones if there are any, without the muted."""
    soloed = any(track.solo for track in song.tracks)
    return tuple(t for t in song.tracks if not t.mute and (t.solo or not soloed))
