"""Comps: which of a region's takes plays where. Pure edits, as in `edits`."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from desktop.document.edits import change_region, choose_take
from desktop.document.query import find_region
from desktop.document.song import Comp, Piece, Region, Song, Take
from desktop.document.time import Tick


class PlayedSpan(NamedTuple):
    """A take that plays over [start, end), in ticks of the song."""

    start: Tick
    end: Tick
    take: Take


def played_spans(region: Region) -> Iterator[PlayedSpan]:
    """Yield which take of the region plays where, in order; nothing for a silent region."""
    take = region.playing
    if region.comp is None or take is None:
        if take is not None:
            yield PlayedSpan(region.start, region.end, take)
        return
    takes = {each.id: each for each in region.takes}
    starts = [Tick(region.start + piece.start) for piece in region.comp.pieces]
    ends = [*starts[1:], region.end]
    for piece, start, end in zip(region.comp.pieces, starts, ends, strict=True):
        if start < region.end:
            yield PlayedSpan(start, min(end, region.end), takes[piece.take_id])


def played_ids(region: Region) -> frozenset[str]:
    """Return the ids of the takes that play somewhere in the region."""
    if region.comp is None:
        return frozenset() if region.active_take is None else frozenset({region.active_take})
    length = region.end - region.start
    return frozenset(piece.take_id for piece in region.comp.pieces if piece.start < length)


def swipe_take(song: Song, region_id: int, take_id: str, start: Tick, end: Tick) -> Song:
    """Return `song` with the take playing over [start, end) of the song, as far as its region goes.

    The region becomes a comp of it and of what played before; of one take only, it is none.
    """
    region = find_region(song, region_id)
    first, last = max(start, region.start) - region.start, min(end, region.end) - region.start
    if first >= last:
        raise ValueError(f"ticks {start}..{end} are not within region {region_id}; swipe over it")
    piece = Piece(Tick(first), take_id)
    if region.playing is None:
        piece = Piece(Tick(0), take_id)
    pieces = _swiped(region, piece, Tick(last))
    return change_region(song, region_id, lambda r: _with_pieces(r, pieces))


def with_new_take(
    song: Song, region_id: int, take_id: str, repainted: tuple[Tick, Tick] | None
) -> Song:
    """Return `song` with the region playing a take that came in.

    A comp goes on but for what was `repainted`, ticks from the region's start; a repaint that lies
    past the end of its region by now changes nothing.
    """
    region = find_region(song, region_id)
    if region.comp is None:
        return choose_take(song, region_id, take_id)
    if repainted is None or repainted[0] >= region.end - region.start:
        return song
    start, end = (Tick(region.start + tick) for tick in repainted)
    return swipe_take(song, region_id, take_id, start, end)


def move_cut(song: Song, region_id: int, cut: Tick, to: Tick) -> Song:
    """Return `song` with the cut between two pieces at `cut` of the song moved to `to`.

    Pieces that it is moved over are gone.
    """
    region = find_region(song, region_id)
    before = next((span for span in played_spans(region) if span.end == cut), None)
    after = next((span for span in played_spans(region) if span.start == cut), None)
    if before is None or after is None:
        raise LookupError(f"region {region_id} has no cut at tick {cut}")
    if to == cut:
        return song
    grown, first, last = (before, cut, to) if to > cut else (after, to, cut)
    return swipe_take(song, region_id, grown.take.id, first, last)


def set_crossfade(song: Song, region_id: int, crossfade_s: float) -> Song:
    """Return `song` with the pieces of the region's comp crossfaded over so many seconds."""

    def changed(region: Region) -> Region:
        if region.comp is None:
            raise LookupError(f"region {region_id} has no comp")
        return replace(region, comp=replace(region.comp, crossfade_s=crossfade_s))

    return change_region(song, region_id, changed)


def _swiped(region: Region, piece: Piece, end: Tick) -> list[Piece]:
    """Return the pieces with `piece` over all that played until `end`."""
    if region.playing is None:
        return [piece]
    comp = region.comp or Comp((Piece(Tick(0), region.playing.id),))
    before = [each for each in comp.pieces if each.start < piece.start]
    within = [each for each in comp.pieces if each.start <= end]
    after = [each for each in comp.pieces if each.start > end]
    if end < region.end - region.start:
        after.insert(0, Piece(end, within[-1].take_id))
    return [*before, piece, *after]


def _with_pieces(region: Region, pieces: list[Piece]) -> Region:
    joined = [pieces[0]]
    for piece in pieces[1:]:
        if piece.take_id != joined[-1].take_id:
            joined.append(piece)
    known = region.comp or Comp((Piece(Tick(0), joined[0].take_id),))
    comp = replace(known, pieces=tuple(joined)) if len(joined) > 1 else None
    active = region.active_take if comp is not None else None
    return replace(region, comp=comp, active_take=active or joined[0].take_id)
