"""A page of the preferences: rows of a name and a control, and what there is to know of them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QGridLayout, QLabel, QWidget

from ui.shared.panel import dim

NAME_WIDTH = 104


class Page(QWidget):
    """Rows from the top; `row` and `note` add to them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(0, NAME_WIDTH)
        self._last = -1

    def row(self, name: str, control: QWidget, *beside: QWidget) -> None:
        """Add `control` beside its name, and what belongs to it at its right."""
        label = QLabel(name)
        label.setBuddy(control)
        if isinstance(control, QAbstractScrollArea):  # its name stands beside its first line
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            label.setContentsMargins(0, 4, 0, 0)
        self._add(label, 0)
        self._grid.addWidget(control, self._last, 1, 1, 1 if beside else -1)
        for column, widget in enumerate(beside, start=2):
            self._grid.addWidget(widget, self._last, column)

    def note(self, text: str) -> QLabel:
        """Add and return a quiet sentence below the controls."""
        label = dim(text, wrapped=True)
        self._add(label, 1, -1)
        return label

    def _add(self, widget: QWidget, column: int, columns: int = 1) -> None:
        self._last += 1
        self._grid.addWidget(widget, self._last, column, 1, columns)
        self._grid.setRowStretch(self._last, 0)
        self._grid.setRowStretch(self._last + 1, 1)  # what is left lies below
