"""The master's strip: the sum's meter, and its loudest peak."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.document.song import MIN_GAIN_DB
from ui.shared.controls_fader import KNOB_HEIGHT, Marks
from ui.shared.controls_meter import Meter
from ui.shared.panel import dim
from ui.shared.studio import Studio

MASTER = -1  # the track id under which the engine reports the sum
MASTER_WIDTH = 112


class Master(QFrame):
    """What leaves the program, in dBFS. The sum has no gain of its own."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(MASTER_WIDTH)
        self.setAccessibleName(self.tr("Master"))
        self.meter = Meter(studio.look, self.tr("Meter of the master"), KNOB_HEIGHT // 2)
        self.meter.setFixedWidth(24)
        self.peak = QLabel()
        self.peak.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.peak.setToolTip(self.tr("Highest peak of the sum since the meter was reset"))
        self.peak.setAccessibleName(self.tr("Highest peak"))
        name = QLabel(self.tr("Master"))
        name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(Marks(studio.look))
        row.addWidget(self.meter)
        row.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        column.addWidget(name)
        column.addLayout(row, 1)
        unit = dim(self.tr("highest peak"))
        unit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.peak)
        column.addWidget(unit)
        self.take(0.0, 0.0)

    def take(self, peak: float, rms: float) -> None:
        """Show linear levels."""
        self.meter.take(peak, rms)
        highest = self.meter.levels.highest_db
        text = f"{highest:.1f} dBFS" if highest > MIN_GAIN_DB else "-inf dBFS"
        if text != self.peak.text():
            self.peak.setText(text)
