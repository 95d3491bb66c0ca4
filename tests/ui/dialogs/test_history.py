"""The list of steps."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget

from desktop.document.edits import add_track
from desktop.document.time import PPQ
from tests.ui.timeline.pointer import Pointer
from ui.dialogs.history import HistoryDialog
from ui.window import MainWindow


@pytest.fixture
def steps(window: MainWindow) -> QListWidget:
    for name in ("Add drums", "Add strings"):
        window.studio.session.edit(name, partial(add_track, name=name))
    window.studio.actions["edit.history"].trigger()
    dialog = window.dialogs.made(HistoryDialog)
    assert dialog.isVisible()
    return dialog.steps


def listed(steps: QListWidget) -> list[str]:
    return [steps.item(row).text().split(maxsplit=1)[1] for row in range(steps.count())]


def click(steps: QListWidget, row: int) -> None:
    spot = steps.visualItemRect(steps.item(row)).center()
    QTest.mouseClick(steps.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def tracks(window: MainWindow) -> list[str]:
    return [track.name for track in window.studio.session.song.tracks[2:]]


def test_it_names_each_step(steps: QListWidget) -> None:
    assert listed(steps) == ["Open", "Add drums", "Add strings"]
    assert steps.currentRow() == 2


def test_a_click_goes_to_a_step_and_back(steps: QListWidget, window: MainWindow) -> None:
    click(steps, 0)
    assert tracks(window) == []
    click(steps, 2)
    assert tracks(window) == ["Add drums", "Add strings"]


def test_arrow_keys_go_step_by_step(steps: QListWidget, window: MainWindow) -> None:
    QTest.keyClick(steps, Qt.Key.Key_Up)
    assert tracks(window) == ["Add drums"]


def test_undo_moves_the_chosen_step(steps: QListWidget, window: MainWindow) -> None:
    window.studio.actions["edit.undo"].trigger()
    assert steps.currentRow() == 1
    assert steps.item(2).font().italic()
    assert not steps.item(1).font().italic()


def test_a_new_edit_takes_the_place_of_undone_steps(steps: QListWidget, window: MainWindow) -> None:
    click(steps, 0)
    window.studio.session.edit("Add bass", add_track)
    assert listed(steps) == ["Open", "Add bass"]


def test_a_drag_of_many_moves_is_one_step_with_a_name(
    steps: QListWidget, window: MainWindow
) -> None:
    hand = Pointer(window.timeline)
    hand.drag(hand.at(PPQ), *(hand.at(PPQ + 480 * n) for n in range(1, 9)))
    assert listed(steps) == ["Open", "Add drums", "Add strings", "Move"]
    assert window.studio.actions["edit.undo"].text() == "Undo Move"


def test_the_menu_names_what_undo_takes_back(steps: QListWidget, window: MainWindow) -> None:
    undo, redo = (window.studio.actions[f"edit.{name}"] for name in ("undo", "redo"))
    assert undo.text() == "Undo Add strings"
    click(steps, 1)
    assert (undo.text(), redo.text()) == ("Undo Add drums", "Redo Add strings")
    click(steps, 0)
    assert (undo.text(), undo.isEnabled()) == ("Undo", False)
