"""The grid that drags keep to."""

from PySide6.QtCore import QCoreApplication, QSignalBlocker
from PySide6.QtWidgets import QComboBox

from ui.shared.snap import DIVISIONS, division_text
from ui.shared.studio import Studio


def _tr(text: str) -> str:
    return QCoreApplication.translate("SnapField", text)


class SnapField(QComboBox):
    """Chooses the division; the action `transport.snap` turns it off and on again."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._snap = studio.snap
        self._last = self._snap.division
        self.setAccessibleName(_tr("Snap"))
        self.setToolTip(_tr("Grid that drags keep to; hold Shift to leave it"))
        for division in DIVISIONS:
            self.addItem(division_text(division))
        self.currentIndexChanged.connect(lambda row: self._snap.use(DIVISIONS[row]))
        self._snap.changed.connect(self._show)
        text = _tr("Snap on or off")
        studio.actions.add("transport.snap", "transport", text, self._toggle, "N")
        self._show()

    def _toggle(self) -> None:
        off = DIVISIONS[-1]
        if self._snap.division != off:
            self._last = self._snap.division
            self._snap.use(off)
        else:
            self._snap.use(self._last if self._last != off else DIVISIONS[0])

    def _show(self) -> None:
        with QSignalBlocker(self):
            self.setCurrentIndex(DIVISIONS.index(self._snap.division))
