"""Edits: pure functions from a song to a song.

What an edit does not touch stays the same object. What it makes gets the song's ids from
`next_id` on, so that the first new id is the old song's `next_id`. An unknown id is a
LookupError; an edit that would leave an invalid song is a ValueError, and the song is as it was.
"""

from collections.abc import Callable, Set
from dataclasses import replace
from typing import TypeVar

from desktop.document.palette import track_colour
from desktop.document.query import (
    find_clip,
    find_marker,
    find_region,
    find_track,
    track_with_clip,
    track_with_region,
)
from desktop.document.song import (
    MAX_PROMPT_LETTERS,
    Clip,
    Comp,
    Marker,
    Note,
    Piece,
    Region,
    Role,
    Song,
    Take,
    Track,
)
from desktop.document.tempo import MetreChange, TempoChange
from desktop.document.time import Tick

P = TypeVar("P", Track, Clip, Region, Marker, Note, Take)


# Any change of one part


def change_track(song: Song, track_id: int, change: Callable[[Track], Track]) -> Song:
    """Return `song` with one track changed."""
    find_track(song, track_id)
    return replace(song, tracks=_changed(song.tracks, track_id, change))


def change_clip(song: Song, clip_id: int, change: Callable[[Clip], Clip]) -> Song:
    """Return `song` with one clip changed."""
    track = track_with_clip(song, clip_id)
    return change_track(
        song, track.id, lambda t: replace(t, clips=_changed(t.clips, clip_id, change))
    )


def change_region(song: Song, region_id: int, change: Callable[[Region], Region]) -> Song:
    """Return `song` with one region changed; ValueError if a prompt became too long."""
    track, checked = track_with_region(song, region_id), _with_prompts_checked(change)
    return change_track(
        song, track.id, lambda t: replace(t, regions=_changed(t.regions, region_id, checked))
    )


def change_regions(song: Song, region_ids: Set[int], change: Callable[[Region], Region]) -> Song:
    """Return `song` with each of the regions changed; ids of none are passed over.

    ValueError if a prompt became too long.
    """
    change = _with_prompts_checked(change)

    def changed(track: Track) -> Track:
        if not any(region.id in region_ids for region in track.regions):
            return track
        regions = (change(r) if r.id in region_ids else r for r in track.regions)
        return replace(track, regions=tuple(regions))

    return replace(song, tracks=tuple(map(changed, song.tracks)))


def change_take(song: Song, region_id: int, take_id: str, change: Callable[[Take], Take]) -> Song:
    """Return `song` with one take of a region changed: its stars, name, comment, rejection."""
    if all(take.id != take_id for take in find_region(song, region_id).takes):
        raise LookupError(f"region {region_id} has no take {take_id!r}")
    return change_region(
        song, region_id, lambda r: replace(r, takes=_changed(r.takes, take_id, change))
    )


# Tracks


def add_track(song: Song, name: str = "", role: Role = "lead", colour: str = "") -> Song:
    """Return `song` with an empty track below the others, by default in the next colour."""
    track = Track(song.next_id, name, colour or track_colour(len(song.tracks)), role)
    return replace(song, tracks=(*song.tracks, track), next_id=song.next_id + 1)


def remove_track(song: Song, track_id: int) -> Song:
    """Return `song` without the track."""
    find_track(song, track_id)
    return replace(song, tracks=_without(song.tracks, track_id))


def move_track(song: Song, track_id: int, row: int) -> Song:
    """Return `song` with the track in `row`, 0 the topmost."""
    others = list(_without(song.tracks, track_id))
    others.insert(row, find_track(song, track_id))
    return replace(song, tracks=tuple(others))


def duplicate_track(song: Song, track_id: int) -> Song:
    """Return `song` with a copy of the track right below it."""
    track, first = find_track(song, track_id), song.next_id + 1
    clips = tuple(replace(c, id=n) for n, c in enumerate(track.clips, first))
    regions = tuple(replace(r, id=n) for n, r in enumerate(track.regions, first + len(clips)))
    copy = replace(track, id=song.next_id, clips=clips, regions=regions)
    row = song.tracks.index(track) + 1
    tracks = (*song.tracks[:row], copy, *song.tracks[row:])
    return replace(song, tracks=tracks, next_id=first + len(clips) + len(regions))


# Clips


def add_clip(
    song: Song, track_id: int, start: Tick, length: Tick, notes: tuple[Note, ...] = ()
) -> Song:
    """Return `song` with a new clip on the track."""
    return _with_clip(song, track_id, Clip(song.next_id, start, length, notes))


def remove_clip(song: Song, clip_id: int) -> Song:
    """Return `song` without the clip."""
    track = track_with_clip(song, clip_id)
    return change_track(song, track.id, lambda t: replace(t, clips=_without(t.clips, clip_id)))


def move_clip(song: Song, clip_id: int, start: Tick, track_id: int | None = None) -> Song:
    """Return `song` with the clip at `start`, on another track when `track_id` is given."""
    clip, home = find_clip(song, clip_id), track_with_clip(song, clip_id)
    moved, without = replace(clip, start=start), remove_clip(song, clip_id)
    return change_track(without, track_id or home.id, lambda t: replace(t, clips=(*t.clips, moved)))


def resize_clip(song: Song, clip_id: int, length: Tick) -> Song:
    """Return `song` with the clip `length` ticks long; notes past the end are kept, unheard."""
    return change_clip(song, clip_id, lambda clip: replace(clip, length=length))


def duplicate_clip(song: Song, clip_id: int, start: Tick | None = None) -> Song:
    """Return `song` with a copy of the clip at `start`, by default right behind it."""
    clip = find_clip(song, clip_id)
    copy = replace(clip, id=song.next_id, start=clip.end if start is None else start)
    return _with_clip(song, track_with_clip(song, clip_id).id, copy)


def split_clip(song: Song, clip_id: int, tick: Tick) -> Song:
    """Return `song` with the clip cut in two at `tick` of the song.

    A note that sounds across the cut is heard in both halves.
    """
    clip = find_clip(song, clip_id)
    cut = tick - clip.start
    if not 0 < cut < clip.length:
        raise ValueError(f"tick {tick} is not within clip {clip_id}; split between its ends")
    left = tuple(n for n in clip.notes if n.start < cut)
    right = tuple(_from_cut(n, cut) for n in clip.notes if n.start + n.length > cut)
    halved = change_clip(song, clip_id, lambda c: replace(c, length=Tick(cut), notes=left))
    return add_clip(halved, track_with_clip(song, clip_id).id, tick, Tick(clip.length - cut), right)


def join_clips(song: Song, clip_id: int, other_id: int) -> Song:
    """Return `song` with both clips of one track as one, from the first start to the last end."""
    track, other = track_with_clip(song, clip_id), find_clip(song, other_id)
    clip = find_clip(song, clip_id)
    if other not in track.clips or clip_id == other_id:
        raise ValueError(f"clips {clip_id} and {other_id} must be two clips of one track")
    start, end = min(clip.start, other.start), max(clip.end, other.end)
    notes = [_shifted(n, part.start - start) for part in (clip, other) for n in _heard(part)]
    joined = replace(clip, start=start, length=Tick(end - start), notes=_numbered(notes))
    return change_clip(remove_clip(song, other_id), clip_id, lambda _: joined)


# Notes


def add_note(
    song: Song, clip_id: int, start: Tick, length: Tick, pitch: int, *, velocity: int = 100
) -> Song:
    """Return `song` with a new note; `start` is in ticks from the clip's start."""

    def added(clip: Clip) -> Clip:
        number = 1 + max((n.id for n in clip.notes), default=0)
        return replace(clip, notes=(*clip.notes, Note(number, start, length, pitch, velocity)))

    return change_clip(song, clip_id, added)


def remove_notes(song: Song, clip_id: int, note_ids: Set[int]) -> Song:
    """Return `song` without the chosen notes."""
    return change_clip(
        song,
        clip_id,
        lambda c: replace(c, notes=tuple(n for n in c.notes if n.id not in note_ids)),
    )


def change_notes(
    song: Song, clip_id: int, note_ids: Set[int], change: Callable[[Note], Note]
) -> Song:
    """Return `song` with each of the chosen notes changed."""
    return change_clip(
        song,
        clip_id,
        lambda c: replace(c, notes=tuple(change(n) if n.id in note_ids else n for n in c.notes)),
    )


def move_notes(
    song: Song, clip_id: int, note_ids: Set[int], ticks: int, semitones: int = 0
) -> Song:
    """Return `song` with the chosen notes moved; none moves before the clip or past 0..127."""

    def moved(note: Note) -> Note:
        return _transposed(replace(note, start=Tick(max(0, note.start + ticks))), semitones)

    return change_notes(song, clip_id, note_ids, moved)


def resize_notes(song: Song, clip_id: int, note_ids: Set[int], ticks: int) -> Song:
    """Return `song` with the chosen notes longer by `ticks`, none shorter than a tick."""
    return change_notes(
        song, clip_id, note_ids, lambda n: replace(n, length=Tick(max(1, n.length + ticks)))
    )


def transpose(song: Song, clip_id: int, note_ids: Set[int], semitones: int) -> Song:
    """Return `song` with the chosen notes transposed, kept within 0..127."""
    return change_notes(song, clip_id, note_ids, lambda n: _transposed(n, semitones))


# Regions and takes


def add_region(song: Song, track_id: int, start: Tick, end: Tick, prompt: str = "") -> Song:
    """Return `song` with a new region over [start, end) of the track."""
    check_prompt(prompt)
    return _with_region(song, track_id, Region(song.next_id, start, end, prompt))


def remove_region(song: Song, region_id: int) -> Song:
    """Return `song` without the region; its takes stay in the pool."""
    track = track_with_region(song, region_id)
    return change_track(
        song, track.id, lambda t: replace(t, regions=_without(t.regions, region_id))
    )


def move_region(song: Song, region_id: int, start: Tick, track_id: int | None = None) -> Song:
    """Return `song` with the region at `start`, on another track when `track_id` is given."""
    region, home = find_region(song, region_id), track_with_region(song, region_id)
    moved = replace(region, start=start, end=Tick(start + region.end - region.start))
    return change_track(
        remove_region(song, region_id),
        track_id or home.id,
        lambda t: replace(t, regions=(*t.regions, moved)),
    )


def resize_region(song: Song, region_id: int, start: Tick, end: Tick) -> Song:
    """Return `song` with the region over [start, end); its takes stay where they are in time."""

    def resized(region: Region) -> Region:
        takes = tuple(_from_tick(song, take, region.start, start) for take in region.takes)
        comp = _comp_from(region.comp, start - region.start)
        return replace(region, start=start, end=end, takes=takes, comp=comp)

    return change_region(song, region_id, resized)


def duplicate_region(song: Song, region_id: int, start: Tick | None = None) -> Song:
    """Return `song` with a copy of the region, takes too, at `start`, by default behind it."""
    region = find_region(song, region_id)
    begin = region.end if start is None else start
    end = Tick(begin + region.end - region.start)
    copy = replace(region, id=song.next_id, start=begin, end=end)
    return _with_region(song, track_with_region(song, region_id).id, copy)


def split_region(song: Song, region_id: int, tick: Tick) -> Song:
    """Return `song` with the region cut in two at `tick`; both go on playing what they played."""
    region = find_region(song, region_id)
    if not region.start < tick < region.end:
        raise ValueError(f"tick {tick} is not within region {region_id}; split between its ends")
    takes = tuple(_from_tick(song, take, region.start, tick) for take in region.takes)
    comp = _comp_from(region.comp, tick - region.start)
    right = replace(region, id=song.next_id, start=tick, takes=takes, comp=comp)
    halved = change_region(song, region_id, lambda r: replace(r, end=tick))
    return _with_region(halved, track_with_region(song, region_id).id, right)


def join_regions(song: Song, region_id: int, other_id: int) -> Song:
    """Return `song` with the region reaching over `other_id` too, which touches its end.

    Prompt, settings and takes are those of the first.
    """
    region, other = find_region(song, region_id), find_region(song, other_id)
    home = track_with_region(song, region_id)
    if other not in home.regions or region.end != other.start:
        raise ValueError(
            f"region {other_id} must begin where region {region_id} ends, on its track"
        )
    return change_region(
        remove_region(song, other_id), region_id, lambda r: replace(r, end=other.end)
    )


def check_prompt(prompt: str, before: str = "") -> None:
    """Raise ValueError where `prompt` is too long, and no shorter than it was."""
    if len(prompt) > max(MAX_PROMPT_LETTERS, len(before)):
        raise ValueError(
            f"a prompt may have {MAX_PROMPT_LETTERS} letters, got {len(prompt)}; shorten it"
        )


def set_prompt(song: Song, region_id: int, prompt: str, negative_prompt: str | None = None) -> Song:
    """Return `song` with the region's prompt set; a negative prompt of None stays as it is."""

    def prompted(region: Region) -> Region:
        negative = region.negative_prompt if negative_prompt is None else negative_prompt
        return replace(region, prompt=prompt, negative_prompt=negative)

    return change_region(song, region_id, prompted)


def set_song_pack(song: Song, pack_id: str | None) -> Song:
    """Return `song` rendered by a pack in whichever version is installed, the default for None."""
    return replace(song, settings=replace(song.settings, pack_id=pack_id, pack_version=None))


def set_pack(song: Song, region_ids: Set[int], pack_id: str | None) -> Song:
    """Return `song` with the regions rendered by a pack of their own, by the song's for None."""
    return change_regions(song, region_ids, lambda region: replace(region, pack_id=pack_id))


def add_take(song: Song, region_id: int, take: Take) -> Song:
    """Return `song` with the take added to the region, unchosen; a take known by id stays one."""
    if any(known.id == take.id for known in find_region(song, region_id).takes):
        return song
    return change_region(song, region_id, lambda r: replace(r, takes=(*r.takes, take)))


def choose_take(song: Song, region_id: int, take_id: str | None) -> Song:
    """Return `song` with the region playing the take, all of it, or nothing for None."""
    return change_region(song, region_id, lambda r: replace(r, active_take=take_id, comp=None))


# Tempo, metre, markers


def set_tempo(song: Song, tick: Tick, bpm: float) -> Song:
    """Return `song` with the tempo changing to `bpm` at `tick`."""
    others = (change for change in song.tempo_map.tempos if change.tick != tick)
    tempos = sorted((*others, TempoChange(tick, bpm)), key=lambda change: change.tick)
    return replace(song, tempo_map=replace(song.tempo_map, tempos=tuple(tempos)))


def remove_tempo(song: Song, tick: Tick) -> Song:
    """Return `song` without the tempo change at `tick`; the one at 0 stays."""
    tempos = tuple(c for c in song.tempo_map.tempos if c.tick != tick or tick == 0)
    return replace(song, tempo_map=replace(song.tempo_map, tempos=tempos))


def set_metre(song: Song, tick: Tick, numerator: int, denominator: int) -> Song:
    """Return `song` with bars of `numerator`/`denominator` from `tick` on."""
    others = (change for change in song.tempo_map.metres if change.tick != tick)
    change = MetreChange(tick, numerator, denominator)
    metres = sorted((*others, change), key=lambda change: change.tick)
    return replace(song, tempo_map=replace(song.tempo_map, metres=tuple(metres)))


def remove_metre(song: Song, tick: Tick) -> Song:
    """Return `song` without the metre change at `tick`; the one at 0 stays."""
    metres = tuple(c for c in song.tempo_map.metres if c.tick != tick or tick == 0)
    return replace(song, tempo_map=replace(song.tempo_map, metres=metres))


def add_marker(song: Song, tick: Tick, name: str) -> Song:
    """Return `song` with a new marker."""
    marker = Marker(song.next_id, tick, name)
    return replace(song, markers=(*song.markers, marker), next_id=song.next_id + 1)


def change_marker(song: Song, marker_id: int, change: Callable[[Marker], Marker]) -> Song:
    """Return `song` with one marker changed: its tick or its name."""
    find_marker(song, marker_id)
    return replace(song, markers=_changed(song.markers, marker_id, change))


def remove_marker(song: Song, marker_id: int) -> Song:
    """Return `song` without the marker."""
    find_marker(song, marker_id)
    return replace(song, markers=_without(song.markers, marker_id))


def _changed(parts: tuple[P, ...], part_id: int | str, change: Callable[[P], P]) -> tuple[P, ...]:
    return tuple(change(part) if part.id == part_id else part for part in parts)


def _without(parts: tuple[P, ...], part_id: int) -> tuple[P, ...]:
    return tuple(part for part in parts if part.id != part_id)


def _with_clip(song: Song, track_id: int, clip: Clip) -> Song:
    numbered = replace(song, next_id=max(song.next_id, clip.id + 1))
    return change_track(numbered, track_id, lambda t: replace(t, clips=(*t.clips, clip)))


def _with_region(song: Song, track_id: int, region: Region) -> Song:
    numbered = replace(song, next_id=max(song.next_id, region.id + 1))
    return change_track(numbered, track_id, lambda t: replace(t, regions=(*t.regions, region)))


def _with_prompts_checked(change: Callable[[Region], Region]) -> Callable[[Region], Region]:
    def checked(region: Region) -> Region:
        changed = change(region)
        check_prompt(changed.prompt, region.prompt)
        check_prompt(changed.negative_prompt, region.negative_prompt)
        return changed

    return checked


def _from_tick(song: Song, take: Take, was: Tick, start: Tick) -> Take:
    shift = song.tempo_map.span_frames(was, start, take.sample_rate_hz)
    return replace(take, offset_frames=take.offset_frames + shift)


def _comp_from(comp: Comp | None, cut: int) -> Comp | None:
    """Return `comp` for a region that begins `cut` ticks later; what was heard stays in time."""
    if comp is None:
        return None
    moved = [(piece.start - cut, piece.take_id) for piece in comp.pieces]
    first = max(n for n, (start, _) in enumerate(moved) if start <= 0 or n == 0)
    begin = Piece(Tick(0), moved[first][1])
    pieces = (begin, *(Piece(Tick(start), take_id) for start, take_id in moved[first + 1 :]))
    return replace(comp, pieces=pieces)


def _from_cut(note: Note, cut: int) -> Note:
    start = max(note.start, cut)
    return replace(note, start=Tick(start - cut), length=Tick(note.start + note.length - start))


def _heard(clip: Clip) -> list[Note]:
    notes = (n for n in clip.notes if n.start < clip.length)
    return [replace(n, length=min(n.length, Tick(clip.length - n.start))) for n in notes]


def _shifted(note: Note, ticks: int) -> Note:
    return replace(note, start=Tick(note.start + ticks))


def _numbered(notes: list[Note]) -> tuple[Note, ...]:
    ordered = sorted(notes, key=lambda n: (n.start, n.pitch))
    return tuple(replace(note, id=number) for number, note in enumerate(ordered, 1))


def _transposed(note: Note, semitones: int) -> Note:
    return replace(note, pitch=min(127, max(0, note.pitch + semitones)))
