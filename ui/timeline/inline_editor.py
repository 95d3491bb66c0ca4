"""A field in which a name or value is typed where it stands."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.shared.controls import PRESSES


class InlineEditor(QLineEdit):
    """A field that lies over what it changes, until Return or Escape."""

    typed = Signal(str)

    def __init__(self, text: str, name: str, parent: QWidget, *, always: bool = False) -> None:
        super().__init__(text, parent)
        self._was = None if always else text  # what need not be passed on
        self.setAccessibleName(name)
        self.setToolTip(self.tr("Return keeps what is typed, Escape does not"))
        self.setStyleSheet("QLineEdit { min-height: 0; padding: 0 2px; }")

    def open(self, place: QRect) -> None:
        """Show it at `place` of its parent, everything selected."""
        self.setGeometry(place)
        self.selectAll()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        elif event.key() in PRESSES:
            self._keep()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._keep()

    def _keep(self) -> None:
        text = self.text().strip()
        changed = not self.isHidden() and text != self._was
        self._close()
        if changed:
            self.typed.emit(text)

    def _close(self) -> None:
        if not self.isHidden():
            self.hide()
            self.deleteLater()
