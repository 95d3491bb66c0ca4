"""What stands in the piano roll while no clip is selected."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget


class EmptyState(QWidget):
    """Says what to do next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(self.tr("No clip is open"), self)
        title.setProperty("heading", True)
        self._hint = hint = QLabel(
            self.tr("Click a clip in the timeline, or draw one with a double-click on a track."),
            self,
        )
        hint.setProperty("dim", True)
        hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch()
        for label in (title, hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addStretch()

    def text(self) -> str:
        """Return the hint."""
        return self._hint.text()
