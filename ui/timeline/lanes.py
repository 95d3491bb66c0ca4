"""The lanes: what is drawn, and which drag the pointer begins."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.document.song import Clip
from ui.timeline.arrangement import Arrangement
from ui.timeline.commands import Commands
from ui.timeline.dragging_out import DraggingOut
from ui.timeline.drags import Drag, begin_drag, spot_at
from ui.timeline.gestures import Place
from ui.timeline.lane_drags import begin_lane_drag
from ui.timeline.lane_spots import LaneSpot, lane_at
from ui.timeline.painting import paint_lanes
from ui.timeline.pointing import cursor, hint, lane_cursor, lane_hint, say_status
from ui.timeline.pulses import Pulses
from ui.timeline.spots import Spot
from ui.timeline.wheel import turn_wheel


class Lanes(QWidget):
    """Clips and regions over time, a row for each track."""

    menu_wanted = Signal(object, object)  # the Spot or LaneSpot or None, and the global QPoint

    def __init__(
        self, arrangement: Arrangement, commands: Commands, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._arrangement, self._commands = arrangement, commands
        self.addActions(commands.of_lanes)
        self._ground: QPixmap | None = None
        self._drag: Drag | None = None
        self.out, self.pulses = DraggingOut(arrangement, self), Pulses(arrangement, self)
        self._playhead_x = -1
        self.drop_x: int | None = None  # where a file would be dropped
        self.setAccessibleName(self.tr("Lanes of the tracks"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(160, 48)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        arrangement.changed.connect(self._forget)
        arrangement.tool_changed.connect(self.unsetCursor)
        arrangement.transport.moved.connect(self._move_playhead)

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        ground = self._drawn()
        painter = QPainter(self)
        dpr, part = ground.devicePixelRatio(), QRectF(event.rect())
        source = QRectF(part.topLeft() * dpr, part.size() * dpr)
        painter.drawPixmap(part, ground, source)
        self.pulses.paint(painter)
        look = self._arrangement.studio.look
        if self._drag is not None and (band := self._drag.band) is not None:
            painter.fillRect(band, look.colour("selection", 0.18))
            painter.setPen(look.colour("selection"))
            painter.drawRect(band)
        if self.drop_x is not None:
            painter.fillRect(QRect(self.drop_x - 1, 0, 2, self.height()), look.colour("accent"))
        self._playhead_x = round(self._arrangement.scale.x(self._arrangement.transport.tick))
        painter.fillRect(QRect(self._playhead_x, 0, 1, self.height()), look.colour("playhead"))
        if self.hasFocus():
            painter.setPen(look.colour("accent"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _drawn(self) -> QPixmap:
        dpr, size = self.devicePixelRatioF(), QSizeF(self.size())
        kept = self._ground
        if kept is None or kept.devicePixelRatio() != dpr or kept.size() != (size * dpr).toSize():
            self._ground = kept = QPixmap((size * dpr).toSize())
            kept.setDevicePixelRatio(dpr)
            painter = QPainter(kept)
            painter.setFont(self.font())
            paint_lanes(painter, self._arrangement, size)
            painter.end()
        return kept

    def _forget(self) -> None:
        self._ground = None
        self.update()

    def _move_playhead(self, tick: float) -> None:
        x = round(self._arrangement.scale.x(tick))
        if x != self._playhead_x:
            self.update(self._playhead_x, 0, 1, self.height())
            self.update(x, 0, 1, self.height())

    def show_drop(self, x: int | None) -> None:
        """Show where a file would be dropped."""
        if x != self.drop_x:
            self.drop_x = x
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._arrangement.view_px = (self.width(), self.height())
        self._arrangement.scroll_rows(self._arrangement.top_px)
        self._arrangement.rows_changed.emit()

    # Pointing

    def place(self, at: QPointF, keys: Qt.KeyboardModifier) -> Place:
        """Return the place in the song at a point of the lanes."""
        return Place(
            self._arrangement.scale.tick(at.x()),
            self._arrangement.rows.nearest(at.y() + self._arrangement.top_px),
            free=bool(keys & Qt.KeyboardModifier.ShiftModifier),
            copies=bool(keys & Qt.KeyboardModifier.ControlModifier),
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._drag is not None:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        place = self.place(event.position(), event.modifiers())
        lane = lane_at(self._arrangement, event.position())
        if lane is not None:
            self._drag = begin_lane_drag(self._arrangement, event, place, lane)
            return
        self._arrangement.unfolding.choose(None)
        self._drag = begin_drag(self._arrangement, event, place)
        if event.button() == Qt.MouseButton.RightButton:
            self._choose_under(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if lane_at(self._arrangement, event.position()) is not None:
            self.mousePressEvent(event)  # of quick clicks on a star, each counts
            return
        spot = spot_at(self._arrangement, event.position())
        place = self.place(event.position(), event.modifiers())
        if spot is None:
            self._commands.tracks.add()
        elif isinstance(spot.part, Clip):
            self._arrangement.open_clip(spot.part.id)
        elif spot.part is None:
            self._commands.add_at(place, region=spot.among_regions)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        place = self.place(event.position(), event.modifiers())
        if self._drag is None:
            self._point(event, place)
            return
        if self._drag.carries and self.out.has_left(event.globalPosition().toPoint()):
            self._carry_out()
            return
        self._scroll_along(event.position())
        self._drag.move(event, self.place(event.position(), event.modifiers()))
        self.update()

    def _point(self, event: QMouseEvent, place: Place) -> None:
        lane = lane_at(self._arrangement, event.position())
        if lane is not None:
            self.setCursor(lane_cursor(lane))
            say_status(self, lane_hint(self._arrangement, lane, place.tick))
            return
        spot = spot_at(self._arrangement, event.position())
        self.setCursor(cursor(self._arrangement, spot, event.modifiers()))
        say_status(self, hint(self._arrangement, spot, place.tick))

    def _carry_out(self) -> None:
        self._drag = None
        self._arrangement.session.cancel_preview()
        self.out.drag(self._arrangement.selection.parts)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        drag, self._drag = self._drag, None
        if drag is not None:
            drag.end(self.place(event.position(), event.modifiers()))
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        at = self.rect().center() if by_key else event.pos()
        self.menu_wanted.emit(None if by_key else self._under(QPointF(at)), self.mapToGlobal(at))
        event.accept()

    def _under(self, at: QPointF) -> Spot | LaneSpot | None:
        return lane_at(self._arrangement, at) or spot_at(self._arrangement, at)

    def cancel(self) -> bool:
        """Give up the drag that lasts; return whether there was one."""
        had, self._drag = self._drag is not None, None
        if had:
            self._arrangement.session.cancel_preview()
            self.update()
        return had

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape:
            if self.cancel():
                return
            if self._arrangement.lane is not None:
                self._arrangement.leave_lanes()
            else:
                self._arrangement.choose(frozenset())
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        super().leaveEvent(event)
        say_status(self, "")

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        turn_wheel(self._arrangement, event)

    def _choose_under(self, at: QPointF) -> None:
        spot = spot_at(self._arrangement, at)
        if spot is not None and spot.part is not None:
            chosen = self._arrangement.selection.parts
            kept = chosen if spot.part.id in chosen else frozenset({spot.part.id})
            self._arrangement.choose(kept, spot.track.id)
        elif spot is not None:
            self._arrangement.choose_track(spot.track.id)

    def _scroll_along(self, at: QPointF) -> None:
        scale = self._arrangement.scale
        aside = min(0.0, at.x()) + max(0.0, at.x() - self.width())
        if aside:
            scale.scroll_to(scale.left_tick + aside / 4 / scale.pixels_per_tick)
        below = min(0.0, at.y()) + max(0.0, at.y() - self.height())
        if below:
            self._arrangement.scroll_rows(self._arrangement.top_px + below / 4)
