"""The grid: lines from each bar on, in every metre."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSettings

from desktop.document.tempo import MetreChange, TempoMap
from desktop.document.time import PPQ, Tick
from ui.shared.snap import DIVISIONS, Division, Snap

MAP = TempoMap(metres=(MetreChange(Tick(0), 3, 4), MetreChange(Tick(2 * 3 * PPQ), 7, 8)))
BY_NAME = {division.name: division for division in DIVISIONS}


@given(st.sampled_from(DIVISIONS), st.floats(0, 50_000))
def test_a_line_stays_where_it_is(division: Division, tick: float) -> None:
    line = division.nearest(MAP, tick)
    assert division.nearest(MAP, line) == line


@pytest.mark.parametrize(
    ("name", "tick", "line"),
    [
        ("bar", 1.6 * PPQ, 3 * PPQ),
        ("bar", 1.4 * PPQ, 0),
        ("beat", 6 * PPQ + 300, 6 * PPQ + 480),
        ("1/16", 250, 240),
        ("1/8T", 300, 320),
        ("off", 301.4, 301),
    ],
)
def test_a_tick_goes_to_the_nearest_line(name: str, tick: float, line: int) -> None:
    assert BY_NAME[name].nearest(MAP, tick) == line


def test_the_line_before_is_never_later() -> None:
    assert BY_NAME["1/4"].before(MAP, 2.9 * PPQ) == 2 * PPQ
    assert BY_NAME["off"].before(MAP, 12.9) == 12


def test_the_choice_is_remembered(tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    Snap(settings).use(BY_NAME["1/8T"])
    assert Snap(settings).division is BY_NAME["1/8T"]
