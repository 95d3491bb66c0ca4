"""A group of the inspector: a heading, and rows of a name and a control."""

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ui.shared.panel import dim, heading


class Section(QWidget):
    """Rows under a heading; `row` adds one."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title: QLabel = heading(title)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 8, 12, 12)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(0, 72)
        self._grid.addWidget(self.title, 0, 0, 1, 2)

    def row(self, name: str, control: QWidget) -> None:
        """Add `control` beside its name."""
        at, label = self._grid.rowCount(), dim(name)
        label.setBuddy(control)
        self._grid.addWidget(label, at, 0)
        self._grid.addWidget(control, at, 1)

    def wide(self, widget: QWidget) -> None:
        """Add `widget` over both columns."""
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 2)
