"""A fader, in dB."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from ui.shared.controls import SETTLED_MS
from ui.shared.controls_number import GAIN, db_to_share, share_to_db
from ui.shared.theme import Look

KNOB_HEIGHT: Final = 24
MARKS_DB: Final = (6, 0, -10, -20, -30, -40, -60)
MARKS_WIDTH: Final = 26
FINE: Final = 0.1  # of the way that the pointer goes


class Fader(QWidget):
    """Drag, turn the wheel, press up and down; Shift is fine, a double-click resets to 0 dB."""

    previewed = Signal(object)  # float, dB
    committed = Signal(object)
    cancelled = Signal()

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value = 0.0
        self._look = look
        self._pending: float | None = None
        self._share = 0.0
        self._pressed_y: float | None = None
        self._settled = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settled.timeout.connect(self._settle)
        self.setAccessibleName(name)
        self.setToolTip(self.tr("{name}: drag or turn the wheel, Shift fine").format(name=name))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(96)
        self.setFixedWidth(MARKS_WIDTH + 24)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(MARKS_WIDTH + 24, 180)

    def set_value(self, gain_db: float) -> None:
        """Stand at `gain_db`."""
        if gain_db != self.value:
            self.value = gain_db
            self.update()

    def y_of(self, gain_db: float) -> float:
        """Return the pixel of the knob's middle at `gain_db`."""
        return KNOB_HEIGHT / 2 + (1 - db_to_share(gain_db)) * self._way()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_y, self._share = event.position().y(), db_to_share(self.value)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._pressed_y is None:
            return
        up, self._pressed_y = self._pressed_y - event.position().y(), event.position().y()
        fine = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        self._share += up / self._way() * (FINE if fine else 1.0)
        self._preview(share_to_db(self._share))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802
        self._pressed_y = None
        self._settle()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:  # noqa: N802
        self.committed.emit(GAIN.default)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        turned = event.angleDelta().y() or event.angleDelta().x()
        self._step(turned / 120, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._step(1 if event.key() == Qt.Key.Key_Up else -1, fine)
        elif event.key() == Qt.Key.Key_Escape and self._pending is not None:
            self._settled.stop()
            self._pending = self._pressed_y = None
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        self._settle()
        super().focusOutEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_marks(painter, self._look, self.y_of)
        middle = MARKS_WIDTH + 12
        groove = QRectF(middle - 2, KNOB_HEIGHT / 2, 4, self._way())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("well"))
        painter.drawRoundedRect(groove, 2, 2)
        self._paint_knob(painter, QRectF(MARKS_WIDTH + 2, 0, 20, KNOB_HEIGHT))

    def _paint_knob(self, painter: QPainter, knob: QRectF) -> None:
        knob.moveTop(self.y_of(self.value) - KNOB_HEIGHT / 2)
        painter.setPen(self._look.colour("accent" if self.hasFocus() else "text_dim"))
        painter.setBrush(self._look.colour("raised"))
        painter.drawRoundedRect(knob.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(self._look.colour("text"))
        painter.drawLine(knob.center() - _across(6), knob.center() + _across(6))

    def _way(self) -> float:
        return max(1.0, self.height() - KNOB_HEIGHT)

    def _step(self, steps: float, fine: bool) -> None:
        start = self.value if self._pending is None else self._pending
        self._preview(start + steps * (GAIN.fine if fine else GAIN.step))
        self._settled.start()

    def _preview(self, gain_db: float) -> None:
        self._pending = GAIN.clamped(gain_db)
        self.previewed.emit(self._pending)

    def _settle(self) -> None:
        self._settled.stop()
        pending, self._pending = self._pending, None
        if pending is not None:
            self.committed.emit(pending)


class Marks(QWidget):
    """The scale of a fader, for a meter that stands alone."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setFixedWidth(MARKS_WIDTH)
        look.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        way = self.height() - KNOB_HEIGHT
        painter = QPainter(self)
        paint_marks(painter, self._look, lambda db: KNOB_HEIGHT / 2 + (1 - db_to_share(db)) * way)


def paint_marks(painter: QPainter, look: Look, y_of: Callable[[float], float]) -> None:
    """Draw the marks of a scale in dB at the left edge, its unit above them."""
    font = painter.font()
    font.setPixelSize(10)
    painter.setFont(font)
    right = Qt.AlignmentFlag.AlignRight
    painter.setPen(look.colour("text_dim"))
    painter.drawText(QRectF(0, 0, MARKS_WIDTH - 6, 12), right, "dB")
    for mark in MARKS_DB:
        y = round(y_of(mark))
        painter.setPen(look.colour("text_dim"))
        label = f"{mark:+d}" if mark else "0"
        painter.drawText(QRectF(0, y - 6, MARKS_WIDTH - 6, 14), right, label)
        painter.setPen(look.colour("line"))
        painter.drawLine(MARKS_WIDTH - 3, y, MARKS_WIDTH + 20, y)


def _across(pixels: float) -> QPointF:
    return QPointF(pixels, 0)
