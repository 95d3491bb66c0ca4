"""Edits of several clips and regions at once, as pure functions. Apart from Qt.

Parts are named by ids. What an edit makes gets the song's ids from `next_id` on, in the order of
`parts_of`. Songs that cannot be are a ValueError.
"""

from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise
from typing import Literal, TypeAlias

from desktop.document.edits import (
    change_clip,
    join_clips,
    join_regions,
    resize_clip,
    resize_region,
    split_clip,
    split_region,
)
from desktop.document.song import Clip, Note, Region, Song, Track
from desktop.document.time import Tick

Part: TypeAlias = Clip | Region
Edge: TypeAlias = Literal["start", "end"]


@dataclass(frozen=True, slots=True)
class Placed:
    """A clip or region on the track in row `row`."""

    row: int
    part: Part


def parts_on(track: Track) -> tuple[Part, ...]:
    """Return the clips of a track, then its regions."""
    return (*track.clips, *track.regions)


def parts_of(song: Song, ids: Set[int]) -> tuple[Placed, ...]:
    """Return the parts with `ids`, from track to track, clips before regions."""
    return tuple(
        Placed(row, part)
        for row, track in enumerate(song.tracks)
        for part in parts_on(track)
        if part.id in ids
    )


def span_of(placed: Iterable[Placed]) -> tuple[Tick, Tick]:
    """Return from the first start to the last end of one or more parts."""
    parts = [each.part for each in placed]
    return min(part.start for part in parts), max(part.end for part in parts)


def within(song: Song, ids: Set[int], ticks: int, rows: int) -> tuple[int, int]:
    """Return how far the parts may move at most, towards `ticks` and `rows`."""
    placed = parts_of(song, ids)
    rows_used = [each.row for each in placed]
    rows = max(-min(rows_used), min(rows, len(song.tracks) - 1 - max(rows_used)))
    return max(ticks, -span_of(placed)[0]), rows


def move_parts(song: Song, ids: Set[int], ticks: int, rows: int = 0) -> Song:
    """Return `song` with the parts moved in time and by so many tracks downwards."""
    moved = [Placed(p.row + rows, _shifted(p.part, ticks)) for p in parts_of(song, ids)]
    return _with(remove_parts(song, ids), moved)


def copy_parts(song: Song, ids: Set[int], ticks: int, rows: int = 0) -> Song:
    """Return `song` with copies of the parts, moved; takes go with their regions."""
    return paste_parts(song, parts_of(song, ids), ticks, rows)


def paste_parts(song: Song, placed: Iterable[Placed], ticks: int, rows: int = 0) -> Song:
    """Return `song` with copies of parts of any song, moved."""
    copies = [
        Placed(p.row + rows, replace(_shifted(p.part, ticks), id=number))
        for number, p in enumerate(placed, song.next_id)
    ]
    return _with(replace(song, next_id=song.next_id + len(copies)), copies)


def remove_parts(song: Song, ids: Set[int]) -> Song:
    """Return `song` without the parts."""
    rows = {each.row for each in parts_of(song, ids)}
    tracks = list(song.tracks)
    for row in rows:
        track = tracks[row]
        clips = tuple(clip for clip in track.clips if clip.id not in ids)
        regions = tuple(region for region in track.regions if region.id not in ids)
        tracks[row] = replace(track, clips=clips, regions=regions)
    return replace(song, tracks=tuple(tracks))


def resize_parts(song: Song, ids: Set[int], ticks: int, edge: Edge) -> Song:
    """Return `song` with one edge of each part moved; none gets shorter than a tick.

    Notes stay where they are in time: those before a clip's new start are cut off.
    """
    for each in parts_of(song, ids):
        part = each.part
        start = part.start + ticks if edge == "start" else part.start
        end = part.end + ticks if edge == "end" else part.end
        start, end = max(0, min(start, part.end - 1)), max(end, part.start + 1)
        song = _over(song, part, Tick(start), Tick(end))
    return song


def split_parts(song: Song, ids: Set[int], tick: Tick) -> Song:
    """Return `song` with those of the parts cut in two that `tick` lies within."""
    for each in parts_of(song, ids):
        if each.part.start < tick < each.part.end:
            split = split_clip if isinstance(each.part, Clip) else split_region
            song = split(song, each.part.id, tick)
    return song


def join_parts(song: Song, ids: Set[int]) -> Song:
    """Return `song` with the clips of each track as one, and the touching regions too."""
    for row in {each.row for each in parts_of(song, ids)}:
        track = song.tracks[row]
        clips = [clip.id for clip in track.clips if clip.id in ids]
        song = reduce(lambda s, other, first=clips: join_clips(s, first[0], other), clips[1:], song)  # type: ignore[misc]
        first: Region | None = None
        for before, after in pairwise(region for region in track.regions if region.id in ids):
            first = first or before
            if before.end == after.start:
                song = join_regions(song, first.id, after.id)
            else:
                first = after
    return song


def _over(song: Song, part: Part, start: Tick, end: Tick) -> Song:
    if isinstance(part, Region):
        return resize_region(song, part.id, start, end)
    if start == part.start:
        return resize_clip(song, part.id, Tick(end - start))
    return change_clip(song, part.id, lambda clip: _from(clip, start))


def _from(clip: Clip, start: Tick) -> Clip:
    cut = start - clip.start
    notes = tuple(_cut(note, cut) for note in clip.notes if note.start + note.length > cut)
    return replace(clip, start=start, length=Tick(clip.length - cut), notes=notes)


def _cut(note: Note, cut: int) -> Note:
    start = max(note.start, cut)
    return replace(note, start=Tick(start - cut), length=Tick(note.start + note.length - start))


def _shifted(part: Part, ticks: int) -> Part:
    if isinstance(part, Region):
        return replace(part, start=Tick(part.start + ticks), end=Tick(part.end + ticks))
    return replace(part, start=Tick(part.start + ticks))


def _with(song: Song, placed: Iterable[Placed]) -> Song:
    added: defaultdict[int, list[Part]] = defaultdict(list)
    for each in placed:
        added[each.row].append(each.part)
    tracks = list(song.tracks)
    for row, parts in added.items():
        clips = (part for part in parts if isinstance(part, Clip))
        regions = (part for part in parts if isinstance(part, Region))
        track = tracks[row]
        tracks[row] = replace(
            track, clips=(*track.clips, *clips), regions=(*track.regions, *regions)
        )
    return replace(song, tracks=tuple(tracks))
