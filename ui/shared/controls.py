"""Number fields and buttons that all panels share."""

from collections.abc import Callable
from typing import Final, Protocol

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from desktop.session.session import Edit, Session
from ui.shared.controls_number import Number
from ui.shared.studio import Studio
from ui.shared.theme import Look

SETTLED_MS: Final = 400  # turns of the wheel that follow one another so closely are one step
DRAG_PX: Final = 4
PRESSES: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class NumberField(QLineEdit):
    """A number with its unit: type it, drag it up and down, turn the wheel; Shift is fine.

    A double-click resets it, where there is a value that is none: other numbers are typed after
    it as after a click. It shows what `set_value` said last: who listens sets it.
    """

    previewed = Signal(object)  # float, or None where there may be no value
    committed = Signal(object)
    cancelled = Signal()

    def __init__(self, number: Number, name: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = number
        self.value: float | None = number.default
        self._pending: float | None = None
        self._is_typing = False  # from a click on: the mouse places the cursor
        self._pressed_at: QPoint | None = None
        self._dragged_from: float | None = None
        self._settled = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settled.timeout.connect(self.settle)
        self.setAccessibleName(name)
        self.setToolTip(self.tr("{tip}: type, drag or turn the wheel, Shift fine").format(tip=tip))
        self.setFixedHeight(24)
        self.setCursor(Qt.CursorShape.SizeVerCursor)
        self.returnPressed.connect(self._type)
        self._show()

    def set_value(self, value: float | None) -> None:
        """Show `value`, once what is being typed is done."""
        self.value = value
        if not self.isModified():
            self._show()

    def settle(self) -> None:
        """Make what wheel or keys have changed so far a step."""
        self._settled.stop()
        pending, self._pending = self._pending, None
        if pending is not None:
            self.committed.emit(pending)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        turned = event.angleDelta().y() or event.angleDelta().x()
        self._step(turned / 120, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._step(1 if event.key() == Qt.Key.Key_Up else -1, fine)
        elif event.key() == Qt.Key.Key_Escape:
            self._give_up()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() != Qt.MouseButton.LeftButton or self._is_typing:
            super().mousePressEvent(event)
            return
        self._pressed_at = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._pressed_at is None:
            super().mouseMoveEvent(event)
            return
        up = self._pressed_at.y() - event.position().toPoint().y()
        if self._dragged_from is None and abs(up) >= DRAG_PX:
            self._dragged_from = self._start()
        if self._dragged_from is not None:
            fine = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            step = self.number.fine if fine else self.number.step
            self._preview(self._dragged_from + up / DRAG_PX * step)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        pressed, self._pressed_at = self._pressed_at, None
        dragged, self._dragged_from = self._dragged_from, None
        if pressed is None:
            super().mouseReleaseEvent(event)
        elif dragged is not None:
            self.settle()
        else:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._is_typing = True
            self.selectAll()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if not self.number.resets:
            self.selectAll()  # the first click lets one type
            return
        self.setModified(False)
        self._pressed_at = None
        self.clearFocus()
        self.committed.emit(self.number.default)
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusOutEvent(event)
        self._is_typing = False
        if self.isModified():
            self._read()
        self.settle()
        self.deselect()

    def _type(self) -> None:
        self._read()
        self.clearFocus()

    def _read(self) -> None:
        typed = self.text()
        self.setModified(False)
        try:
            value = self.number.value_of(typed)
        except ValueError:
            self._show()
            return
        if value != self.value:
            self.committed.emit(value)
        self._show()

    def _start(self) -> float:
        return self.value if self.value is not None else (self.number.default or self.number.low)

    def _step(self, steps: float, fine: bool) -> None:
        self.setModified(False)
        start = self._start() if self._pending is None else self._pending
        self._preview(start + steps * (self.number.fine if fine else self.number.step))
        self._settled.start()

    def _preview(self, value: float) -> None:
        self._pending = self.number.clamped(value)
        self.previewed.emit(self._pending)
        self.setText(self.number.text(self._pending))

    def _give_up(self) -> None:
        self._settled.stop()
        self._pending = self._pressed_at = self._dragged_from = None
        self.setModified(False)
        self.cancelled.emit()
        self._show()
        self.clearFocus()

    def _show(self) -> None:
        self.setText(self.number.text(self.value))
        self.setCursorPosition(0)


class Button(QToolButton):
    """A button that Return presses, as Space plays wherever the focus is."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in PRESSES:
            self.click()
        else:
            super().keyPressEvent(event)


def lettered(text: str, name: str, run: Callable[[], object], role: str, studio: Studio) -> Button:
    """Return a small button that stays down, in the colour of `role` then, as M for mute."""
    button = _Lettered(role, studio.look)
    button.setText(text)
    button.setCheckable(True)
    button.setAccessibleName(name)
    button.setToolTip(name)
    button.setFixedSize(24, 24)
    button.clicked.connect(lambda _checked=False: run())
    return button


class _Lettered(Button):
    def __init__(self, role: str, look: Look) -> None:
        super().__init__()
        self._role, self._look = role, look
        look.changed.connect(self._colour)  # a method: it goes with the button, as no function does
        self._colour()

    def _colour(self) -> None:
        ground, letter = (self._look.colour(role).name() for role in (self._role, "window"))
        down = f"background: {ground}; color: {letter}; border: none;"
        self.setStyleSheet(f"QToolButton {{ padding: 0; }} QToolButton:checked {{ {down} }}")


class Control(Protocol):
    """What changes a number: a field, a fader."""

    previewed: SignalInstance
    committed: SignalInstance
    cancelled: SignalInstance


def edit_with(
    control: Control, session: Session, name: str, change: Callable[[float | None], Edit]
) -> None:
    """Let a control edit the song: shown while it moves, one step called `name` at the end."""
    control.previewed.connect(lambda value: session.preview(change(value)))
    control.committed.connect(lambda value: session.edit(name, change(value)))
    control.cancelled.connect(session.cancel_preview)
