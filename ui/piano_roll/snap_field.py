"""The shared grid, chosen beside the notes."""

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QWidget

from ui.shared.snap import DIVISIONS, division_text
from ui.shared.studio import Studio


class SnapField(QComboBox):
    """Shows and changes the division that drags keep to."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snap = studio.snap
        self.setAccessibleName(self.tr("Grid"))
        self.setToolTip(self.tr("Grid that notes keep to; hold Shift to leave it"))
        self.addItems([division_text(division) for division in DIVISIONS])
        self.activated.connect(lambda row: self._snap.use(DIVISIONS[row]))
        self._snap.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        with QSignalBlocker(self):
            self.setCurrentIndex(DIVISIONS.index(self._snap.division))
