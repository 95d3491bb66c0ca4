from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.document.song import Clip, Note, Region, Track
from desktop.document.tempo import MetreChange, TempoChange, TempoMap
from desktop.document.time import PPQ, Tick
from desktop.rendering.conditions import beat_grid, sketched_notes
from inference.conditioning import beat_features
from inference.request import BeatPoint, check_beats

STEADY = TempoMap((TempoChange(Tick(0), 60.0),), (MetreChange(Tick(0), 4, 4),))


def a_track(*notes: Note, start: int = 0) -> Track:
    return Track(1, clips=(Clip(2, Tick(start), Tick(64 * PPQ), notes),))


def a_note(start: int, length: int = PPQ, pitch: int = 60) -> Note:
    return Note(start + 1, Tick(start), Tick(length), pitch)


def a_region(start_beat: int, end_beat: int) -> Region:
    return Region(3, Tick(start_beat * PPQ), Tick(end_beat * PPQ))


def test_notes_come_in_seconds_from_the_region_s_start() -> None:
    track = a_track(a_note(4 * PPQ), a_note(6 * PPQ, PPQ // 2, 64))
    notes = sketched_notes(STEADY, track, a_region(4, 8))
    assert notes == ((0.0, 1.0, 60, 100), (2.0, 0.5, 64, 100))


def test_a_note_held_over_from_before_starts_below_zero() -> None:
    notes = sketched_notes(STEADY, a_track(a_note(2 * PPQ, 4 * PPQ)), a_region(4, 8))
    assert notes == ((-2.0, 4.0, 60, 100),)


def test_notes_outside_the_region_are_left_out() -> None:
    track = a_track(a_note(3 * PPQ), a_note(5 * PPQ, pitch=62), a_note(8 * PPQ))
    notes = sketched_notes(STEADY, track, a_region(4, 8))
    assert notes is not None
    assert [note.pitch for note in notes] == [62]


def test_a_region_without_notes_leaves_the_model_free() -> None:
    assert sketched_notes(STEADY, a_track(a_note(0)), a_region(4, 8)) is None


def test_a_note_s_length_follows_a_tempo_change_under_it() -> None:
    tempo_map = TempoMap((TempoChange(Tick(0), 60.0), TempoChange(Tick(PPQ), 120.0)))
    notes = sketched_notes(tempo_map, a_track(a_note(0, 2 * PPQ)), a_region(0, 4))
    assert notes == ((0.0, 1.5, 60, 100),)


def test_a_steady_grid_has_its_two_ends() -> None:
    grid = beat_grid(STEADY, Tick(2 * PPQ), Tick(8 * PPQ))
    assert grid == (BeatPoint(0.0, 2.0, 0.5), BeatPoint(6.0, 8.0, 2.0))


def test_a_tempo_change_adds_a_point() -> None:
    tempo_map = TempoMap((TempoChange(Tick(0), 60.0), TempoChange(Tick(4 * PPQ), 120.0)))
    grid = beat_grid(tempo_map, Tick(0), Tick(8 * PPQ))
    assert grid == (BeatPoint(0, 0, 0), BeatPoint(4, 4, 1), BeatPoint(6, 8, 2))


def test_a_metre_change_that_cuts_a_bar_and_a_beat_begins_both_anew() -> None:
    metres = (MetreChange(Tick(0), 4, 4), MetreChange(Tick(5 * PPQ // 2), 3, 4))
    grid = beat_grid(TempoMap(STEADY.tempos, metres), Tick(0), Tick(11 * PPQ // 2))
    assert grid == (
        BeatPoint(0.0, 0.0, 0.0),
        BeatPoint(2.5, 2.5, 0.625),
        BeatPoint(2.5, 3.0, 1.0),
        BeatPoint(5.5, 6.0, 2.0),
    )


def a_tempo_map(tempos: list[tuple[int, float]], metres: list[tuple[int, int]]) -> TempoMap:
    tempo_ticks = np.cumsum([0, *(gap for gap, _ in tempos[1:])])
    metre_ticks = np.cumsum([0, *(gap for gap, _ in metres[1:])])
    return TempoMap(
        tuple(TempoChange(Tick(int(t)), bpm) for t, (_, bpm) in zip(tempo_ticks, tempos)),  # noqa: B905
        tuple(MetreChange(Tick(int(t)), n, 8) for t, (_, n) in zip(metre_ticks, metres)),  # noqa: B905
    )


gaps = st.integers(1, 20 * PPQ)
tempo_maps = st.builds(
    a_tempo_map,
    st.lists(st.tuples(gaps, st.floats(30, 240)), min_size=1, max_size=4),
    st.lists(st.tuples(gaps, st.integers(1, 13)), min_size=1, max_size=4),
)


@given(tempo_maps, st.integers(0, 30 * PPQ), gaps)
def test_a_grid_spans_its_region_and_never_runs_back(
    tempo_map: TempoMap, start: int, length: int
) -> None:
    grid = beat_grid(tempo_map, Tick(start), Tick(start + length))
    check_beats(grid)
    last_s = tempo_map.tick_to_second(start + length) - tempo_map.tick_to_second(start)
    assert (grid[0].time_s, grid[-1].time_s) == pytest.approx((0.0, last_s))
    assert all(a.beat <= b.beat and a.bar <= b.bar for a, b in pairwise(grid))


@given(tempo_maps, st.integers(0, 20))
def test_every_bar_begins_at_phase_zero(tempo_map: TempoMap, number: int) -> None:
    bar = list(tempo_map.bars(Tick(0), Tick(40 * PPQ)))[number % 3 :][0]
    grid = beat_grid(tempo_map, bar.start, Tick(bar.start + bar.length))
    _, _, sine, cosine = beat_features(grid, 1, 100.0)[0]
    assert (sine, cosine) == pytest.approx((0.0, 1.0), abs=1e-5)
