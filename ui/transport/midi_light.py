"""A light that shows when a MIDI port is played, and says which ports there are."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.shared.studio import Studio

LIT_MS: Final = 150
DOT_PX: Final = 10


class MidiLight(QWidget):
    """A dot: a ring without ports, filled with some, bright when a note begins on one."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._midi = studio.look, studio.midi
        self._last_port = ""
        self._fade = QTimer(self, singleShot=True, interval=LIT_MS)
        self._fade.timeout.connect(self.update)
        self.setFixedSize(self.sizeHint())
        self.setAccessibleName(self.tr("MIDI input"))
        self._look.changed.connect(self.update)
        self._midi.ports_changed.connect(self._show_ports)
        self._midi.played.connect(self._light)
        self._show_ports()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(DOT_PX + 8, 28)

    @property
    def is_lit(self) -> bool:
        """Return whether a note began a moment ago."""
        return self._fade.isActive()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dim, good = self._look.colour("text_dim"), self._look.colour("good")
        listens = any(port.enabled for port in self._midi.ports)
        painter.setPen(QPen(good if self.is_lit else dim, 1))
        if listens:
            painter.setBrush(good if self.is_lit else self._look.colour("text_dim", 0.4))
        dot = QRectF(0, 0, DOT_PX, DOT_PX)
        dot.moveCenter(QRectF(self.rect()).center())
        painter.drawEllipse(dot)

    def _light(self, port: str) -> None:
        self._last_port = port
        self._fade.start()
        self._show_ports()

    def _show_ports(self) -> None:
        self.setToolTip("\n".join(self._lines()))
        self.setAccessibleDescription(self.toolTip())
        self.update()

    def _lines(self) -> list[str]:
        ports = [port for port in self._midi.ports if port.enabled]
        if not ports:
            return [self.tr("No MIDI input")]
        names = ", ".join(port.name for port in ports)
        lines = [self.tr("MIDI input: {names}").format(names=names)]
        if self._last_port:
            lines.append(self.tr("Played last: {name}").format(name=self._last_port))
        bad = (port for port in ports if port.trouble)
        tr = self.tr
        return lines + [
            tr("{name} cannot be opened: {why}").format(name=p.name, why=p.trouble) for p in bad
        ]
