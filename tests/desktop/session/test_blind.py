"""Blind comparison of two sides."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.document.song import Region, Song, Take, Track
from desktop.document.time import Tick
from desktop.session.blind import LETTERS, BlindTest, Side, Win, with_wins

ONE, OTHER = Side("flute", ("a", "b", "c")), Side("brass", ("x", "y"))


@given(seed=st.integers(0, 2**32), choices=st.lists(st.sampled_from(LETTERS), max_size=20))
def test_each_round_has_a_take_of_either_side_and_every_choice_is_counted(
    seed: int, choices: list[str]
) -> None:
    test = BlindTest((ONE, OTHER), Random(seed))
    for letter in choices:
        drawn = {test.take(each) for each in LETTERS}
        assert len(drawn & set(ONE.take_ids)) == len(drawn & set(OTHER.take_ids)) == 1
        chosen = test.take("A" if letter == "A" else "B")
        test.choose("A" if letter == "A" else "B")
        assert test.wins[-1] == Win(chosen, (drawn - {chosen}).pop())
    assert not test.is_over
    assert test.score[0] == sum(win.winner in ONE.take_ids for win in test.wins)
    assert sum(test.score) == len(choices)


def test_a_letter_does_not_tell_which_side_it_is() -> None:
    test = BlindTest((ONE, OTHER), Random(1))
    under_a = []
    for _ in range(200):
        under_a.append(test.take("A") in ONE.take_ids)
        test.choose("A")
    assert 70 < under_a.count(True) < 130
    assert {win.winner for win in test.wins} == {*ONE.take_ids, *OTHER.take_ids}


def test_two_takes_need_one_round() -> None:
    test = BlindTest((Side("a", ("a",)), Side("b", ("b",))), Random(1))
    assert not test.is_over
    test.choose("B")
    assert test.is_over


def test_a_take_is_not_compared_with_itself() -> None:
    with pytest.raises(ValueError, match="with itself"):
        BlindTest((ONE, Side("both", ("z", "c"))), Random(1))


def test_wins_are_counted_in_the_takes() -> None:
    takes = tuple(Take(name, "0" * 64, "wav", 9, 8000, "2030") for name in "ab")
    region = Region(2, Tick(0), Tick(960), takes=takes)
    song = Song(tracks=(Track(1, regions=(region,)),), next_id=3)
    counted = with_wins(song, 2, [Win("a", "b"), Win("a", "b"), Win("b", "a")])
    found = counted.tracks[0].regions[0].takes
    assert [(take.wins, take.losses) for take in found] == [(2, 1), (1, 2)]
