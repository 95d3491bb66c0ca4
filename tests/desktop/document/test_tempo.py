"""Time converts there and back over any tempo map."""

import itertools
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.document.tempo import MetreChange, Position, TempoChange, TempoMap
from desktop.document.time import PPQ, Tick, frame_to_second, second_to_frame

LAST_TICK = 1_000_000
ticks = st.integers(0, LAST_TICK).map(Tick)
rates_hz = st.sampled_from([16_000, 44_100, 48_000, 96_000, 192_000])
later_ticks = st.lists(st.integers(1, LAST_TICK), max_size=6, unique=True).map(sorted)
bpms = st.floats(4.0, 1000.0)
metres = st.tuples(st.integers(1, 255), st.sampled_from([1, 2, 4, 8, 16, 32, 64]))


@st.composite
def tempo_maps(draw: st.DrawFn) -> TempoMap:
    return TempoMap(
        tuple(TempoChange(Tick(t), draw(bpms)) for t in (0, *draw(later_ticks))),
        tuple(MetreChange(Tick(t), *draw(metres)) for t in (0, *draw(later_ticks))),
    )


@given(tempo_maps(), ticks)
def test_a_tick_comes_back_from_its_second(tempo_map: TempoMap, tick: Tick) -> None:
    assert tempo_map.second_to_tick(tempo_map.tick_to_second(tick)) == tick


@given(tempo_maps(), ticks, rates_hz)
def test_a_tick_comes_back_from_its_frame(
    tempo_map: TempoMap, tick: Tick, sample_rate_hz: int
) -> None:
    frame = tempo_map.tick_to_frame(tick, sample_rate_hz)
    assert tempo_map.frame_to_tick(frame, sample_rate_hz) == tick


@given(tempo_maps(), ticks)
def test_a_tick_comes_back_from_its_position(tempo_map: TempoMap, tick: Tick) -> None:
    assert tempo_map.position_to_tick(tempo_map.tick_to_position(tick)) == tick


def test_a_place_is_said_in_bars_and_beats_as_musicians_count_them() -> None:
    tempo_map = TempoMap(metres=(MetreChange(Tick(0), 4, 4), MetreChange(Tick(8 * PPQ), 6, 8)))
    beats = (0, 5.5, 7.999, 8, 9.5, 11)
    said = [tempo_map.place_text(round(beat * PPQ)) for beat in beats]
    assert said == [
        "bar 1 beat 1",
        "bar 2 beat 2.5",
        "bar 2 beat 4.99",
        "bar 3 beat 1",
        "bar 3 beat 4",
        "bar 4 beat 1",
    ]


@given(tempo_maps(), st.floats(0.0, 3600.0))
def test_a_second_comes_back_from_its_place_in_ticks(tempo_map: TempoMap, second: float) -> None:
    tick = tempo_map.second_to_fractional_tick(second)
    assert tempo_map.tick_to_second(tick) == pytest.approx(second, abs=1e-9)


@given(st.integers(-(10**9), 10**9), rates_hz)
def test_a_frame_comes_back_from_its_second(frame: int, sample_rate_hz: int) -> None:
    assert second_to_frame(frame_to_second(frame, sample_rate_hz), sample_rate_hz) == frame


@given(tempo_maps(), ticks, ticks)
def test_positions_are_in_the_order_of_their_ticks(
    tempo_map: TempoMap, one: Tick, other: Tick
) -> None:
    positions = tempo_map.tick_to_position(one), tempo_map.tick_to_position(other)
    assert (one < other) == (positions[0] < positions[1])


@given(tempo_maps(), st.lists(ticks, min_size=2, max_size=8), rates_hz)
def test_touching_spans_have_as_many_frames_as_the_span_of_both(
    tempo_map: TempoMap, cuts: list[Tick], sample_rate_hz: int
) -> None:
    cuts = sorted(cuts)
    pieces = [
        tempo_map.span_frames(start, end, sample_rate_hz) for start, end in itertools.pairwise(cuts)
    ]
    assert sum(pieces) == tempo_map.span_frames(cuts[0], cuts[-1], sample_rate_hz)


@given(tempo_maps(), ticks, st.integers(0, 20_000))
def test_bars_cover_a_span_without_gap_or_overlap(
    tempo_map: TempoMap, start: Tick, length: int
) -> None:
    end = Tick(start + length)
    bars = list(tempo_map.bars(start, end))
    for bar, following in itertools.pairwise(bars):
        assert bar.start + bar.length == following.start
        assert bar.number + 1 == following.number
    for bar in bars:
        assert tempo_map.tick_to_position(bar.start) == Position(bar.number, 1, 0)
    if length:
        assert bars[0].start <= start
        assert bars[-1].start < end <= bars[-1].start + bars[-1].length
    else:
        assert not bars


@given(tempo_maps())
def test_a_tempo_map_survives_the_way_to_another_process(tempo_map: TempoMap) -> None:
    copy = pickle.loads(pickle.dumps(tempo_map))
    assert copy == tempo_map
    assert copy.tick_to_second(LAST_TICK) == tempo_map.tick_to_second(LAST_TICK)


def test_tempo_changes_take_effect_at_their_tick() -> None:
    tempo_map = TempoMap((TempoChange(Tick(0), 60.0), TempoChange(Tick(2 * PPQ), 120.0)))
    assert tempo_map.tick_to_second(2 * PPQ) == 2.0
    assert tempo_map.tick_to_second(4 * PPQ) == 3.0
    assert tempo_map.bpm_at(2 * PPQ - 1) == 60.0
    assert tempo_map.bpm_at(2 * PPQ) == 120.0


def test_time_before_the_song_goes_on_at_its_first_tempo_and_metre() -> None:
    tempo_map = TempoMap()
    assert tempo_map.tick_to_second(-PPQ) == -0.5
    assert tempo_map.second_to_tick(-0.5) == -PPQ
    assert tempo_map.tick_to_position(-1) == Position(0, 4, PPQ - 1)


def test_six_eight_counts_to_six() -> None:
    tempo_map = TempoMap(metres=(MetreChange(Tick(0), 6, 8),))
    assert str(tempo_map.tick_to_position(PPQ // 2 * 5 + 7)) == "1.6.007"
    assert str(tempo_map.tick_to_position(3 * PPQ)) == "2.1.000"


def test_a_metre_change_within_a_bar_cuts_it_short_and_begins_the_next() -> None:
    tempo_map = TempoMap(metres=(MetreChange(Tick(0), 4, 4), MetreChange(Tick(5 * PPQ), 3, 4)))
    assert tempo_map.tick_to_position(5 * PPQ) == Position(3, 1, 0)
    assert tempo_map.bar_at(4 * PPQ).length == PPQ
    assert tempo_map.metre_at(5 * PPQ).numerator == 3


@pytest.mark.parametrize("bpm", [0.0, -1.0, 3.9, 1000.1, float("nan"), float("inf")])
def test_a_tempo_nobody_can_count_is_refused(bpm: float) -> None:
    with pytest.raises(ValueError, match="bpm must be in"):
        TempoChange(Tick(0), bpm)


@pytest.mark.parametrize(("numerator", "denominator"), [(0, 4), (256, 4), (4, 0), (4, 3), (4, 128)])
def test_a_metre_that_no_score_has_is_refused(numerator: int, denominator: int) -> None:
    with pytest.raises(ValueError, match="a metre's"):
        MetreChange(Tick(0), numerator, denominator)


def test_changes_must_begin_at_zero_and_be_in_order() -> None:
    change, later = TempoChange(Tick(0), 60.0), TempoChange(Tick(9), 60.0)
    for tempos in ((), (later,), (change, change), (change, later, later)):
        with pytest.raises(ValueError, match="tempo change"):
            TempoMap(tempos)
