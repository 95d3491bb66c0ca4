from collections.abc import Sequence
from itertools import combinations, permutations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.transcription.scores import matched, onset_score

NOTES = st.lists(
    st.tuples(st.integers(0, 40).map(lambda n: n / 100), st.integers(60, 61)), max_size=5
)
Played = list[tuple[float, int]]


def columns(notes: Played) -> tuple[list[float], list[int]]:
    return [start for start, _ in notes], [pitch for _, pitch in notes]


def most_pairs(asked: Played, heard: Played) -> int:
    """Return the size of the largest matching, found by trying all."""

    def fits(some: Sequence[tuple[float, int]], other: Sequence[tuple[float, int]]) -> bool:
        return all(
            a[1] == h[1] and round(abs(a[0] - h[0]), 4) <= 0.05
            for a, h in zip(some, other, strict=True)
        )

    for size in range(min(len(asked), len(heard)), 0, -1):
        for some in combinations(asked, size):
            if any(fits(some, other) for other in permutations(heard, size)):
                return size
    return 0


def test_the_same_notes_score_one() -> None:
    starts, pitches = [0.0, 0.5, 0.5], [60, 60, 64]
    assert onset_score(starts, pitches, starts, pitches) == (1.0, 1.0, 1.0)


def test_precision_counts_what_is_heard_and_recall_what_was_asked() -> None:
    score = onset_score([0.0, 1.0], [60, 62], [0.01, 1.0, 2.0, 3.0], [60, 62, 62, 62])
    assert score.precision == 0.5
    assert score.recall == 1.0
    assert round(score.f1, 6) == round(2 / 3, 6)


def test_another_octave_and_60_ms_are_misses_but_50_ms_is_a_hit() -> None:
    assert onset_score([1.0], [60], [1.0], [72]).f1 == 0
    assert onset_score([1.0], [60], [1.06], [60]).f1 == 0
    assert onset_score([1.0], [60], [1.05], [60]).f1 == 1


def test_one_heard_note_pays_for_one_asked_note_only() -> None:
    assert onset_score([1.0, 1.02], [60, 60], [1.01], [60]).recall == 0.5


def test_no_notes_score_zero() -> None:
    assert onset_score([], [], [1.0], [60]) == (0, 0, 0)
    assert onset_score([1.0], [60], [], []) == (0, 0, 0)


@settings(max_examples=60, deadline=None)
@given(NOTES, NOTES)
def test_as_many_pairs_are_found_as_there_can_be(asked: Played, heard: Played) -> None:
    first, second = matched(*columns(asked), *columns(heard))
    assert len(first) == len(second) == len(np.unique(first)) == len(np.unique(second))
    assert len(first) == most_pairs(asked, heard)
    for a, h in zip(first, second, strict=True):
        assert asked[a][1] == heard[h][1]
