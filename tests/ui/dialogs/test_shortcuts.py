"""The shortcuts list, by keys and mouse."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ui.dialogs.shortcuts import ShortcutsDialog
from ui.shared.actions import Actions
from ui.window import MainWindow

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(window: MainWindow) -> ShortcutsDialog:
    QTest.keyClick(window, KEY.Key_F1)
    made = window.dialogs.made(ShortcutsDialog)
    assert made.isVisible()
    assert not made.isModal()
    return made


@pytest.fixture
def actions(window: MainWindow) -> Actions:
    return window.studio.actions


def give(dialog: ShortcutsDialog, action_id: str, key: Qt.Key, adds: bool = False) -> None:
    """Press Ctrl and `key` as the new keys of an action."""
    dialog.list.choose(action_id)
    press(dialog.add if adds else dialog.change)
    QTest.keyClick(dialog.keys, key, CTRL)


def press(button: QPushButton) -> None:
    QTest.mouseClick(button, LEFT)


def test_it_lists_every_action_with_its_keys(dialog: ShortcutsDialog, actions: Actions) -> None:
    assert {each.id for each in dialog.list.shown()} == {each.id for each in actions}
    items = dialog.list.findItems("Redo", Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    assert [item.text(1) for item in items] == ["Ctrl+Shift+Z, Ctrl+Y"]


def test_words_and_keys_find_actions(dialog: ShortcutsDialog) -> None:
    QTest.keyClicks(dialog.words, "file save as")
    assert [each.id for each in dialog.list.shown()] == ["file.save_as"]
    dialog.words.setText("ctrl+t")
    assert [each.id for each in dialog.list.shown()] == ["track.add"]
    assert dialog.list.chosen is not None
    assert dialog.list.chosen.id == "track.add"


def test_keys_alone_change_a_shortcut(
    dialog: ShortcutsDialog, actions: Actions, window: MainWindow, qtbot: QtBot
) -> None:
    QTest.keyClicks(dialog.words, "add a track")
    QTest.keyClick(dialog.words, KEY.Key_Return)
    QTest.keyClick(dialog.list, KEY.Key_Return)
    QTest.keyClick(dialog.keys, KEY.Key_F7)
    assert actions.keys("track.add") == ("F7",)
    assert "(F7)" in actions["track.add"].toolTip()
    assert dialog.said.text() == "Add a track: F7."
    dialog.close()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, KEY.Key_F7)
    assert len(window.studio.session.song.tracks) == 3


def test_tooltips_and_menus_follow(dialog: ShortcutsDialog, window: MainWindow) -> None:
    give(dialog, "track.mute", KEY.Key_M)
    (header, *_) = window.timeline.headers.shown.values()
    assert header.mute.toolTip() == "Mute the track (Ctrl+M)"
    action = window.studio.actions["track.mute"]
    assert action in window.menus.menu("track").actions()
    assert action.shortcut().toString() == "Ctrl+M"


def test_another_key_may_be_added(dialog: ShortcutsDialog, actions: Actions) -> None:
    give(dialog, "file.save", KEY.Key_W, adds=True)
    assert actions.keys("file.save") == ("Ctrl+S", "Ctrl+W")


def test_a_conflict_is_said_and_the_former_owner_loses(
    dialog: ShortcutsDialog, actions: Actions
) -> None:
    give(dialog, "file.save", KEY.Key_T)
    assert actions.keys("file.save") == ("Ctrl+T",)
    assert actions.keys("track.add") == ()
    assert "Add a track lost it and has no keys any more" in dialog.said.text()
    press(dialog.take_back)
    assert actions.keys("file.save") == ("Ctrl+S",)
    assert actions.keys("track.add") == ("Ctrl+T",)
    assert not dialog.take_back.isVisible()


def test_escape_leaves_the_keys_as_they_are(dialog: ShortcutsDialog, actions: Actions) -> None:
    dialog.list.choose("file.save")
    press(dialog.change)
    QTest.keyClick(dialog.keys, KEY.Key_Escape)
    assert actions.keys("file.save") == ("Ctrl+S",)
    assert dialog.isVisible()
    assert dialog.list.hasFocus()


def test_an_action_may_have_no_keys_and_get_its_own_again(
    dialog: ShortcutsDialog, actions: Actions
) -> None:
    dialog.list.choose("file.save")
    assert not dialog.reset.isEnabled()
    press(dialog.clear)
    assert actions.keys("file.save") == ()
    assert dialog.said.text() == "Save: no keys any more."
    press(dialog.reset)
    assert actions.keys("file.save") == ("Ctrl+S",)


def test_all_are_reset_and_that_can_be_taken_back(
    dialog: ShortcutsDialog, actions: Actions
) -> None:
    give(dialog, "file.save", KEY.Key_T)
    press(dialog.reset_all)
    assert actions.keys("file.save") == ("Ctrl+S",)
    assert actions.keys("track.add") == ("Ctrl+T",)
    press(dialog.take_back)
    assert actions.keys("file.save") == ("Ctrl+T",)
    assert actions.keys("track.add") == ()


def test_changed_keys_are_kept(dialog: ShortcutsDialog, window: MainWindow) -> None:
    give(dialog, "file.save", KEY.Key_W)
    settings = window.studio.settings
    settings.sync()
    kept = QSettings(str(Path(settings.fileName())), QSettings.Format.IniFormat)
    assert kept.value("shortcuts/file.save") == "Ctrl+W"
