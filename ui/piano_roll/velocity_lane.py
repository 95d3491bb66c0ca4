"""The velocities as lollipops under the notes: drag a head, or draw a line across several."""

from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.piano_roll import colours
from ui.piano_roll.columns import Columns, Ints, Mask
from ui.piano_roll.gestures import Gesture, Place, Velocity, VelocityLine
from ui.piano_roll.layer import Layer
from ui.piano_roll.painting import Field, paint_lines
from ui.piano_roll.rectangles import Floats, Rects, distinct, fill, inset, rectangles
from ui.piano_roll.roll import Roll
from ui.piano_roll.status import say_status
from ui.piano_roll.view import turn_wheel

HEAD_PX: Final = 7.0
MARGIN_PX: Final = 6.0
REACH_PX: Final = 7.0


class VelocityLane(QWidget):
    """The velocity, 1..127, of each note at its start."""

    def __init__(self, roll: Roll, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roll = roll
        self._ground = Layer(self, roll, self._paint_ground)
        self._gesture: Gesture | None = None
        self._line: tuple[QPointF, QPointF] | None = None
        self.setAccessibleName(self.tr("Velocities"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(40)
        roll.changed.connect(self._ground.forget)
        roll.dragged.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return a height at which single steps can be told apart."""
        return QSize(400, 72)

    def value(self, y: float) -> float:
        """Return the velocity at a height, 1..127."""
        share = (self.height() - MARGIN_PX - y) / max(1.0, self.height() - 2 * MARGIN_PX)
        return 1 + 126 * min(1.0, max(0.0, share))

    def heads_y(self, velocities: Ints) -> Floats:
        """Return the heights at which the heads stand."""
        share = (velocities - 1) / 126
        return self.height() - MARGIN_PX - share * (self.height() - 2 * MARGIN_PX)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        self._ground.show(painter, event.rect())
        if (preview := self._roll.preview) is not None:
            field = Field(painter, self._roll, QSizeF(self.size()))
            self._paint_notes(field, preview.shown, np.ones(len(preview.shown), bool))
        if self._line is not None:
            painter.setPen(self._roll.studio.look.colour("accent"))
            painter.drawLine(*self._line)
        painter.end()

    def _paint_ground(self, field: Field) -> None:
        field.painter.fillRect(self.rect(), field.colour("panel"))
        paint_lines(field)
        half = round(self.heads_y(np.array([64]))[0])
        field.painter.fillRect(QRectF(0, half, self.width(), 1), field.colour("grid_beat"))
        field.painter.fillRect(QRectF(0, 0, self.width(), 1), field.colour("line"))
        notes, chosen, preview = self._roll.notes, self._roll.chosen, self._roll.preview
        if preview is not None:
            notes, chosen = notes.where(~preview.hidden), chosen[~preview.hidden]
        self._paint_notes(field, notes, chosen)

    def _paint_notes(self, field: Field, notes: Columns, chosen: Mask) -> None:
        track = self._roll.track
        if track is None:
            return
        seen = (notes.starts >= field.start - 64) & (notes.starts <= field.end)
        notes, chosen = notes.where(seen), chosen[seen]
        scale = self._roll.scale
        x = np.rint((notes.starts - scale.left_tick) * scale.pixels_per_tick)
        y = np.rint(self.heads_y(notes.velocities))
        shades = colours.by_velocity(self._roll.studio.look.colours, track.colour)
        steps = notes.velocities * colours.VELOCITY_STEPS // 128
        for step in np.unique(steps[~chosen]).tolist():
            self._lollipops(field, x, y, ~chosen & (steps == step), shades[step])
        heads = self._lollipops(field, x, y, chosen, field.colour("text"))
        fill(field.painter, inset(heads, 2), shades[-1])

    def _lollipops(self, field: Field, x: Floats, y: Floats, chosen: Mask, colour: QColor) -> Rects:
        x, y = x[chosen], y[chosen]
        heads = rectangles(x - HEAD_PX // 2, y - HEAD_PX // 2, HEAD_PX, HEAD_PX)
        once = distinct(heads)
        x, y, heads = x[once], y[once], np.ascontiguousarray(heads[once])
        fill(field.painter, rectangles(x, y, 1, self.height() - y), colour)
        fill(field.painter, heads, colour)
        return heads

    # Pointing

    def _place(self, event: QMouseEvent) -> Place:
        at = event.position()
        return Place(self._roll.scale.tick(at.x()), 0, value=self.value(at.y()))

    def _head_at(self, at: QPointF) -> int | None:
        notes = self._roll.notes
        x = (notes.starts - self._roll.scale.left_tick) * self._roll.scale.pixels_per_tick
        away = np.maximum(abs(x - at.x()), abs(self.heads_y(notes.velocities) - at.y()))
        away = away - self._roll.chosen * 0.5  # of two heads in one place, the chosen
        if not len(away) or away.min() > REACH_PX:
            return None
        return int(away.argmin())

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Take a head, or begin a line."""
        if event.button() != Qt.MouseButton.LeftButton or self._roll.clip is None:
            return
        row, place = self._head_at(event.position()), self._place(event)
        if row is None:
            self._line = (event.position(), event.position())
            self._gesture = VelocityLine(self._roll.surroundings(), place)
            return
        if not self._roll.chosen[row]:
            self._roll.choose(frozenset({int(self._roll.notes.ids[row])}))
        self._gesture = Velocity(self._roll.surroundings(), place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Go on with the drag, or say what one would do."""
        if self._gesture is None:
            self._say(event)
            return
        if self._line is not None:
            self._line = (self._line[0], event.position())
        self._roll.show_preview(self._gesture(self._place(event)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Make the velocities that are shown a step."""
        gesture, self._gesture, self._line = self._gesture, None, None
        if gesture is not None and self._roll.preview is not None:
            name = self.tr("Change velocity of notes")
            self._roll.commit(name, gesture(self._place(event)), choose=False)
        self.update()

    def cancel(self) -> bool:
        """Give up the drag that lasts; return whether there was one."""
        had, self._gesture, self._line = self._gesture is not None, None, None
        if had:
            self._roll.show_preview(None)
        return had

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Escape gives up a drag."""
        if event.key() != Qt.Key.Key_Escape or not self.cancel():
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Scroll or zoom time."""
        if event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        ):
            turn_wheel(self._roll, self, event)

    def _say(self, event: QMouseEvent) -> None:
        row = self._head_at(event.position())
        self.setCursor(Qt.CursorShape.CrossCursor if row is None else Qt.CursorShape.SizeVerCursor)
        if row is None:
            value = round(self.value(event.position().y()))
            text = self.tr("Velocity {0}   Drag to draw a line of velocities").format(value)
        else:
            value = int(self._roll.notes.velocities[row])
            text = self.tr("Velocity {0}   Drag to change it").format(value)
        say_status(self, text)
