"""Fields in which a position, a name or a prompt is typed."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontDatabase, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from desktop.session.session import Session
from ui.shared.controls import PRESSES

PAUSE_MS: Final = 800  # text typed without such a pause is one step
CTRL: Final = Qt.KeyboardModifier.ControlModifier


class TypedField(QLineEdit):
    """Shows what `set_shown` says; Return passes what was typed on, Escape takes it back."""

    def __init__(
        self,
        session: Session,
        take: Callable[[str], None],
        name: str,
        tip: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._take, self._shown = session, take, ""
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.setFixedHeight(24)
        self.returnPressed.connect(self._type)

    def use_figures(self) -> None:
        """Show figures of one width in the middle, so that none moves while it plays."""
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))

    def set_shown(self, text: str) -> None:
        """Show `text`, unless something is being typed."""
        if text != self._shown:
            self._shown = text
            if not self.isModified():
                self.setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape:
            self.setModified(False)
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusOutEvent(event)
        self._read()
        self.deselect()

    def _type(self) -> None:
        self._read()
        self.clearFocus()

    def _read(self) -> None:
        typed, modified = self.text(), self.isModified()
        self.setModified(False)
        if modified and typed != self._shown:
            try:
                self._take(typed)
            except ValueError as error:
                self._session.failed.emit(str(error))
        self.setText(self._shown)


class TextEditor(QPlainTextEdit):
    """Several lines of text; a pause in typing, Return or leaving passes them on."""

    overfull = Signal()

    def __init__(self, take: Callable[[str], None], name: str, tip: str) -> None:
        super().__init__()
        self._take, self._shown = take, ""
        self._most: int | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.settle)
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._cut)
        self.textChanged.connect(self._pause.start)

    def limit(self, letters: int) -> None:
        """Take no more than `letters`, or what is there already; `overfull` says of more."""
        self._most = letters

    def set_shown(self, text: str) -> None:
        """Show `text`, unless something is being typed."""
        self._shown = text
        if not self._pause.isActive() and text != self.toPlainText():
            with QSignalBlocker(self):
                self.setPlainText(text)

    def settle(self) -> None:
        """Pass on what was typed so far."""
        self._pause.stop()
        if (typed := self.toPlainText()) != self._shown:
            self._take(typed)

    def event(self, event: QEvent) -> bool:
        """Pass on what was typed before a shortcut does something with it, as rendering does."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() in PRESSES
            and event.modifiers() & CTRL
        ):
            self.finish()
        return super().event(event)

    def finish(self) -> None:
        """Pass on what was typed: nothing more comes."""
        self.settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in PRESSES and not shift:
            self.settle()
        elif event.key() == Qt.Key.Key_Escape:
            self._pause.stop()
            self.set_shown(self._shown)
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusOutEvent(event)
        self.settle()

    def _cut(self) -> None:
        """Take back what was typed or pasted beyond the limit; the cursor stands at its end."""
        if self._most is None:
            return
        text, cursor = self.toPlainText(), self.textCursor()
        surplus = len(text) - max(self._most, len(self._shown))
        if surplus > 0:
            kept = text[: max(0, _letters(text, cursor.position()) - surplus)]
            cursor.setPosition(_units(kept), QTextCursor.MoveMode.KeepAnchor)
            with QSignalBlocker(self):
                cursor.removeSelectedText()
            self.overfull.emit()


def _units(text: str) -> int:
    """Return the length of `text` as Qt counts it: letters beyond the first plane are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _letters(text: str, units: int) -> int:
    """Return how many letters the first `units` of `text` are."""
    begins = text.encode("utf-16-le", "surrogatepass")[: 2 * units]
    return len(begins.decode("utf-16-le", "replace"))
