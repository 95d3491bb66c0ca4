"""The history as a list: what was done, what is undone; a click goes there."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtGui import QBrush, QFont
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.shared.studio import Studio

# Steps that the session names itself; all others are named, and translated, where they are done.
SESSION_STEPS = (
    QT_TRANSLATE_NOOP("HistoryList", "Open"),
    QT_TRANSLATE_NOOP("HistoryList", "New take"),
)


class HistoryList(QWidget):
    """The steps, oldest first; those undone are dim, the present one is chosen."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = studio.session, studio.look
        self.steps = QListWidget()
        self.steps.setAccessibleName(self.tr("Steps of the history"))
        hint = QLabel(self.tr("Choose a step to go to the song as it was after it."))
        hint.setProperty("dim", True)
        hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(hint)
        column.addWidget(self.steps)
        self.steps.currentRowChanged.connect(self._go_to)
        self._session.history_changed.connect(self._show)
        self._look.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        history = self._session.history
        self.steps.blockSignals(True)
        for row in range(self.steps.count(), len(history.steps)):
            self.steps.insertItem(row, QListWidgetItem())
        while self.steps.count() > len(history.steps):
            self.steps.takeItem(self.steps.count() - 1)
        for row, step in enumerate(history.steps):
            self._fill(self.steps.item(row), row, step.name)
        self.steps.setCurrentRow(history.at)
        self.steps.blockSignals(False)

    def _fill(self, item: QListWidgetItem, row: int, name: str) -> None:
        at = self._session.history.at
        item.setText(f"{row}   {QCoreApplication.translate('HistoryList', name)}")
        item.setForeground(QBrush(self._look.colour("text" if row <= at else "text_dim")))
        font = QFont(self.steps.font())
        font.setItalic(row > at)
        item.setFont(font)
        undone = self.tr("Undone; choosing it does it again") if row > at else ""
        item.setData(Qt.ItemDataRole.ToolTipRole, undone)

    def _go_to(self, row: int) -> None:
        if row >= 0:
            self._session.go_to_step(row)
