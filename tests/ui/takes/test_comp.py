"""Takes swiped together on their lanes, by the mouse."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.document.comping import played_spans, swipe_take
from desktop.document.edits import add_take
from desktop.document.song import Region, Take
from desktop.document.time import PPQ, Tick
from ui.shared.studio import Studio
from ui.takes.panel import TakesPanel
from ui.takes.table import NAME, PLAYS

LEFT, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
NO_KEYS = Qt.KeyboardModifier.NoModifier
BAR = 4 * PPQ
END = 2 * BAR


def take(number: int) -> Take:
    return Take(f"t{number}", f"{number:064x}", "flac", 4 * 44100, 44100, "2030")


@pytest.fixture
def panel(show_takes: Callable[..., TakesPanel]) -> TakesPanel:
    """Show the lanes of three takes, of which the first plays all of the region's two bars."""
    made = show_takes(*(take(number) for number in range(3)))
    QTest.mouseClick(made.comping, LEFT)
    return made


def region(studio: Studio) -> Region:
    return studio.session.song.tracks[0].regions[0]


def played(studio: Studio) -> list[tuple[int, int, str]]:
    return [(span.start, span.end, span.take.id) for span in played_spans(region(studio))]


def at(panel: TakesPanel, row: int, tick: float) -> QPoint:
    return QPoint(round(panel.comp.x_of(tick)), round(panel.comp.lane(row).center().y()))


def move(panel: TakesPanel, place: QPoint, keys: Qt.KeyboardModifier) -> None:
    """Move the mouse with its left button and `keys` held, which QTest cannot."""
    view, kind = panel.comp.viewport(), QEvent.Type.MouseMove
    globally = QPointF(view.mapToGlobal(place))
    event = QMouseEvent(kind, QPointF(place), globally, LEFT, LEFT, keys)
    QApplication.sendEvent(view, event)


def drag(
    panel: TakesPanel,
    row: int,
    start: float,
    end: float,
    keys: Qt.KeyboardModifier = NO_KEYS,
    *,
    drops: bool = True,
) -> None:
    view = panel.comp.viewport()
    QTest.mousePress(view, LEFT, keys, at(panel, row, start))
    for tick in ((start + end) / 2, end):
        move(panel, at(panel, row, tick), keys)
    if drops:
        QTest.mouseRelease(view, LEFT, keys, at(panel, row, end))


def test_a_swipe_lets_a_take_play_there_on_the_grid_as_one_step(
    panel: TakesPanel, studio: Studio
) -> None:
    drag(panel, 1, PPQ + 20, BAR - 30)
    assert played(studio) == [(0, PPQ, "t0"), (PPQ, BAR, "t1"), (BAR, END, "t0")]
    drag(panel, 2, BAR + PPQ, PPQ * 2)  # backwards, over what t1 played
    parts = [(0, PPQ, "t0"), (PPQ, 2 * PPQ, "t1"), (2 * PPQ, BAR + PPQ, "t2")]
    assert played(studio) == [*parts, (BAR + PPQ, END, "t0")]
    marks = [panel.model.data(panel.model.index(row, PLAYS)) for row in range(3)]
    assert marks == ["\u25b6"] * 3
    assert studio.session.history.undo_name == "Comp"
    studio.session.undo()
    studio.session.undo()
    assert played(studio) == [(0, END, "t0")]


def test_shift_leaves_the_grid(panel: TakesPanel, studio: Studio) -> None:
    drag(panel, 1, 1000, 2010, SHIFT)
    (_, cut, _), (_, end, _), _ = played(studio)
    assert cut == pytest.approx(1000, abs=8)
    assert end == pytest.approx(2010, abs=8)
    assert cut % 240
    assert end % 240


def test_escape_takes_a_swipe_back_and_a_click_only_makes_the_lane_current(
    panel: TakesPanel, studio: Studio
) -> None:
    song = studio.session.song
    drag(panel, 1, PPQ, BAR, drops=False)
    assert len(played(studio)) == 3
    QTest.keyClick(panel.comp, Qt.Key.Key_Escape)
    QTest.mouseRelease(panel.comp.viewport(), LEFT, NO_KEYS, at(panel, 1, BAR))
    QTest.mouseClick(panel.comp.viewport(), LEFT, NO_KEYS, at(panel, 2, BAR))
    assert studio.session.song is song
    assert panel.chosen is not None
    assert panel.chosen.id == "t2"


def test_keys_comp_within_the_loop_and_a_number_plays_one_take_again(
    panel: TakesPanel, studio: Studio
) -> None:
    studio.transport.set_loop((Tick(BAR), Tick(BAR + PPQ)), on=True)
    QTest.keyClick(panel.comp, Qt.Key.Key_Down)
    studio.actions["takes.comp_loop"].trigger()
    assert played(studio)[1] == (BAR, BAR + PPQ, "t1")
    QTest.keyClick(panel.comp, Qt.Key.Key_3)
    assert played(studio) == [(0, END, "t2")]


def test_the_crossfade_of_the_comp_can_be_typed(panel: TakesPanel, studio: Studio) -> None:
    assert not panel.crossfade.isEnabled()
    drag(panel, 1, PPQ, BAR)
    assert panel.crossfade.text() == "20 ms"
    panel.crossfade.setFocus()
    panel.crossfade.selectAll()
    QTest.keyClicks(panel.crossfade, "150")
    QTest.keyClick(panel.crossfade, Qt.Key.Key_Return)
    comp = region(studio).comp
    assert comp is not None
    assert comp.crossfade_s == 0.15


def test_what_plays_stands_out_on_its_lane(panel: TakesPanel, studio: Studio, qtbot: QtBot) -> None:
    sound = np.tile(np.array([0.9, -0.9], np.float32), (2, 2 * 44100))
    kept = studio.session.takes.add(sound, 44100)
    loud = replace(take(4), sha256=kept.sha256, format=kept.format)
    region_id = region(studio).id
    studio.session.edit("Render", lambda song: add_take(song, region_id, loud))
    swipe = (region_id, "t4", Tick(BAR), Tick(END))
    studio.session.edit("Comp", lambda song: swipe_take(song, *swipe))
    panel.comp.viewport().repaint()
    qtbot.waitUntil(lambda: panel.peaks.of(loud) is not None)
    drawn = panel.comp.viewport().grab().toImage()
    colours = [drawn.pixelColor(at(panel, 3, tick)).name() for tick in (BAR / 2, BAR * 1.5)]
    theme = studio.look
    assert colours == [theme.colour("text_dim").name(), theme.colour("accent").name()]


def test_lanes_scroll_to_the_one_that_keys_choose(panel: TakesPanel, studio: Studio) -> None:
    region_id = region(studio).id
    for number in range(3, 20):
        more = partial(add_take, region_id=region_id, take=take(number))
        studio.session.edit("Render", more)
    for _ in range(19):
        QTest.keyClick(panel.comp, Qt.Key.Key_Down)
    QApplication.processEvents()
    assert panel.comp.lane(19).bottom() <= panel.comp.viewport().height()
    assert panel.table.currentIndex() == panel.model.index(19, NAME)
