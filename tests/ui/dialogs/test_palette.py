"""The command palette, by keys and mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.dialogs.palette import CommandPalette
from ui.window import MainWindow

KEY = Qt.Key
ALL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def palette(window: MainWindow, qtbot: QtBot) -> CommandPalette:
    window.timeline.setFocus()
    open_palette(window)
    qtbot.waitUntil(window.dialogs.palette.words.hasFocus)
    return window.dialogs.palette


def open_palette(window: MainWindow) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, KEY.Key_P, ALL)


def listed(palette: CommandPalette) -> list[str]:
    return [palette.found.item(row).text() for row in range(palette.found.count())]


def type_words(palette: CommandPalette, words: str) -> None:
    QTest.keyClicks(palette.words, words)


def test_it_lists_every_action(palette: CommandPalette, window: MainWindow) -> None:
    assert len(listed(palette)) == len(list(window.studio.actions))


def test_each_action_is_found_by_its_own_words(palette: CommandPalette, window: MainWindow) -> None:
    for registered in window.studio.actions:
        text = registered.action.text().removesuffix("...").removesuffix("…")
        palette.words.setText(text)
        assert text in listed(palette)


def test_letters_and_return_run_an_action(palette: CommandPalette, window: MainWindow) -> None:
    type_words(palette, "mixer")
    assert listed(palette)[0] == "Mixer"
    QTest.keyClick(palette.words, KEY.Key_Return)
    assert window.shown_below == "mixer"
    assert palette.isHidden()
    assert QApplication.focusWidget() is window.timeline.focusProxy()


def test_arrows_choose(palette: CommandPalette) -> None:
    QTest.keyClick(palette.words, KEY.Key_Down)
    QTest.keyClick(palette.words, KEY.Key_Down)
    assert palette.found.currentRow() == 2
    QTest.keyClick(palette.words, KEY.Key_Up)
    assert palette.found.currentRow() == 1


def test_what_was_used_last_stands_first(palette: CommandPalette, window: MainWindow) -> None:
    for words in ("mixer", "takes"):
        palette.words.setText(words)
        QTest.keyClick(palette.words, KEY.Key_Return)
        open_palette(window)
    assert listed(palette)[:2] == ["Takes", "Mixer"]


def test_escape_and_the_same_keys_close_it(palette: CommandPalette, window: MainWindow) -> None:
    QTest.keyClick(palette.words, KEY.Key_Escape)
    assert palette.isHidden()
    open_palette(window)
    assert palette.isVisible()
    open_palette(window)
    assert palette.isHidden()


def test_a_click_runs(palette: CommandPalette, window: MainWindow) -> None:
    type_words(palette, "Inspector")
    row = palette.found.visualItemRect(palette.found.item(0))
    QTest.mouseClick(palette.found.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert window.inspector.isHidden()


def test_a_click_beside_it_closes_it(palette: CommandPalette, window: MainWindow) -> None:
    QTest.mouseClick(window.timeline.lanes, Qt.MouseButton.LeftButton)
    assert palette.isHidden()


def test_what_cannot_be_done_now_stays_open(palette: CommandPalette) -> None:
    type_words(palette, "undo")
    assert listed(palette)[0] == "Undo"
    QTest.keyClick(palette.words, KEY.Key_Return)
    assert palette.isVisible()


def test_it_says_when_nothing_is_found(palette: CommandPalette) -> None:
    type_words(palette, "xyzzy")
    assert palette.nothing.isVisible()
    assert not palette.found.isVisible()
