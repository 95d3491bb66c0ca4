"""The improvised notes of a take, drawn from its menu."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop.document.edits import remove_clip
from desktop.document.time import PPQ
from tests.ui.improvised import improvised_take
from ui.shared.studio import Studio
from ui.takes.panel import TakesPanel
from ui.takes.table import NAME

MELODY = [(0.0, 0.5, 60, 90), (0.5, 1.0, 64, 70)]
OTHER = [(1.0, 0.25, 72, 100)]


@pytest.fixture
def panel(show_takes: Callable[..., TakesPanel], studio: Studio) -> TakesPanel:
    """Return the panel of a region without notes: of three takes two were improvised."""
    clip_id = studio.session.song.tracks[0].clips[0].id
    studio.session.edit("Clear", lambda song: remove_clip(song, clip_id))
    made = show_takes(improvised_take(1, MELODY), improvised_take(2, OTHER), improvised_take(3))
    made.table.setFocus()
    return made


def menu_of(panel: TakesPanel, row: int, qtbot: QtBot) -> QMenu:
    """Return the menu that a right click on the name of a take brings."""
    place = panel.table.visualRect(panel.model.index(row, NAME)).center()
    viewport = panel.table.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.RightButton, pos=place)
    return asked(viewport, place, QContextMenuEvent.Reason.Mouse, qtbot)


def asked(view: QWidget, place: QPoint, reason: QContextMenuEvent.Reason, qtbot: QtBot) -> QMenu:
    """Return the menu that opens where one is asked for, as the window system does."""
    QApplication.sendEvent(view, QContextMenuEvent(reason, place, view.mapToGlobal(place)))
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def choose(menu: QMenu, text: str) -> None:
    action = next(each for each in menu.actions() if each.text() == text)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def pitches(studio: Studio) -> list[int]:
    return [note.pitch for clip in studio.session.song.tracks[0].clips for note in clip.notes]


def test_the_menu_of_a_take_draws_its_notes_in_one_step_though_another_plays(
    panel: TakesPanel, studio: Studio, qtbot: QtBot
) -> None:
    before, said = studio.session.song, list[str]()
    studio.session.said.connect(said.append)
    choose(menu_of(panel, 1, qtbot), "Draw the improvised notes of this take")
    (clip,) = studio.session.song.tracks[0].clips
    (note,) = clip.notes
    assert (note.start, note.length, note.pitch, note.velocity) == (2 * PPQ, PPQ // 2, 72, 100)
    assert said == ["Notes drawn: 1"]
    studio.session.undo()
    assert studio.session.song is before


def test_the_menu_offers_nothing_to_draw_for_a_take_that_played_drawn_notes(
    panel: TakesPanel, studio: Studio, qtbot: QtBot
) -> None:
    action = studio.actions["takes.draw_improvised"]
    assert action.isEnabled()
    menu = menu_of(panel, 2, qtbot)
    assert not action.isEnabled()
    assert action.toolTip() == "No notes were improvised for this take"
    choose(menu, action.text())
    assert pitches(studio) == []
    menu.close()


def test_once_drawn_it_is_off_and_says_why_until_it_is_undone(
    panel: TakesPanel, studio: Studio
) -> None:
    action = studio.actions["takes.draw_improvised"]
    QTest.keyClick(panel.table, Qt.Key.Key_Down)
    QTest.keyClick(panel.table, Qt.Key.Key_Up)
    action.trigger()
    assert pitches(studio) == [60, 64]
    assert not action.isEnabled()
    assert action.toolTip() == "The region has notes; delete them to draw the improvised ones"
    action.trigger()
    assert pitches(studio) == [60, 64]
    studio.session.undo()
    assert action.isEnabled()


def test_the_menu_key_shows_the_menu_of_the_current_take(panel: TakesPanel, qtbot: QtBot) -> None:
    menu = asked(panel.table, QPoint(5, 5), QContextMenuEvent.Reason.Keyboard, qtbot)
    assert "Play this take" in [each.text() for each in menu.actions()]
    QTest.keyClick(menu, Qt.Key.Key_Escape)


def test_the_recipe_says_how_many_notes_were_improvised(panel: TakesPanel) -> None:
    assert panel.details.rows["Improvised notes"] == "2"
    QTest.keyClick(panel.table, Qt.Key.Key_Down)
    QTest.keyClick(panel.table, Qt.Key.Key_Down)
    assert "Improvised notes" not in panel.details.rows
