"""Fields of the transport bar in which a position, a time or a metre is typed."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QFontDatabase, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.session.session import Session


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
        self.setFixedHeight(28)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        self.setFont(font)
        self.returnPressed.connect(self._type)

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
        self.setText(self._shown)  # which also makes it unmodified

    def _type(self) -> None:
        if self.isModified():
            try:
                self._take(self.text())
            except ValueError as error:
                self._session.failed.emit(str(error))
        self.setModified(False)
        self.clearFocus()
