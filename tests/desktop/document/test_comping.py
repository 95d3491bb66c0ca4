"""Comps: which take plays where."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.document.comping import (
    move_cut,
    played_ids,
    played_spans,
    set_crossfade,
    swipe_take,
    with_new_take,
)
from desktop.document.edits import choose_take, move_region, resize_region, split_region
from desktop.document.song import Comp, Piece, Region, Song, Take, Track
from desktop.document.time import Tick

START, END = 1000, 2000
TAKES = tuple(Take(name, "0" * 64, "wav", 100, 8000, "2030") for name in "abc")
SWIPES = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(900, 2100), st.integers(1, 500)), max_size=8
)


def song_of(active: str | None = "a", comp: Comp | None = None) -> Song:
    region = Region(2, Tick(START), Tick(END), takes=TAKES, active_take=active, comp=comp)
    return Song(tracks=(Track(1, regions=(region,)),), next_id=3)


def played(song: Song, at: int = 0) -> list[tuple[int, int, str]]:
    spans = played_spans(song.tracks[0].regions[at])
    return [(span.start, span.end, span.take.id) for span in spans]


def heard(song: Song) -> dict[int, str]:
    """Return which take plays at each tick."""
    spans = (span for n in range(len(song.tracks[0].regions)) for span in played(song, n))
    return {tick: take_id for start, end, take_id in spans for tick in range(start, end)}


def swiped(song: Song, *swipes: tuple[str, int, int]) -> Song:
    for take_id, start, end in swipes:
        song = swipe_take(song, 2, take_id, Tick(start), Tick(end))
    return song


def test_a_swipe_lets_a_take_play_over_its_span_and_the_rest_as_before() -> None:
    song = swiped(song_of(), ("b", 1200, 1400), ("c", 1300, 1600), ("b", 900, 1100))
    spans = [(1000, 1100, "b"), (1100, 1200, "a"), (1200, 1300, "b"), (1300, 1600, "c")]
    assert played(song) == [*spans, (1600, 2000, "a")]


@pytest.mark.parametrize("repainted", [None, (1000, 1100), (1500, 1600)])
def test_a_comp_goes_on_when_nothing_within_its_region_was_repainted(
    repainted: tuple[Tick, Tick] | None,
) -> None:
    song = swiped(song_of(), ("b", 1200, 1400))
    assert with_new_take(song, 2, "c", repainted) == song


@given(swipes=SWIPES)
def test_every_tick_plays_what_was_swiped_over_it_last(
    swipes: list[tuple[str, int, int]],
) -> None:
    song, expected = song_of(), dict.fromkeys(range(START, END), "a")
    for take_id, start, length in swipes:
        ticks = range(max(start, START), min(start + length, END))
        if ticks:
            song = swiped(song, (take_id, start, start + length))
            expected |= dict.fromkeys(ticks, take_id)
    assert heard(song) == expected
    spans = played(song)
    assert played_ids(song.tracks[0].regions[0]) == {take_id for *_, take_id in spans}
    assert all(one[2] != other[2] for one, other in pairwise(spans))
    assert (song.tracks[0].regions[0].comp is None) == (len(spans) == 1)


def test_a_cut_moves_between_its_pieces_and_takes_away_those_it_is_moved_over() -> None:
    song = swiped(song_of(), ("b", 1200, 1400), ("c", 1400, 1600))
    later = move_cut(song, 2, Tick(1400), Tick(1500))
    assert played(later)[1:3] == [(1200, 1500, "b"), (1500, 1600, "c")]
    earlier = move_cut(song, 2, Tick(1400), Tick(1300))
    assert played(earlier)[1:3] == [(1200, 1300, "b"), (1300, 1600, "c")]
    over = move_cut(song, 2, Tick(1200), Tick(1700))
    assert over.tracks[0].regions[0].comp is None
    assert played(over) == [(1000, 2000, "a")]
    assert move_cut(song, 2, Tick(1400), Tick(1400)) is song
    with pytest.raises(LookupError, match="no cut at tick 1500"):
        move_cut(song, 2, Tick(1500), Tick(1400))


@given(swipes=SWIPES, cut=st.integers(START + 1, END - 1))
def test_what_is_split_or_moved_or_cut_at_its_start_plays_the_same(
    swipes: list[tuple[str, int, int]], cut: int
) -> None:
    song = song_of()
    for take_id, start, length in swipes:
        if start < END and start + length > START:
            song = swiped(song, (take_id, start, start + length))
    before = heard(song)
    assert heard(split_region(song, 2, Tick(cut))) == before
    shorter = resize_region(song, 2, Tick(cut), Tick(END))
    assert heard(shorter) == {tick: take for tick, take in before.items() if tick >= cut}
    moved = move_region(song, 2, Tick(START + 77))
    assert heard(moved) == {tick + 77: take for tick, take in before.items()}


def test_a_region_that_grows_to_the_left_begins_with_the_first_take() -> None:
    song = resize_region(swiped(song_of(), ("b", 1200, 2000)), 2, Tick(500), Tick(END))
    assert played(song) == [(500, 1200, "a"), (1200, 2000, "b")]


def test_a_swipe_over_a_silent_region_lets_the_take_play_all_of_it() -> None:
    song = swiped(song_of(None), ("b", 1200, 1300))
    assert played(song) == [(1000, 2000, "b")]
    assert played(song_of(None)) == []


def test_choosing_a_take_ends_the_comp() -> None:
    song = choose_take(swiped(song_of(), ("b", 1200, 1300)), 2, "c")
    assert played(song) == [(1000, 2000, "c")]


def test_crossfades_are_set_where_there_is_a_comp() -> None:
    song = set_crossfade(swiped(song_of(), ("b", 1200, 1300)), 2, 0.5)
    comp = song.tracks[0].regions[0].comp
    assert comp is not None
    assert comp.crossfade_s == 0.5
    with pytest.raises(LookupError, match="no comp"):
        set_crossfade(song_of(), 2, 0.5)


@pytest.mark.parametrize(("start", "end"), [(500, 1000), (2000, 2100), (1500, 1500)])
def test_a_swipe_beside_the_region_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not within region 2"):
        swiped(song_of(), ("b", start, end))


def test_comps_that_cannot_play_are_refused() -> None:
    pieces = (Piece(Tick(0), "a"), Piece(Tick(10), "x"))
    with pytest.raises(ValueError, match="no take 'x'"):
        song_of(comp=Comp(pieces))
    with pytest.raises(ValueError, match="must be active"):
        song_of(None, Comp(pieces[:1]))
    with pytest.raises(ValueError, match="at 0"):
        Comp(pieces[1:])
    with pytest.raises(ValueError, match="at 0"):
        Comp(())
    with pytest.raises(ValueError, match="in order"):
        Comp((*pieces, replace(pieces[1], take_id="a")))
