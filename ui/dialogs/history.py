"""The history as a list: what was done, what is undone; a click goes there."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QShowEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.dialogs.dialog import StudioDialog, named
from ui.shared.panel import dim, spaced
from ui.shared.steps import step_text
from ui.shared.studio import Studio


class HistoryDialog(StudioDialog):
    """The steps, oldest first; those undone are dim, the present one is chosen."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(studio, parent)
        self._session, self._look = studio.session, studio.look
        self.setWindowTitle(self.tr("History"))
        tip = self.tr("Click a step, or go there with the arrow keys")
        self.steps = named(QListWidget(), self.tr("Steps of the history"), tip)
        column = QVBoxLayout(self)
        spaced(column, 16)
        hint = self.tr("Choose a step to go to the song as it was after it.")
        column.addWidget(dim(hint, wrapped=True))
        column.addWidget(self.steps)
        column.addWidget(self.close_button(), 0, Qt.AlignmentFlag.AlignRight)
        self.resize(320, 420)
        self.steps.currentRowChanged.connect(self._go_to)
        self._session.history_changed.connect(self._show_if_visible)
        self._look.changed.connect(self._show_if_visible)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        self._show()
        super().showEvent(event)

    def _show_if_visible(self) -> None:
        if self.isVisible():
            self._show()

    def _show(self) -> None:
        history = self._session.history
        self.steps.blockSignals(True)
        while self.steps.count() > len(history.steps):
            self.steps.takeItem(self.steps.count() - 1)
        for row, step in enumerate(history.steps):
            self._fill(self._item(row), row, step.name)
        self.steps.setCurrentRow(history.at)
        self.steps.blockSignals(False)

    def _item(self, row: int) -> QListWidgetItem:
        if row == self.steps.count():
            self.steps.addItem(QListWidgetItem())
        return self.steps.item(row)

    def _fill(self, item: QListWidgetItem, row: int, name: str) -> None:
        undone = row > self._session.history.at
        item.setText(f"{row}   {step_text(name)}")
        item.setForeground(QBrush(self._look.colour("text_dim" if undone else "text")))
        font = self.steps.font()
        font.setItalic(undone)
        item.setFont(font)
        tip = self.tr("Undone; choosing it does it again") if undone else ""
        item.setData(Qt.ItemDataRole.ToolTipRole, tip)

    def _go_to(self, row: int) -> None:
        if row >= 0:
            self._session.go_to_step(row)
