"""Tracks of another song, as a MIDI file read, taken into this one."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from desktop.document.palette import track_colour
from desktop.document.song import Song, Track


def with_tracks(song: Song, tracks: tuple[Track, ...]) -> Song:
    """Return `song` with `tracks` of another song added, under ids and in colours of its own."""
    ids = count(song.next_id)
    added = tuple(
        replace(_renumbered(track, ids), colour=track_colour(number))
        for number, track in enumerate(tracks, len(song.tracks))
    )
    return replace(song, tracks=(*song.tracks, *added), next_id=next(ids))


def _renumbered(track: Track, ids: Iterator[int]) -> Track:
    clips = tuple(replace(clip, id=next(ids)) for clip in track.clips)
    regions = tuple(replace(region, id=next(ids)) for region in track.regions)
    return replace(track, id=next(ids), clips=clips, regions=regions)
