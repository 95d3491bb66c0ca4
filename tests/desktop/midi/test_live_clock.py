"""Which tick was heard when: tempo, loops, jumps, words that waver."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.document.tempo import TempoChange, TempoMap
from desktop.document.time import PPQ, Tick
from desktop.midi.live_clock import HeardClock

MAP = TempoMap()  # 120 bpm: 1920 ticks a second
BAR = 4 * PPQ


def place(clock: HeardClock, at_s: float) -> tuple[int, int]:
    """Return the round and the nearest tick."""
    found = clock.place_at(at_s)
    return found.round, round(found.tick)


def test_time_runs_on_between_two_words() -> None:
    clock = HeardClock(MAP)
    clock.hear(0.0, 10.0)
    assert place(clock, 10.25) == (0, 480)
    assert place(clock, 9.9) == (0, -192)


def test_time_follows_changes_of_tempo() -> None:
    slower = TempoMap((TempoChange(Tick(0), 120.0), TempoChange(Tick(PPQ), 60.0)))
    clock = HeardClock(slower)
    clock.hear(0.0, 10.0)
    assert place(clock, 11.0) == (0, PPQ + PPQ // 2)


def test_a_loop_comes_round_whether_or_not_the_engine_has_said_so() -> None:
    clock = HeardClock(MAP, (BAR, 2 * BAR))
    clock.hear(BAR + 3 * PPQ, 10.0)
    assert place(clock, 10.4) == (0, BAR + 3 * PPQ + 768)
    assert place(clock, 10.6) == (1, BAR + 192)
    clock.hear(BAR + 384, 10.7)
    assert place(clock, 10.8) == (1, BAR + 576)
    assert clock.place_at(10.4).round == 0
    assert clock.end_of(0) == pytest.approx(2 * BAR)
    assert clock.start_of(1) == pytest.approx(BAR)
    assert clock.end_of(1) is None


def test_a_song_behind_its_loop_plays_on() -> None:
    clock = HeardClock(MAP, (0, BAR))
    clock.hear(2 * BAR, 10.0)
    assert place(clock, 14.0) == (0, 4 * BAR)


def test_a_loop_that_is_taken_away_comes_round_no_more() -> None:
    clock = HeardClock(MAP, (0, BAR))
    clock.hear(BAR - 96, 10.0)  # the end is 50 ms away
    clock.set_loop(None, 10.01)
    assert place(clock, 10.1) == (0, BAR + 96)


def test_a_loop_that_is_set_behind_the_playhead_is_not_played() -> None:
    clock = HeardClock(MAP)
    clock.hear(0.0, 10.0)
    clock.set_loop((0, BAR), 13.0)
    assert place(clock, 14.0) == (0, 2 * BAR)


def test_a_jump_begins_a_round() -> None:
    clock = HeardClock(MAP)
    clock.hear(0.0, 10.0)
    clock.hear(8 * BAR, 10.5)
    assert place(clock, 10.75) == (1, 8 * BAR + 480)
    assert clock.end_of(0) == pytest.approx(960)
    assert place(clock, 10.25) == (0, 480)


@given(st.lists(st.floats(-0.01, 0.01), min_size=40, max_size=40), st.integers(1, 8))
def test_words_that_waver_by_ten_milliseconds_are_averaged(
    errors_s: list[float], beats: int
) -> None:
    loop_s = beats / 2
    clock = HeardClock(MAP, (0, beats * PPQ))
    for number, error_s in enumerate(errors_s):
        heard_s = number * 0.05
        clock.hear((heard_s % loop_s) * 2 * PPQ, 100 + heard_s + error_s)
    rounds, rest_s = divmod(1.83, loop_s)
    found = clock.place_at(101.83)
    off_by_s = (found.round - rounds) * loop_s + found.tick / 2 / PPQ - rest_s
    assert abs(off_by_s) < 0.0101


def test_the_average_of_even_errors_is_within_two_milliseconds() -> None:
    clock = HeardClock(MAP)
    for number in range(100):
        error_s = 0.01 * ((number * 7) % 11 - 5) / 5
        clock.hear(number * 0.02 * 1920, 100 + number * 0.02 + error_s)
    assert clock.place_at(102.0).tick == pytest.approx(3840, abs=0.002 * 1920)
