"""Cues become regions of a track, and tempo changes where that is asked for."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeAlias

from desktop.document.edits import add_track, check_prompt
from desktop.document.query import find_track
from desktop.document.song import Region, Role, Song, Track
from desktop.document.tempo import Position, TempoChange, TempoMap
from desktop.document.time import Tick
from desktop.importing.cue_sheet import Bars, Cue, Seconds

Bounds: TypeAlias = tuple[Tick, Tick]


class CueError(ValueError):
    """A cue cannot be placed; `line` is where it stands in the sheet."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"line {line}: {why}")
        self.line, self.why = line, why


def place_cues(
    song: Song,
    cues: Sequence[Cue],
    track_id: int | None = None,
    *,
    set_tempos: bool = False,
    name: str = "",
    colour: str = "",
    role: Role = "mix",
) -> Song:
    """Return `song` with a region for each cue; for None on a new track, `name`, of that role.

    With `set_tempos` the tempo of a cue holds from its start on, over all of it. Every bound lies
    on the tick nearest to its time under the tempos as they are then. Raises CueError.
    """
    tempo_map, spans = with_tempos(song.tempo_map, cues, set_tempos=set_tempos)
    song = replace(song, tempo_map=tempo_map) if set_tempos else song
    track = find_track(song, track_id) if track_id is not None else None
    if track is None:
        track = add_track(song, name, role, colour).tracks[-1]
        song = replace(song, tracks=(*song.tracks, track), next_id=track.id + 1)
    made = _regions(song.next_id, cues, spans)
    _check_overlaps(track, made)
    regions = (*track.regions, *(region for region, _ in made))
    filled = replace(track, regions=regions)
    tracks = tuple(filled if each is track else each for each in song.tracks)
    return replace(song, tracks=tracks, next_id=song.next_id + len(made))


def with_tempos(
    tempo_map: TempoMap, cues: Sequence[Cue], *, set_tempos: bool
) -> tuple[TempoMap, list[Bounds]]:
    """Return the tempo map in which each cue has the tempo it asks for, and where the cues lie.

    Each bound is found under the tempos before it: what comes later moves it no more, and two
    cues that touch meet at one tick, at which the second one's tempo begins.
    """
    spans: dict[int, Bounds] = {}
    numbers = sorted(range(len(cues)), key=lambda n: _first(cues[n]), reverse=True)
    in_seconds = [n for n in numbers if isinstance(cues[n].span, Seconds)]
    in_bars = [n for n in numbers if isinstance(cues[n].span, Bars)]
    while queues := [queue for queue in (in_seconds, in_bars) if queue]:
        # A tempo moves the seconds of what comes later: which cue is next is known only now.
        queue = min(queues, key=lambda each: bounds(tempo_map, cues[each[-1]])[0])
        number = queue.pop()
        start, _ = bounds(tempo_map, cues[number])
        if set_tempos:
            tempo_map = _with_tempo(tempo_map, cues[number])
        spans[number] = start, bounds(tempo_map, cues[number])[1]
    return tempo_map, [spans[number] for number in range(len(cues))]


def bounds(tempo_map: TempoMap, cue: Cue) -> Bounds:
    """Return the ticks at which the cue starts and ends."""
    span = cue.span
    if isinstance(span, Bars):
        first, last = (Position(bar, 1, 0) for bar in (span.first, span.last + 1))
        return tempo_map.position_to_tick(first), tempo_map.position_to_tick(last)
    return tempo_map.second_to_tick(span.start_s), tempo_map.second_to_tick(span.end_s)


def _first(cue: Cue) -> float:
    return cue.span.first if isinstance(cue.span, Bars) else cue.span.start_s


def _with_tempo(tempo_map: TempoMap, cue: Cue) -> TempoMap:
    if cue.bpm is None:
        return tempo_map
    start, _ = bounds(tempo_map, cue)
    try:
        change = TempoChange(start, cue.bpm)
    except ValueError as error:
        raise CueError(cue.line, str(error)) from error
    before = tuple(each for each in tempo_map.tempos if each.tick < start)
    _, end = bounds(replace(tempo_map, tempos=(*before, change)), cue)
    after = tuple(each for each in tempo_map.tempos if each.tick >= max(end, start + 1))
    return replace(tempo_map, tempos=(*before, change, *after))


def _regions(
    first_id: int, cues: Sequence[Cue], spans: Sequence[Bounds]
) -> list[tuple[Region, Cue]]:
    made = []
    for number, (cue, (start, end)) in enumerate(zip(cues, spans, strict=True), first_id):
        try:
            check_prompt(cue.prompt)
            made.append((Region(number, start, end, cue.prompt), cue))
        except ValueError as error:
            raise CueError(cue.line, str(error)) from error
    return made


def _check_overlaps(track: Track, made: Sequence[tuple[Region, Cue]]) -> None:
    """Raise CueError where a cue meets another one or a region that the track has."""
    there: list[tuple[Region, Cue | None]] = [(region, None) for region in track.regions]
    for (one, cue), (other, next_cue) in pairwise(
        sorted([*there, *made], key=lambda each: each[0].start)
    ):
        if other.start >= one.end:
            continue
        if cue is not None and next_cue is not None:
            first, last = sorted((cue.line, next_cue.line))
            raise CueError(last, f"it overlaps the cue of line {first}")
        wrong = cue or next_cue
        if wrong is not None:
            raise CueError(wrong.line, f"there is a region already on {track.name!r}")
