"""A monkey at mouse and keys: nothing it does breaks the window, and all of it can be undone."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDrag, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMenuBar,
    QPlainTextEdit,
    QToolButton,
    QWidget,
)
from shiboken6 import isValid

from desktop.storage.codec import decode, encode
from desktop.storage.project import read_project
from ui.shared.studio import Studio
from ui.window import BELOW, MainWindow

SEEDS: Final = (4, 12)
BURSTS, EVENTS = 12, 30
MOUSE, KEYS, BUTTONS = QEvent.Type, Qt.KeyboardModifier, Qt.MouseButton
LATER: Final = QToolButton.ToolButtonPopupMode.DelayedPopup
HELD: Final = (
    *[KEYS.NoModifier] * 4,
    *(KEYS.ControlModifier, KEYS.ShiftModifier, KEYS.AltModifier),
    KEYS.ControlModifier | KEYS.ShiftModifier,
)
PRESSED: Final = (
    *(Qt.Key.Key_Delete, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Space),
    *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home),
    *(Qt.Key(letter) for letter in range(Qt.Key.Key_A, Qt.Key.Key_Z + 1)),
)
TYPED: Final = (
    *("nan", "-inf", "1e309", "9" * 25, "-1", "", "0", "120.5", "4/64", "1/0", "C#m", "Am F C G"),
    *("\u202eabc", "🎻" * 40, "x" * 10_000, "\0\x01ÿ", "\n\n", "٣٤"),
)
# What waits for an answer, renders, or leaves the song.
FORBIDDEN: Final = ("file.", "region.render", "region.another", "region.hear", "help.palette")


class Monkey:
    """Does as the dice of `seed` say to whatever is under its hands."""

    def __init__(self, window: MainWindow, seed: int) -> None:
        self._window, self._dice = window, random.Random(seed)
        self._actions = [each.action for each in window.studio.actions if each.action.isEnabled()]
        self._held: tuple[QWidget, QPoint, Qt.MouseButton] | None = None
        self._top: QWidget = window

    def act(self) -> None:
        """Do one thing."""
        deeds = (self._press, self._press, self._twice, self._turn, self._key, self._type)
        deed = self._dice.choice((*deeds, self._trigger, self._trigger))
        if self._held is not None and self._dice.random() < 0.7:
            deed = self._release if self._dice.random() < 0.3 else self._drag
        deed()

    def let_go(self) -> None:
        """Let the button go that is held."""
        if self._held is not None:
            self._release()

    def _press(self) -> None:
        widget, at = self._found()
        button = self._dice.choice((*[BUTTONS.LeftButton] * 4, *tuple(BUTTONS)[2:4]))
        self._mouse(MOUSE.MouseButtonPress, widget, at, button, button)
        if button is BUTTONS.RightButton and isValid(widget):
            reason = QContextMenuEvent.Reason.Mouse
            QApplication.sendEvent(widget, QContextMenuEvent(reason, at, widget.mapToGlobal(at)))
        self._held = self._held or (widget, at, button)

    def _drag(self) -> None:
        assert self._held is not None
        widget, at, button = self._held
        at += QPoint(self._dice.randint(-120, 120), self._dice.randint(-60, 60))
        self._held = widget, at, button
        self._mouse(MOUSE.MouseMove, widget, at, BUTTONS.NoButton, button)

    def _release(self) -> None:
        assert self._held is not None
        (widget, at, button), self._held = self._held, None
        self._mouse(MOUSE.MouseButtonRelease, widget, at, button, BUTTONS.NoButton)

    def _twice(self) -> None:
        widget, at = self._found()
        left = BUTTONS.LeftButton
        for kind in (MOUSE.MouseButtonPress, MOUSE.MouseButtonRelease) * 2:
            second = MOUSE.MouseButtonDblClick if kind is MOUSE.MouseButtonPress else kind
            self._mouse(second, widget, at, left, left)

    def _turn(self) -> None:
        widget, at = self._found()
        by, no_phase = QPoint(0, self._dice.choice((-120, 120, 1200))), Qt.ScrollPhase.NoScrollPhase
        where, held = QPointF(widget.mapToGlobal(at)), self._dice.choice(HELD)
        none = BUTTONS.NoButton
        event = QWheelEvent(QPointF(at), where, QPoint(), by, none, held, no_phase, False)
        QApplication.sendEvent(widget, event)

    def _key(self) -> None:
        on = QApplication.activePopupWidget() or QApplication.focusWidget() or self._window
        QTest.keyClick(on, self._dice.choice(PRESSED), self._dice.choice(HELD))

    def _type(self) -> None:
        fields: list[QLineEdit | QPlainTextEdit] = self._window.findChildren(QLineEdit)
        fields = [*fields, *self._window.findChildren(QPlainTextEdit)]
        field = self._dice.choice([each for each in fields if each.isVisible()] or [None])
        if field is not None:
            field.setFocus()
            field.selectAll()
            QApplication.clipboard().setText(self._dice.choice(TYPED))
            field.paste()
            QTest.keyClick(field, self._dice.choice((Qt.Key.Key_Return, Qt.Key.Key_Escape)))

    def _trigger(self) -> None:
        self._dice.choice(self._actions).trigger()

    def _found(self) -> tuple[QWidget, QPoint]:
        """Return what lies at some place, but for menus that would wait for a choice."""
        # kept, as Python's hold on what lies in a popup ends with that on the popup
        self._top = top = QApplication.activePopupWidget() or self._window
        while True:
            at = QPoint(self._dice.randrange(top.width()), self._dice.randrange(top.height()))
            found = top.childAt(at) or top
            waits = isinstance(found, QToolButton) and found.popupMode() is not LATER
            if not waits and not isinstance(found, QMenuBar):
                return found, found.mapFrom(top, at)

    def _mouse(
        self,
        kind: QEvent.Type,
        widget: QWidget,
        at: QPoint,
        button: Qt.MouseButton,
        buttons: Qt.MouseButton,
    ) -> None:
        if isValid(widget):
            held, where = self._dice.choice(HELD), QPointF(widget.mapToGlobal(at))
            event = QMouseEvent(kind, QPointF(at), where, button, buttons, held)
            QApplication.sendEvent(widget, event)


@pytest.fixture
def window(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """Give a window in which nothing waits for an answer, and what is to be rendered waits."""
    monkeypatch.setattr(QDialog, "exec", lambda *_: 0)
    monkeypatch.setattr(QDrag, "exec", lambda *_: Qt.DropAction.IgnoreAction)
    for ask in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, ask, lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    monkeypatch.setattr(studio.rendering, "_start", lambda: None)
    made = MainWindow(studio)
    for registered in studio.actions:
        if registered.id.startswith(FORBIDDEN):
            registered.action.setEnabled(False)
    for view in made.findChildren(QAbstractItemView):
        view.setDragEnabled(False)  # a drag would last until a real button is let go
    made.show()
    yield made
    made.files.end()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_a_monkey_does_can_be_undone_and_saved(window: MainWindow, seed: int) -> None:
    session, monkey = window.studio.session, Monkey(window, seed)
    first, steps = session.song, list[str | None]()
    session.history_changed.connect(lambda: steps.append(session.history.undo_name))
    for burst in range(BURSTS):
        window.show_below(BELOW[burst % len(BELOW)])
        for _ in range(EVENTS):
            monkey.act()
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        window.grab()
        song = session.history.song
        assert decode(encode(song, revision=1), Path()).song == song
        assert session.selection.within(session.song) == session.selection
    monkey.let_go()
    session.cancel_preview()
    assert len(set(steps)) > 5, "it has done next to nothing"
    assert session.save()
    assert read_project(session.folder).song == session.song
    while session.history.undo_name is not None:
        session.undo()
    assert session.song is first
