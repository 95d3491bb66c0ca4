"""A field that waits for keys."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QKeySequenceEdit, QLineEdit, QWidget


class KeyField(QKeySequenceEdit):
    """Says which keys were pressed in it, as `Ctrl+Z`; Escape and Tab leave it."""

    pressed = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaximumSequenceLength(1)
        self.editingFinished.connect(self._finish)
        if (inner := self.findChild(QLineEdit)) is not None:
            inner.setPlaceholderText(self.tr("Press keys"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _finish(self) -> None:
        keys = self.keySequence().toString()
        self.clear()
        if keys:
            self.pressed.emit(keys)
