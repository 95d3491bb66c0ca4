"""The main window: what it shows, remembers and asks."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from desktop.document.edits import add_track
from desktop.document.song import Take
from desktop.storage.project import read_project
from ui.shared.places import PLACES
from ui.shared.studio import Studio
from ui.window import MainWindow


@pytest.fixture
def window(studio: Studio, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(studio)
    made.show()
    qtbot.waitExposed(made)
    yield made
    destroy(made)


def destroy(window: MainWindow) -> None:
    # A window left over costs each later one the time to style it too.
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def press(window: MainWindow, keys: str) -> None:
    combination = QKeySequence.fromString(keys)[0]  # type: ignore[index]
    QTest.keyClick(window, combination.key(), combination.keyboardModifiers())


def test_a_key_shows_and_hides_each_panel_below(window: MainWindow) -> None:
    for key, name in (("X", "mixer"), ("G", "takes"), ("F", "analysis"), ("P", "piano_roll")):
        press(window, key)
        assert window.shown_below == name
        assert window.studio.actions[f"view.{name}"].isChecked()
    press(window, "P")
    assert window.shown_below == ""


def test_a_double_click_on_a_clip_shows_its_notes(window: MainWindow, studio: Studio) -> None:
    window.show_below("mixer")
    lanes, arrangement = window.timeline.lanes, window.timeline.arrangement
    at = QPoint(round(arrangement.scale.x(100)), 6)
    QTest.mouseDClick(lanes, Qt.MouseButton.LeftButton, pos=at)
    assert window.shown_below == "piano_roll"
    assert studio.session.selection.clip_id == studio.session.song.tracks[0].clips[0].id


@pytest.mark.parametrize(("keys", "name"), [("Ctrl+B", "browser"), ("I", "inspector")])
def test_a_key_hides_and_shows_each_side(window: MainWindow, keys: str, name: str) -> None:
    press(window, keys)
    assert getattr(window, name).isHidden()
    press(window, keys)
    assert not getattr(window, name).isHidden()


def test_the_next_window_stands_as_the_last_one_did(window: MainWindow, studio: Studio) -> None:
    window.show_below("mixer")
    studio.actions["view.browser"].trigger()
    window.columns.setSizes([100, 700, 400])
    window.leave()
    again = MainWindow(studio)
    again.resize(window.size())
    assert again.shown_below == "mixer"
    assert again.browser.isHidden()
    assert again.columns.saveState() == window.columns.saveState()
    destroy(again)


def test_a_double_click_between_panels_restores_their_sizes(window: MainWindow) -> None:
    usual = window.columns.sizes()
    window.columns.setSizes([100, 700, 500])
    assert window.columns.sizes() != usual
    handle = window.columns.handle(1)
    QTest.mouseDClick(handle, Qt.MouseButton.LeftButton)
    assert window.columns.sizes() == pytest.approx(usual, abs=2)


def test_the_title_names_the_song_and_marks_changes(window: MainWindow) -> None:
    assert "Sketch" in window.windowTitle()
    assert not window.isWindowModified()
    window.studio.session.edit("Add track", add_track)
    assert window.isWindowModified()
    assert window.status.saved.text() == "Unsaved changes"
    press(window, "Ctrl+S")
    assert not window.isWindowModified()


def test_undo_says_what_it_will_undo(window: MainWindow) -> None:
    before = window.studio.session.song
    window.studio.session.edit("Add track", add_track)
    assert window.studio.actions["edit.undo"].text() == "Undo Add track"
    press(window, "Ctrl+Z")
    assert window.studio.session.song is before
    assert window.studio.actions["edit.redo"].text() == "Redo Add track"


@pytest.mark.parametrize(
    ("answer", "closes", "tracks_kept"),
    [("save", True, 1), ("discard", True, 0), ("cancel", False, 1)],
)
def test_closing_with_changes_asks_what_to_do(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, answer: str, closes: bool, tracks_kept: int
) -> None:
    window.studio.session.edit("Add track", partial(add_track, name="New"))
    monkeypatch.setattr("ui.window.ask_to_save", lambda *_: answer)
    assert window.close() is closes
    names = [track.name for track in window.studio.session.song.tracks]
    assert names.count("New") == tracks_kept
    assert window.studio.session.is_saved is closes


@pytest.mark.parametrize(("answer", "takes"), [("save", 1), ("discard", 0)])
def test_a_take_that_comes_in_as_the_song_is_left_is_saved_or_given_up_with_the_rest(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, answer: str, takes: int
) -> None:
    session = window.studio.session
    region = session.song.tracks[0].regions[0]
    late = Take("late", "0" * 64, "flac", 10, 44100, "2026-01-01T00:00:00+00:00")
    closing = [partial(session.keep_takes, [(region.id, late)])]
    monkeypatch.setattr(window.studio.rendering, "close", lambda: closing and closing.pop()())
    monkeypatch.setattr("ui.window.ask_to_save", lambda *_: answer)
    session.edit("Add track", partial(add_track, name="New"))
    assert window.close()
    session.project.autosave(session.history.song)
    found = read_project(session.folder)
    assert (len(found.song.tracks[0].regions[0].takes), found.recovered) == (takes, None)


def actions_in(menu: QMenu) -> Iterator[str]:
    """Yield the ids of the actions in a menu and the menus in it."""
    for action in menu.actions():
        if isinstance(below := action.menu(), QMenu) and not action.objectName():
            yield from actions_in(below)
        elif not action.isSeparator():
            yield action.objectName()


def test_the_menus_hold_every_action_once(window: MainWindow) -> None:
    shown = [name for place in PLACES for name in actions_in(window.menus.menu(place))]
    assert sorted(shown) == sorted(registered.id for registered in window.studio.actions)
    assert window.menus.menu("file").actions()[-2].objectName() == "file.quit"


def below(menu: QMenu) -> dict[str, QMenu]:
    """Return the menus in a menu by their titles."""
    found = (action.menu() for action in menu.actions())
    return {each.title(): each for each in found if isinstance(each, QMenu)}


def test_what_is_about_takes_lanes_and_the_library_has_menus_in_the_region_menu(
    window: MainWindow,
) -> None:
    region = window.menus.menu("region")
    assert list(below(region)) == ["Prompts", "Take lanes", "Takes"]
    numbers = below(below(region)["Takes"])["Play take"]
    assert list(actions_in(numbers)) == [f"takes.choose_{n}" for n in range(1, 10)]
    rest = [action.objectName() for action in region.actions() if not action.menu()]
    assert {"region.render", "timeline.add_region"} <= set(rest)


def test_every_menu_fits_in_one_column_on_a_small_screen(window: MainWindow) -> None:
    for place in PLACES:
        assert window.menus.menu(place).sizeHint().height() <= 800, place


def test_no_key_asks_for_two_actions(window: MainWindow) -> None:
    actions = window.studio.actions
    meant = {each.id: actions.owners(each.id, None) for each in actions}
    assert {name: others for name, others in meant.items() if others} == {}


def test_what_went_wrong_stands_in_the_status_line(window: MainWindow) -> None:
    window.studio.session.failed.emit("the disk is full")
    assert window.status.currentMessage() == "the disk is full"


def test_the_theme_is_changed_and_remembered(window: MainWindow) -> None:
    window.studio.actions["theme.light"].trigger()
    assert window.studio.look.name == "light"
    assert window.studio.settings.value("theme") == "light"
    assert not window.studio.actions["theme.dark"].isChecked()


def test_an_empty_song_offers_three_ways_to_begin(window: MainWindow) -> None:
    session = window.studio.session
    assert window.empty.isHidden()
    session.edit("Clear", lambda song: replace(song, tracks=()))
    assert window.empty.isVisible()
    assert window.empty.geometry() == window.timeline.rect()
    window.show_below("mixer")
    window.activateWindow()
    window.empty.draw.setFocus()
    QTest.keyClick(window.empty.draw, Qt.Key.Key_Return)
    assert window.empty.isHidden()
    assert window.shown_below == "piano_roll"
    assert session.selection.clip_id == session.song.tracks[0].clips[0].id


def test_no_two_actions_of_the_window_share_a_key(window: MainWindow) -> None:
    keys = [
        key.toString()
        for registered in window.studio.actions
        if registered.action.shortcutContext() == Qt.ShortcutContext.WindowShortcut
        for key in registered.action.shortcuts()
    ]
    assert sorted(keys) == sorted(set(keys))
