"""The preferences of MIDI: which ports are listened to, and how late they are."""

from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop.session.midi_input import MAX_LATENCY_MS, MidiPort
from ui.dialogs.dialog import named
from ui.dialogs.page import Page
from ui.shared.controls import NumberField
from ui.shared.controls_number import Number
from ui.shared.studio import Studio

MOST: Final = MAX_LATENCY_MS
LATENCY: Final = Number(-MOST, MOST, 0.0, step=1, fine=0.1, decimals=1, unit="ms")
LIT_MS: Final = 300
PORT: Final = Qt.ItemDataRole.UserRole
LIST_HEIGHT: Final = 128


class MidiPage(Page):
    """A port has a tick while it is listened to, and shines while it is played."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._midi, self._look = studio.midi, studio.look
        tr = self.tr
        tip = tr("Space, or a click on the box, listens to a port or not")
        self.ports = named(QListWidget(), tr("MIDI inputs"), tip)
        self.ports.setFixedHeight(LIST_HEIGHT)
        tip = tr("How much earlier than heard from the port a recorded note is put")
        self.latency = NumberField(LATENCY, tr("Latency of MIDI inputs"), tip)
        self.latency.set_value(self._midi.latency_ms)
        self.row(tr("Inputs"), self.ports)
        self.none = self.note(tr("No MIDI input yet; one that is plugged in appears here."))
        self.row(tr("Latency"), self.latency)
        self.note(tr("Recorded notes that come late on every port are put right by it."))
        self._fade = QTimer(self, singleShot=True, interval=LIT_MS)
        self._fade.timeout.connect(self._show)
        self.ports.itemChanged.connect(self._listen)
        self.latency.committed.connect(self._set_latency)
        self._midi.ports_changed.connect(self._show)
        self._midi.played.connect(self._light)
        self._look.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        ports = self._midi.ports
        with QSignalBlocker(self.ports):
            while self.ports.count() > len(ports):
                self.ports.takeItem(self.ports.count() - 1)
            for row, port in enumerate(ports):
                if row == self.ports.count():
                    self.ports.addItem(QListWidgetItem())
                self._fill(self.ports.item(row), port)
        self.none.setVisible(not ports)

    def _fill(self, item: QListWidgetItem, port: MidiPort) -> None:
        bad = self.tr("{name} cannot be opened: {why}").format(name=port.name, why=port.trouble)
        item.setText(bad if port.trouble else port.name)
        item.setToolTip(item.text())
        item.setData(PORT, port.name)
        state = Qt.CheckState.Checked if port.enabled else Qt.CheckState.Unchecked
        item.setCheckState(state)
        item.setForeground(self._look.colour("warn" if port.trouble else "text"))

    def _light(self, name: str) -> None:
        with QSignalBlocker(self.ports):
            for row in range(self.ports.count()):
                if self.ports.item(row).data(PORT) == name:
                    self.ports.item(row).setForeground(self._look.colour("good"))
        self._fade.start()

    def _listen(self, item: QListWidgetItem) -> None:
        self._midi.set_enabled(item.data(PORT), item.checkState() == Qt.CheckState.Checked)

    def _set_latency(self, latency_ms: float) -> None:
        self._midi.set_latency_ms(latency_ms)
        self.latency.set_value(self._midi.latency_ms)
