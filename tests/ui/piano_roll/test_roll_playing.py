"""Letters as keys, and notes written step by step."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from desktop.document.time import PPQ
from desktop.session.selection import Selection
from tests.ui.piano_roll.hand import Hand, Listener
from ui.shared.studio import Studio

SKETCH = [(0, 4, 60, 100), (4, 4, 64, 100), (8, 4, 67, 100), (12, 4, 72, 100)]


def test_letters_play_while_that_mode_is_on(hand: Hand, studio: Studio, listener: Listener) -> None:
    studio.actions["notes.letters"].trigger()
    hand.key(Qt.Key.Key_A)
    hand.key(Qt.Key.Key_X)
    hand.key(Qt.Key.Key_W)
    assert listener.pitches == [("on", 60), ("off", 60), ("on", 73), ("off", 73)]
    studio.actions["notes.letters"].trigger()
    hand.key(Qt.Key.Key_A)
    assert len(listener.heard) == 4


def test_letters_are_no_shortcuts_while_they_play(hand: Hand, studio: Studio) -> None:
    studio.actions["notes.letters"].trigger()
    hand.key(Qt.Key.Key_E)
    assert not studio.actions["notes.erase"].isChecked()
    studio.actions["notes.letters"].trigger()
    hand.key(Qt.Key.Key_E)
    assert studio.actions["notes.erase"].isChecked()


def test_what_sounds_ends_when_the_focus_goes_elsewhere(
    hand: Hand, studio: Studio, listener: Listener, qtbot: QtBot
) -> None:
    studio.actions["notes.letters"].trigger()
    QTest.keyPress(hand.view, Qt.Key.Key_A)
    other = QLineEdit()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    other.setFocus()
    qtbot.waitUntil(lambda: listener.pitches == [("on", 60), ("off", 60)], timeout=2000)


@pytest.fixture
def beside(hand: Hand, qtbot: QtBot) -> Iterator[QListWidget]:
    """Yield a list that has the focus, in the same window as the piano roll."""
    made, holder = QListWidget(), QWidget()
    qtbot.addWidget(holder)
    row = QHBoxLayout(holder)
    row.addWidget(hand.panel)
    row.addWidget(made)
    made.addItems(["guitar", "drums"])
    made.setCurrentRow(0)
    holder.show()
    holder.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    yield made
    hand.panel.setParent(None)


def test_letters_play_while_the_focus_is_elsewhere_in_the_window(
    studio: Studio, listener: Listener, beside: QListWidget
) -> None:
    studio.actions["notes.letters"].trigger()
    QTest.keyClick(beside, Qt.Key.Key_D)
    assert listener.pitches == [("on", 64), ("off", 64)]
    assert beside.currentRow() == 0
    studio.actions["notes.letters"].trigger()
    QTest.keyClick(beside, Qt.Key.Key_D)
    assert beside.currentRow() == 1


def test_letters_play_the_armed_track_and_without_a_clip_the_selected_one(
    hand: Hand, studio: Studio, listener: Listener
) -> None:
    lead, bass = (track.id for track in studio.session.song.tracks)
    studio.actions["notes.letters"].trigger()
    studio.transport.arm(bass, True)
    hand.key(Qt.Key.Key_A)
    studio.transport.arm(bass, False)
    hand.key(Qt.Key.Key_A)
    studio.session.select(Selection(track_id=bass))
    QTest.keyClick(hand.panel, Qt.Key.Key_A)
    played = [track for what, track, _ in listener.heard if what == "on"]
    assert played == [bass, lead, bass]


def test_step_input_writes_one_step_after_another(hand: Hand, studio: Studio) -> None:
    studio.transport.go_to(4 * PPQ)
    studio.actions["notes.letters"].trigger()
    studio.actions["notes.step_input"].trigger()
    hand.key(Qt.Key.Key_A)
    hand.key(Qt.Key.Key_Right)
    hand.key(Qt.Key.Key_D)
    assert hand.heard == [*SKETCH, (16, 1, 60, 100), (18, 1, 64, 100)]


def test_keys_held_together_make_a_chord_of_one_step(hand: Hand, studio: Studio) -> None:
    studio.transport.go_to(4 * PPQ)
    studio.actions["notes.letters"].trigger()
    studio.actions["notes.step_input"].trigger()
    QTest.keyPress(hand.view, Qt.Key.Key_A)
    QTest.keyPress(hand.view, Qt.Key.Key_D)
    QTest.keyRelease(hand.view, Qt.Key.Key_A)
    QTest.keyRelease(hand.view, Qt.Key.Key_D)
    hand.key(Qt.Key.Key_G)
    assert hand.heard[4:] == [(16, 1, 60, 100), (16, 1, 64, 100), (17, 1, 67, 100)]


def test_backspace_takes_the_last_step_back(hand: Hand, studio: Studio) -> None:
    studio.transport.go_to(4 * PPQ)
    studio.actions["notes.step_input"].trigger()
    keyboard = hand.panel.keyboard
    hand.drag(QPoint(30, hand.point(0, 62).y()), widget=keyboard)
    assert len(hand.notes) == 5
    hand.key(Qt.Key.Key_Backspace)
    assert hand.heard == SKETCH
    assert hand.panel.roll.step_tick == 4 * PPQ
