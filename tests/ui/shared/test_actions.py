"""The register of actions: who has which shortcut."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtGui import QAction

from ui.shared.actions import Actions


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def owner(qapp: QObject) -> QObject:
    return QObject(qapp)


@pytest.fixture
def actions(settings: QSettings, owner: QObject) -> Actions:
    return filled(Actions(settings, owner))


def filled(actions: Actions) -> Actions:
    """Return a register with two actions of the window, one of the timeline, one of the notes."""
    actions.add("file.save", "file", "Save", str, "Ctrl+S")
    actions.add("edit.redo", "edit", "Redo", str, "Ctrl+Y", "Ctrl+Shift+Z")
    of_panel(actions.add("timeline.delete", "edit", "Delete", str, "Del"))
    of_panel(actions.add("notes.delete", "notes", "Erase notes", str, "Del"))
    return actions


def of_panel(action: QAction) -> None:
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)


def shown(actions: Actions, action_id: str) -> list[str]:
    return [key.toString() for key in actions[action_id].shortcuts()]


def test_a_key_is_taken_from_the_action_that_had_it(actions: Actions) -> None:
    assert [each.id for each in actions.owners("file.save", ("ctrl+y",))] == ["edit.redo"]
    actions.set_keys("file.save", ("Ctrl+Y",))
    assert shown(actions, "file.save") == ["Ctrl+Y"]
    assert shown(actions, "edit.redo") == ["Ctrl+Shift+Z"]


def test_two_panels_may_have_the_same_key(actions: Actions) -> None:
    actions.set_keys("notes.delete", ("Del", "E"))
    assert shown(actions, "timeline.delete") == ["Del"]


def test_a_key_of_the_window_is_no_panel_s(actions: Actions) -> None:
    actions.set_keys("file.save", ("Delete",))
    assert shown(actions, "timeline.delete") == shown(actions, "notes.delete") == []
    actions.set_keys("notes.delete", None)
    assert shown(actions, "notes.delete") == ["Del"]
    assert shown(actions, "file.save") == []


def test_chosen_keys_are_there_the_next_time(
    actions: Actions, settings: QSettings, owner: QObject
) -> None:
    actions.set_keys("file.save", ("Ctrl+Y",))
    again = filled(Actions(settings, owner))
    assert again.keys("file.save") == ("Ctrl+Y",)
    assert again.keys("edit.redo") == ("Ctrl+Shift+Z",)


def test_choosing_the_default_again_is_no_choice(actions: Actions) -> None:
    actions.set_keys("file.save", ("F5",))
    assert actions.chosen_keys("file.save") == ("F5",)
    actions.set_keys("file.save", ("Ctrl+S",))
    assert actions.chosen_keys("file.save") is None


def test_all_keys_go_back_to_their_defaults(actions: Actions, settings: QSettings) -> None:
    actions.set_keys("file.save", ("Ctrl+Y",))
    actions.reset_keys()
    assert shown(actions, "file.save") == ["Ctrl+S"]
    assert shown(actions, "edit.redo") == ["Ctrl+Y", "Ctrl+Shift+Z"]
    assert not [key for key in settings.allKeys() if key.startswith("shortcuts/")]


def test_a_tooltip_names_the_key_that_holds(actions: Actions) -> None:
    assert actions["file.save"].toolTip() == "Save (Ctrl+S)"
    actions.set_keys("file.save", ("F5",))
    assert actions["file.save"].toolTip() == "Save (F5)"
    actions.set_keys("file.save", ())
    assert actions["file.save"].toolTip() == "Save"
