"""Positions and times as they are typed and shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.document.tempo import MetreChange, TempoChange, TempoMap
from desktop.document.time import PPQ, Tick
from ui.shared.readings import (
    metre_of,
    position_text,
    tick_of_position,
    tick_of_time,
    time_text,
)

MAP = TempoMap(
    (TempoChange(Tick(0), 96.0), TempoChange(Tick(8 * PPQ), 140.0)),
    (MetreChange(Tick(0), 4, 4), MetreChange(Tick(8 * PPQ), 6, 8)),
)


@given(st.integers(0, 10**6))
def test_a_position_is_read_back(tick: int) -> None:
    assert tick_of_position(MAP, position_text(MAP, tick)) == tick


@given(st.integers(0, 10**6))
def test_a_time_is_read_back_to_a_millisecond(tick: int) -> None:
    found = tick_of_time(MAP, time_text(MAP, tick))
    assert MAP.tick_to_second(found) == pytest.approx(MAP.tick_to_second(tick), abs=0.002)


@pytest.mark.parametrize(
    ("typed", "tick"), [("1", 0), ("2", 4 * PPQ), ("2.3", 6 * PPQ), ("1.1.480", 480)]
)
def test_what_is_left_out_of_a_position_is_its_first(typed: str, tick: int) -> None:
    assert tick_of_position(MAP, typed) == tick


@pytest.mark.parametrize("typed", ["", "a", "0.1", "1.0", "1.2.3.4", "99999999"])
def test_what_is_no_position_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"position|count from|no such place"):
        tick_of_position(MAP, typed)


@pytest.mark.parametrize("typed", ["soon", "-3", "inf", "1:2:x"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"as 1:05\.25"):
        tick_of_time(MAP, typed)


def test_a_metre_is_read() -> None:
    assert metre_of(" 6 / 8") == (6, 8)
    with pytest.raises(ValueError, match="'waltz'"):
        metre_of("waltz")
