"""The bars above the notes: click to move the playhead."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.piano_roll.painting import Field, visible_lines
from ui.piano_roll.roll import Roll
from ui.piano_roll.view import turn_wheel

HEIGHT_PX: Final = 24


class Ruler(QWidget):
    """Bar numbers, the loop and the playhead over the roll's time scale."""

    def __init__(self, roll: Roll, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roll = roll
        self.setAccessibleName(self.tr("Bars"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setToolTip(self.tr("Bars. Click to move the playhead; Shift leaves the grid"))
        self.setFixedHeight(HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        transport = roll.studio.transport
        for signal in (roll.changed, transport.moved, transport.loop_changed):
            signal.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the ruler."""
        painter = QPainter(self)
        field = Field(painter, self._roll, QSizeF(self.size()))
        painter.fillRect(event.rect(), field.colour("panel"))
        self._paint_loop(field)
        found, scale = visible_lines(self._roll, self.width()), self._roll.scale
        font = painter.font()
        font.setPixelSize(11)
        painter.setFont(font)
        for tick, number in found.bars:
            x = round(scale.x(tick))
            painter.fillRect(QRectF(x, 8, 1, HEIGHT_PX), field.colour("text_dim", 0.6))
            painter.setPen(field.colour("text_dim"))
            painter.drawText(QPointF(x + 4, 15), str(number))
        for tick in found.beats.tolist():
            painter.fillRect(QRectF(round(scale.x(tick)), 19, 1, 5), field.colour("grid_bar"))
        painter.fillRect(QRectF(0, HEIGHT_PX - 1, self.width(), 1), field.colour("line"))
        self._paint_playhead(field)
        painter.end()

    def _paint_loop(self, field: Field) -> None:
        transport, scale = self._roll.studio.transport, self._roll.scale
        if transport.loop is not None:
            left, right = (scale.x(tick) for tick in transport.loop)
            role = "accent" if transport.loops else "text_dim"
            field.painter.fillRect(QRectF(left, 0, right - left, 4), field.colour(role, 0.8))

    def _paint_playhead(self, field: Field) -> None:
        x = round(self._roll.scale.x(self._roll.studio.transport.tick)) + 0.5
        bottom = HEIGHT_PX - 1
        corners = (QPointF(x - 5, bottom - 7), QPointF(x + 5, bottom - 7), QPointF(x, bottom))
        field.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        field.painter.setPen(Qt.PenStyle.NoPen)
        field.painter.setBrush(field.colour("playhead"))
        field.painter.drawPolygon(QPolygonF(corners))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Move the playhead here."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Move the playhead along."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Scroll or zoom time."""
        if not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            turn_wheel(self._roll, self, event)

    def _go(self, event: QMouseEvent) -> None:
        tick = self._roll.scale.tick(event.position().x())
        if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            tick = self._roll.division.nearest(self._roll.tempo_map, tick)
        if self._roll.step_tick is not None:
            self._roll.step_to(round(tick))
        self._roll.studio.transport.go_to(tick)
