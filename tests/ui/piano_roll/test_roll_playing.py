"""Letters as keys, and notes written step by step."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.document.time import PPQ
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
