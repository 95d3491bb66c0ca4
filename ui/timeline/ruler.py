"""The ruler: bars and beats, time, the loop, the playhead."""

from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.shared.readings import position_text, time_text
from ui.timeline.arrangement import Arrangement
from ui.timeline.arrays import rectangles
from ui.timeline.grid_lines import Lines, lines, seconds
from ui.timeline.looping import LoopDrag, loop_zone
from ui.timeline.pointing import say_status
from ui.timeline.rectangles import fill
from ui.timeline.sheet import Scaled
from ui.timeline.wheel import turn_wheel

LOOP_PX: Final = 8
BARS_PX: Final = 18
TIME_PX: Final = 16
HEIGHT_PX: Final = LOOP_PX + BARS_PX + TIME_PX
START_PX: Final = 4
WORD_PX: Final = 44


class Ruler(QWidget):
    """A click moves the playhead, a drag makes the loop, a drag of the loop's bar changes it."""

    def __init__(self, arrangement: Arrangement, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._arrangement, self._transport = arrangement, arrangement.transport
        self._drag: LoopDrag | None = None
        self._pressed_x: float | None = None
        self.setAccessibleName(self.tr("Ruler"))
        self.setToolTip(self.tr("Click to move the playhead; drag to loop. Shift: off the grid"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFixedHeight(HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        arrangement.changed.connect(self.update)
        self._transport.moved.connect(self.update)

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter, look = QPainter(self), self._arrangement.studio.look
        painter.fillRect(event.rect(), look.colour("panel"))
        view = self._arrangement.view(0, self.width())
        # A number that begins left of the view may reach into it.
        before = view.start - 64 / view.pixels_per_tick
        wider = Scaled(view.left, view.pixels_per_tick, before, view.end)
        division = self._arrangement.studio.snap.division
        found = lines(self._arrangement.tempo_map, wider, division)
        font = painter.font()
        font.setPixelSize(look.label_px)
        painter.setFont(font)
        self._paint_loop(painter)
        self._paint_bars(painter, found, view)
        self._paint_seconds(painter, view)
        painter.fillRect(0, HEIGHT_PX - 1, self.width(), 1, look.colour("line"))
        self._paint_playhead(painter)
        painter.end()

    def _paint_loop(self, painter: QPainter) -> None:
        look, loop = self._arrangement.studio.look, self._transport.loop
        painter.fillRect(0, 0, self.width(), LOOP_PX, look.colour("well"))
        if loop is not None:
            left, right = (self._arrangement.scale.x(tick) for tick in loop)
            role = "accent" if self._transport.loops else "text_dim"
            painter.fillRect(QRectF(left, 1, max(2, right - left), LOOP_PX - 2), look.colour(role))
            if self._transport.loops:
                below = QRectF(left, LOOP_PX, right - left, HEIGHT_PX - LOOP_PX)
                painter.fillRect(below, look.colour("accent", 0.12))

    def _paint_bars(self, painter: QPainter, found: Lines, view: Scaled) -> None:
        look, below = self._arrangement.studio.look, LOOP_PX + BARS_PX
        bars, counts = np.rint(view(found.bars)), np.rint(view(found.counts))
        fill(painter, rectangles(bars, below - 7, 1, 6), look.colour("text_dim"))
        fill(painter, rectangles(counts, below - 4, 1, 3), look.colour("grid_bar"))
        painter.setPen(look.colour("text"))
        for tick, number in found.labels:
            x = round(self._arrangement.scale.x(tick))
            painter.drawText(QPointF(x + 4, LOOP_PX + 12), str(number))
            painter.fillRect(x, LOOP_PX, 1, BARS_PX - 1, look.colour("text_dim"))
        self._paint_counts(painter, found, view)

    def _paint_counts(self, painter: QPainter, found: Lines, view: Scaled) -> None:
        """Name the beats too, as 5.2, where there is room."""
        ticks = found.counts
        if len(ticks) < 2 or np.diff(ticks).min() * view.pixels_per_tick < WORD_PX:
            return
        painter.setPen(self._arrangement.studio.look.colour("text_dim"))
        for tick in ticks.tolist():
            place = self._arrangement.tempo_map.tick_to_position(int(tick))
            x = round(self._arrangement.scale.x(tick))
            painter.drawText(QPointF(x + 4, LOOP_PX + 12), f"{place.bar}.{place.beat}")

    def _paint_seconds(self, painter: QPainter, view: Scaled) -> None:
        look, top = self._arrangement.studio.look, LOOP_PX + BARS_PX
        painter.fillRect(0, top - 1, self.width(), 1, look.colour("line"))
        painter.setPen(look.colour("text_dim"))
        for tick, text in seconds(self._arrangement.tempo_map, view):
            x = round(self._arrangement.scale.x(tick))
            painter.fillRect(x, top, 1, TIME_PX, look.colour("grid_bar"))
            painter.drawText(QPointF(x + 4, top + 12), text)

    def _paint_playhead(self, painter: QPainter) -> None:
        x = round(self._arrangement.scale.x(self._transport.tick)) + 0.5
        corners = (
            QPointF(x - 5, HEIGHT_PX - 8),
            QPointF(x + 5, HEIGHT_PX - 8),
            QPointF(x, HEIGHT_PX - 1),
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._arrangement.studio.look.colour("playhead"))
        painter.drawPolygon(QPolygonF(corners))

    # Pointing

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed_x = event.position().x()
        self._drag = LoopDrag(self._arrangement, self._pressed_x, self._zone(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._drag is None or self._pressed_x is None:
            self._point(event)
        elif self._drag.began or abs(event.position().x() - self._pressed_x) >= START_PX:
            self._drag.move(event.position().x(), free=_is_free(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        drag, self._drag = self._drag, None
        if drag is not None and not drag.began:
            tick = self._arrangement.scale.tick(event.position().x())
            self._transport.go_to(self._arrangement.grid.near(tick, _is_free(event)))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._zone(event) is not None:
            self._transport.set_loop(self._transport.loop, not self._transport.loops)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape and self._drag is not None:
            drag, self._drag = self._drag, None
            drag.cancel()
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        super().leaveEvent(event)
        say_status(self, "")

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        turn_wheel(self._arrangement, event)

    def _zone(self, event: QMouseEvent) -> str | None:
        if event.position().y() >= LOOP_PX:
            return None
        return loop_zone(self._arrangement, event.position().x())

    def _point(self, event: QMouseEvent) -> None:
        zone, shapes = self._zone(event), Qt.CursorShape
        kinds = {"start": shapes.SizeHorCursor, "end": shapes.SizeHorCursor}
        self.setCursor(kinds.get(zone or "", shapes.OpenHandCursor if zone else shapes.ArrowCursor))
        tick = self._arrangement.scale.tick(event.position().x())
        tempo_map = self._arrangement.tempo_map
        where = f"{position_text(tempo_map, tick)}  {time_text(tempo_map, tick)}"
        text = self.tr("Drag to move or resize the loop; double-click: on or off")
        say_status(self, f"{where}   {text if zone else self.toolTip()}")


def _is_free(event: QMouseEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
