"""The field of notes: what is drawn, and which drag the pointer begins."""

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.piano_roll.drags import Drag, begin_drag
from ui.piano_roll.gestures import Place
from ui.piano_roll.layer import Layer
from ui.piano_roll.painting import Field, paint_ground, paint_notes
from ui.piano_roll.pointing import cursor, hint, spot_at
from ui.piano_roll.roll import Roll
from ui.piano_roll.status import say_status

WHEEL_STEP = 120


class NoteView(QWidget):
    """The notes of the clip over time and pitch."""

    menu_wanted = Signal(object)  # the global QPoint at which a menu is asked for

    def __init__(self, roll: Roll, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roll = roll
        self._ground = Layer(self, roll, paint_ground)
        self._drag: Drag | None = None
        self._playhead_x = -1
        self.setAccessibleName(self.tr("Notes"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(160, 60)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        roll.changed.connect(self._ground.forget)
        roll.dragged.connect(self.update)
        roll.tool_changed.connect(self.unsetCursor)
        roll.studio.transport.moved.connect(self._move_playhead)

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the part of the view that changed."""
        painter = QPainter(self)
        self._ground.show(painter, event.rect())
        field = Field(painter, self._roll, QSizeF(self.size()))
        if (preview := self._roll.preview) is not None:
            paint_notes(field, preview.shown, np.ones(len(preview.shown), bool))
        if self._drag is not None and (band := self._drag.band) is not None:
            painter.fillRect(band, field.colour("selection", 0.18))
            painter.setPen(field.colour("selection"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(band)
        self._paint_carets(field)
        painter.end()

    def _paint_carets(self, field: Field) -> None:
        height = self.height()
        if (step := self._roll.step_tick) is not None:
            x = round(self._roll.scale.x(step))
            field.painter.fillRect(QRect(x - 1, 0, 2, height), field.colour("record"))
        self._playhead_x = round(self._roll.scale.x(self._roll.studio.transport.tick))
        field.painter.fillRect(QRect(self._playhead_x, 0, 1, height), field.colour("playhead"))

    def _move_playhead(self, tick: float) -> None:
        x = round(self._roll.scale.x(tick))
        if x != self._playhead_x:
            self.update(self._playhead_x, 0, 1, self.height())
            self.update(x, 0, 1, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep the rows within the view."""
        super().resizeEvent(event)
        pitches = self._roll.pitches
        pitches.scroll_to(pitches.top_px, self.height())

    # Pointing

    def place(self, at: QPointF, keys: Qt.KeyboardModifier) -> Place:
        """Return the place in the notes at a point of the view."""
        return Place(
            self._roll.scale.tick(at.x()),
            self._roll.pitches.pitch(at.y()),
            free=bool(keys & Qt.KeyboardModifier.ShiftModifier),
            copies=bool(keys & Qt.KeyboardModifier.ControlModifier),
            value=-at.y(),  # Alt: a pixel is a step of velocity
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begin what the tool and the place call for."""
        if self._drag is not None or self._roll.clip is None:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._drag = self._begun(event)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Draw a note, or erase the one that is there."""
        if event.button() == Qt.MouseButton.LeftButton and self._roll.clip is not None:
            self._drag = self._begun(event, twice=True)
            self.update()

    def _begun(self, event: QMouseEvent, *, twice: bool = False) -> Drag | None:
        place = self.place(event.position(), event.modifiers())
        return begin_drag(self._roll, event, place, self.height(), twice=twice)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Go on with the drag, or say what one would do here."""
        place = self.place(event.position(), event.modifiers())
        if self._drag is None:
            spot = spot_at(self._roll, event.position())
            self.setCursor(cursor(self._roll.tool, spot, event.modifiers()))
            say_status(self, hint(self._roll, spot, place))
            return
        self._scroll_along(event.position())
        self._drag.move(event, self.place(event.position(), event.modifiers()))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """End the drag: what it shows becomes a step."""
        drag, self._drag = self._drag, None
        if drag is not None:
            drag.end(self.place(event.position(), event.modifiers()))
            if drag.asks_menu:
                self.menu_wanted.emit(event.globalPosition().toPoint())
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Show the menu for the menu key; the mouse's comes when a right click did not drag."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.menu_wanted.emit(self.mapToGlobal(self.rect().center()))
        event.accept()

    def cancel(self) -> bool:
        """Give up the drag that lasts; return whether there was one."""
        had, self._drag = self._drag is not None, None
        if had:
            self._roll.show_preview(None)
        return had

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Escape gives up a drag, or the selection."""
        if event.key() == Qt.Key.Key_Escape:
            if not self.cancel():
                self._roll.choose(frozenset())
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Say nothing about places any more."""
        super().leaveEvent(event)
        say_status(self, "")

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Scroll, or zoom around the pointer."""
        turn_wheel(self._roll, self, event)

    def _scroll_along(self, at: QPointF) -> None:
        scale, pitches = self._roll.scale, self._roll.pitches
        aside = min(0.0, at.x()) + max(0.0, at.x() - self.width())
        if aside:
            scale.scroll_to(scale.left_tick + aside / 4 / scale.pixels_per_tick)
        below = min(0.0, at.y()) + max(0.0, at.y() - self.height())
        if below:
            pitches.scroll_to(pitches.top_px + below / 4, self.height())


def turn_wheel(roll: Roll, widget: QWidget, event: QWheelEvent) -> None:
    """Scroll pitches, or time with Shift; zoom time with Ctrl, pitches with Ctrl+Shift or Alt."""
    keys, delta = event.modifiers(), event.angleDelta()
    turns = (delta.y() or delta.x()) / WHEEL_STEP  # with Alt, Qt turns the wheel sideways
    ctrl = bool(keys & Qt.KeyboardModifier.ControlModifier)
    shift = bool(keys & Qt.KeyboardModifier.ShiftModifier)
    if (ctrl and shift) or keys & Qt.KeyboardModifier.AltModifier:
        roll.pitches.zoom(1.15**turns, event.position().y(), widget.height())
    elif ctrl:
        roll.scale.zoom(1.25**turns, event.position().x())
    elif shift or (delta.x() and not delta.y()):
        roll.scale.scroll_to(roll.scale.left_tick - turns * 80 / roll.scale.pixels_per_tick)
    else:
        roll.pitches.scroll_to(roll.pitches.top_px - turns * 48, widget.height())
    event.accept()
