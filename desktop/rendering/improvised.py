"""The notes that a pack improvised for a take: read in its recipe, and drawn into its region.

They lie where the take sounds, by the seconds of its audio: moved, cut and covered as that is. Of a
take that was partly made anew, what was kept has the notes of the take it was kept of.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from math import inf
from typing import Annotated, Final, Literal, NamedTuple, TypeAlias

import msgspec
from msgspec import Meta

from desktop.document.comping import PlayedSpan, played_spans
from desktop.document.edits import add_clip, add_track, change_clip, change_track, move_track
from desktop.document.query import (
    PlacedNote,
    find_region,
    find_track,
    notes_in_span,
    track_with_region,
)
from desktop.document.song import Note, Region, Role, Song, Take, Track
from desktop.document.tempo import TempoMap
from desktop.document.time import Tick
from desktop.rendering.conditions import sketched_notes
from desktop.rendering.requests import Source
from inference.errors import RequestError
from inference.request import Note as HeardNote
from inference.request import Span, check_notes, check_range, check_spans

KEPT: Final = 4096  # recipes read
DEPTH: Final = 100  # takes that were made out of one another
REPAINTED: Final = 256  # takes whose notes, put together of several, are remembered
MOST_NOTES: Final = 250_000  # of a take; more would hold the window up, an hour's mix has fewer
MOST_SPANS: Final = 100  # of a take that are made anew
MOST_FRAMES: Final = 2**40  # of a request
Seconds: TypeAlias = tuple[float, float]
Hindrance: TypeAlias = Literal["drawn", "nothing", ""]


class Improvised(NamedTuple):
    """Pitches and drum keys, in ticks of the song."""

    notes: tuple[PlacedNote, ...] = ()
    drums: tuple[PlacedNote, ...] = ()

    def on(self, track: Track) -> "Parted":
        """Return what `track` can hold, and what needs a track of its own."""
        own, beside = (self.drums, self.notes) if track.role == "drums" else self
        return Parted(own, beside)


class Parted(NamedTuple):
    """Notes of a region's own track, and those of another beside it."""

    own: tuple[PlacedNote, ...] = ()
    beside: tuple[PlacedNote, ...] = ()


class Heard(NamedTuple):
    """Pitches and drum keys, in seconds of a take."""

    notes: tuple[HeardNote, ...] = ()
    drums: tuple[HeardNote, ...] = ()


_Notes: TypeAlias = Annotated[tuple[HeardNote, ...], Meta(max_length=MOST_NOTES)]


class _Asked(msgspec.Struct, frozen=True):
    """Of a request, the notes that were drawn, and the frames that are made anew."""

    notes: _Notes | None = None
    repaint: Annotated[tuple[Span, ...], Meta(max_length=MOST_SPANS)] = ()

    def __post_init__(self) -> None:
        check_spans(self.repaint, MOST_FRAMES)


class _Recipe(msgspec.Struct, frozen=True):
    """What of a recipe tells of improvised notes."""

    requests: tuple[_Asked, ...] = ()
    sources: tuple[dict[str, Source], ...] = ()
    chain_index: int = 0
    sample_rate_hz: Annotated[int, Meta(ge=1)] = 1
    improvised_notes: _Notes = ()
    improvised_drums: _Notes = ()

    def __post_init__(self) -> None:
        check_notes((*self.improvised_notes, *self.improvised_drums))
        if (kept := self.kept) is not None:
            check_range("the first frame that is kept", abs(kept.first_frame), 0, MOST_FRAMES)

    @property
    def heard(self) -> Heard:
        """Return the notes that were improvised for this take."""
        return Heard(self.improvised_notes, self.improvised_drums)

    @property
    def line(self) -> tuple[HeardNote, ...] | None:
        """Return the drawn notes around which others were improvised, None where none were."""
        there = 0 <= self.chain_index < len(self.requests) and any(self.heard)
        return self.requests[self.chain_index].notes if there else None

    @property
    def spans_s(self) -> list[Seconds]:
        """Return what was made anew where something was kept."""
        there = 0 <= self.chain_index < len(self.requests)
        spans = self.requests[self.chain_index].repaint if there else ()
        return sorted((a / self.sample_rate_hz, b / self.sample_rate_hz) for a, b in spans)

    @property
    def kept(self) -> Source | None:
        """Return what the rest was kept of."""
        there = 0 <= self.chain_index < len(self.sources)
        return self.sources[self.chain_index].get("known_audio") if there else None


def improvised(tempo_map: TempoMap, region: Region, take: Take | None = None) -> Improvised:
    """Return the improvised notes of what the region plays, or of all of one of its takes.

    They are cut where the take, the region, or the part of it that the take plays ends.
    """
    whole = () if take is None else (PlayedSpan(region.start, region.end, take),)
    notes, drums = list[PlacedNote](), list[PlacedNote]()
    for span in whole or played_spans(region):
        heard = heard_in(span.take, region.takes)
        notes += _placed(tempo_map, region, span, heard.notes)
        drums += _placed(tempo_map, region, span, heard.drums)
    return Improvised(tuple(sorted(notes)), tuple(sorted(drums)))


def improvised_count(take: Take) -> int:
    """Return how many notes were improvised for the take itself."""
    return sum(map(len, _read(take.recipe).heard))


def hindrance(song: Song, region_id: int, take: Take | None = None) -> Hindrance:
    """Return why improvised notes cannot be drawn: there are "drawn" ones, or "nothing" to draw."""
    region, track = find_region(song, region_id), track_with_region(song, region_id)
    if is_covered(song.tempo_map, track, region, take):
        return "drawn"
    return "" if any(improvised(song.tempo_map, region, take)) else "nothing"


def is_covered(tempo_map: TempoMap, track: Track, region: Region, take: Take | None = None) -> bool:
    """Return whether the region has notes of its own, other than those that are realised.

    These are a line or chords around which all that the region plays, or `take`, was improvised.
    """
    if not notes_in_span(track, region.start, region.end):
        return False
    takes = [take] if take else [span.take for span in played_spans(region)]
    lines = {_read(each.recipe).line for each in takes} or {None}
    return None in lines or lines != {sketched_notes(tempo_map, track, region)}


def with_improvised_notes(
    song: Song, region_id: int, take: Take | None = None, *, beside_name: str
) -> Song:
    """Return `song` with the notes improvised for what the region plays, or a take, drawn into it.

    Drums among pitches, which no track holds together, come on a track of their own below, called
    `beside_name` and muted, as the take plays them already; those of other regions join them.
    ValueError where notes cover the region (`is_covered`), or where none were improvised.
    """
    why = hindrance(song, region_id, take)
    region, track = find_region(song, region_id), track_with_region(song, region_id)
    place = song.tempo_map.place_text(region.start)
    if why == "drawn":
        raise ValueError(f"the region at {place} has notes; delete them to draw improvised ones")
    if why == "nothing":
        raise ValueError(f"no notes were improvised for the region at {place}; choose another take")
    parts = improvised(song.tempo_map, region, take).on(track)
    if parts.own:
        song = _with_notes(song, track, region, parts.own)
    if parts.beside:
        song = _with_beside(song, track, region, parts.beside, beside_name)
    return song


def heard_in(take: Take, takes: Sequence[Take], depth: int = DEPTH) -> Heard:
    """Return the improvised notes of `take`; of what it kept, those of the one of `takes`."""
    recipe = _read(take.recipe)
    return _repainted(take, tuple(takes), depth) if recipe.spans_s else recipe.heard


@lru_cache(REPAINTED)
def _repainted(take: Take, takes: tuple[Take, ...], depth: int) -> Heard:
    """Return the notes of a take that was partly made anew."""
    recipe = _read(take.recipe)
    spans_s = recipe.spans_s
    kept = _kept(recipe, takes, depth - 1) if depth else Heard()
    return Heard(
        tuple(chain(_cut(recipe.heard.notes, spans_s), _cut(kept.notes, _between(spans_s)))),
        tuple(chain(_cut(recipe.heard.drums, spans_s), _cut(kept.drums, _between(spans_s)))),
    )


def _kept(recipe: _Recipe, takes: Sequence[Take], depth: int) -> Heard:
    """Return the notes of what was kept, in seconds of the take that kept it."""
    source = recipe.kept
    take = next((each for each in takes if source and each.sha256 == source.take_sha256), None)
    if source is None or take is None:
        return Heard()
    first_s = source.first_frame / recipe.sample_rate_hz
    heard = heard_in(take, takes, depth)
    notes, drums = ([n._replace(start_s=n.start_s - first_s) for n in part] for part in heard)
    return Heard(tuple(notes), tuple(drums))


@lru_cache(KEPT)
def _read(recipe: str) -> _Recipe:
    """Return what `recipe` tells, nothing where it cannot be read; kept, as it is drawn often."""
    try:
        return msgspec.json.decode(recipe, type=_Recipe)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError, RequestError):
        return _Recipe()


def _cut(notes: Iterable[HeardNote], spans_s: Sequence[Seconds]) -> Iterator[HeardNote]:
    """Yield what of the notes lies within the spans."""
    for note in notes:
        for first_s, last_s in spans_s:
            start_s = max(note.start_s, first_s)
            end_s = min(note.start_s + note.duration_s, last_s)
            if start_s < end_s:
                yield note._replace(start_s=start_s, duration_s=end_s - start_s)


def _between(spans_s: Sequence[Seconds]) -> list[Seconds]:
    """Return what lies before, between and behind the spans."""
    bounds = [-inf, *chain.from_iterable(spans_s), inf]
    return list(zip(bounds[::2], bounds[1::2], strict=True))


def _placed(
    tempo_map: TempoMap, region: Region, span: PlayedSpan, notes: Iterable[HeardNote]
) -> Iterator[PlacedNote]:
    """Yield the notes of the take where it plays."""
    rate_hz = span.take.sample_rate_hz
    zero_s = tempo_map.tick_to_second(region.start) - span.take.offset_frames / rate_hz
    for note in _cut(notes, [(0.0, span.take.frames / rate_hz)]):
        begin_s = zero_s + note.start_s
        start, end = (tempo_map.second_to_tick(s) for s in (begin_s, begin_s + note.duration_s))
        start, end = max(start, span.start), min(max(end, Tick(start + 1)), span.end)
        if start < end:
            yield PlacedNote(start, end, note.pitch, note.velocity)


def _with_notes(song: Song, track: Track, region: Region, notes: Iterable[PlacedNote]) -> Song:
    """Return `song` with the notes in the clip that holds the region, in a new one without it."""
    found = (c for c in track.clips if c.start <= region.start and region.end <= c.end)
    clip = next(found, None)
    if clip is None:
        length = Tick(region.end - region.start)
        return add_clip(song, track.id, region.start, length, _numbered(notes, region.start, 1))
    first = 1 + max((note.id for note in clip.notes), default=0)
    made = _numbered(notes, clip.start, first)
    return change_clip(song, clip.id, lambda c: replace(c, notes=(*c.notes, *made)))


def _with_beside(
    song: Song, track: Track, region: Region, notes: Iterable[PlacedNote], name: str
) -> Song:
    """Return `song` with the notes on the muted track below `track`, on a new one where none is."""
    role: Role = "lead" if track.role == "drums" else "drums"
    row = 1 + next(n for n, each in enumerate(song.tracks) if each.id == track.id)
    for below in song.tracks[row : row + 1]:
        free = all(clip.end <= region.start or region.end <= clip.start for clip in below.clips)
        if free and (below.name, below.role, below.mute) == (name, role, True):
            return _with_notes(song, below, region, notes)
    made = song.next_id
    song = change_track(add_track(song, name, role), made, lambda new: replace(new, mute=True))
    song = move_track(song, made, row)
    return _with_notes(song, find_track(song, made), region, notes)


def _numbered(notes: Iterable[PlacedNote], zero: Tick, first: int) -> tuple[Note, ...]:
    """Return the notes in ticks from `zero`, with ids from `first` on."""
    return tuple(
        Note(number, Tick(n.start - zero), Tick(n.end - n.start), n.pitch, n.velocity)
        for number, n in enumerate(notes, first)
    )
