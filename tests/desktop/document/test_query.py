"""Questions to a song find what sounds and what touches."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.document.query import (
    PlacedNote,
    chain_with,
    chains,
    find_clip,
    find_marker,
    find_region,
    find_track,
    notes_in_span,
    sounding_tracks,
    wanted_pack_id,
)
from desktop.document.song import Clip, Note, Region, Settings, Song, Track
from desktop.document.time import Tick


def note(start: int, length: int, pitch: int = 60) -> Note:
    return Note(start + 1, Tick(start), Tick(length), pitch)


def placed(start: int, end: int, pitch: int = 60) -> PlacedNote:
    return PlacedNote(Tick(start), Tick(end), pitch, 100)


def region(number: int, start: int, end: int) -> Region:
    return Region(number, Tick(start), Tick(end))


def test_a_note_in_a_span_is_found_in_ticks_of_the_song() -> None:
    track = Track(1, clips=(Clip(2, Tick(100), Tick(50), (note(10, 5), note(30, 5))),))
    assert notes_in_span(track, Tick(0), Tick(120)) == (placed(110, 115),)


def test_a_note_that_sounds_into_a_span_keeps_its_earlier_start() -> None:
    track = Track(1, clips=(Clip(2, Tick(0), Tick(50), (note(0, 20),)),))
    assert notes_in_span(track, Tick(10), Tick(15)) == (placed(0, 20),)
    assert notes_in_span(track, Tick(20), Tick(30)) == ()


def test_notes_are_cut_where_their_clip_ends() -> None:
    track = Track(1, clips=(Clip(2, Tick(0), Tick(10), (note(5, 20), note(12, 5))),))
    assert notes_in_span(track, Tick(0), Tick(100)) == (placed(5, 10),)


spans = st.tuples(st.integers(0, 60), st.integers(1, 30))
clips = st.builds(
    lambda span, notes: (span, tuple(note(*n) for n in notes)),
    spans,
    st.lists(spans, max_size=6, unique_by=lambda n: n[0]),
)


@given(st.lists(clips, max_size=4), spans)
def test_the_notes_in_a_span_are_those_that_share_a_tick_with_it(
    made: list[tuple[tuple[int, int], tuple[Note, ...]]], span: tuple[int, int]
) -> None:
    track = Track(
        1,
        clips=tuple(Clip(n, Tick(s), Tick(len_), ns) for n, ((s, len_), ns) in enumerate(made, 2)),
    )
    start, end = span[0], span[0] + span[1]
    all_notes = notes_in_span(track, Tick(0), Tick(1000))
    expected = [n for n in all_notes if set(range(n.start, n.end)) & set(range(start, end))]
    assert list(notes_in_span(track, Tick(start), Tick(end))) == expected


def test_touching_regions_form_a_chain() -> None:
    one, two, apart = region(2, 0, 10), region(3, 10, 20), region(4, 21, 30)
    track = Track(1, regions=(apart, two, one))
    assert chains(track) == ((one, two), (apart,))
    assert chain_with(track, 3) == (one, two)
    assert chain_with(track, 4) == (apart,)
    with pytest.raises(LookupError, match="no region 9"):
        chain_with(track, 9)


@pytest.mark.parametrize("find", [find_track, find_clip, find_region, find_marker])
def test_an_unknown_id_is_a_lookup_error_that_names_it(
    find: Callable[[Song, int], object],
) -> None:
    with pytest.raises(LookupError, match=r"has no \w+ 5"):
        find(Song(), 5)


def test_solo_silences_the_others_and_mute_wins_over_solo() -> None:
    plain, soloed, muted = Track(1), Track(2, solo=True), Track(3, solo=True, mute=True)
    assert sounding_tracks(Song(tracks=(plain, soloed, muted), next_id=4)) == (soloed,)
    unsoloed = (plain, replace(muted, solo=False))
    assert sounding_tracks(Song(tracks=unsoloed, next_id=4)) == (plain,)


def test_the_pack_of_a_region_is_its_own_else_the_songs() -> None:
    song = Song(settings=Settings(pack_id="mini"))
    assert wanted_pack_id(song, replace(region(2, 0, 10), pack_id="grand")) == "grand"
    assert wanted_pack_id(song, region(2, 0, 10)) == "mini"
    assert wanted_pack_id(Song(), region(2, 0, 10)) is None
