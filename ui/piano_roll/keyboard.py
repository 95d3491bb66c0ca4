"""The keyboard at the side, with note names: press a key to hear it."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.piano_roll.roll import Roll
from ui.piano_roll.status import say_status
from ui.piano_roll.view import turn_wheel
from ui.shared.pitch_names import BLACK

WIDTH_PX: Final = 64
BLACK_SHARE: Final = 0.58
ALL_NAMES_FROM_PX: Final = 13.0
DRUM_NAMES_FROM_PX: Final = 11.0


class Keyboard(QWidget):
    """The 128 pitches as keys; each row is as high as that of the notes."""

    pressed = Signal(int, int)  # pitch and velocity: louder to the right
    released = Signal(int)

    def __init__(self, roll: Roll, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roll = roll
        self._down: set[int] = set()
        self._held: int | None = None
        self.setAccessibleName(self.tr("Keyboard"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setToolTip(self.tr("Press a key to hear it; louder to the right"))
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFixedWidth(WIDTH_PX)
        roll.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size that it likes to have."""
        return QSize(WIDTH_PX, 200)

    def show_down(self, pitch: int, down: bool) -> None:
        """Draw a key as held or as let go."""
        (self._down.add if down else self._down.discard)(pitch)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the keys that can be seen."""
        painter = QPainter(self)
        look, pitches = self._roll.studio.look, self._roll.pitches
        white, black = sorted((look.colours.text, look.colours.window), key=_lightness)[::-1]
        painter.fillRect(event.rect(), white)
        low, high = pitches.pitch(self.height()), pitches.pitch(0)
        font = painter.font()
        font.setPixelSize(min(11, max(8, int(pitches.row_px) - 2)))
        painter.setFont(font)
        for pitch in range(low, high + 1):
            self._paint_key(painter, pitch, white, black)
        painter.fillRect(QRectF(self.width() - 1, 0, 1, self.height()), look.colour("line"))
        painter.end()

    def _paint_key(self, painter: QPainter, pitch: int, white: str, black: str) -> None:
        look, pitches = self._roll.studio.look, self._roll.pitches
        row = QRectF(0, pitches.y(pitch), self.width(), pitches.row_px)
        is_black = bool(BLACK[pitch % 12]) and not self._roll.is_drums
        if is_black:
            key = QRectF(row.x(), row.y(), row.width() * BLACK_SHARE, row.height())
            painter.fillRect(key, look.colour("accent") if pitch in self._down else black)
            middle = row.center().y()
            painter.fillRect(QRectF(key.right(), middle, row.width(), 1), look.colour("text_dim"))
        elif pitch in self._down:
            painter.fillRect(row, look.colour("accent"))
        # Between B and C, E and F, two white keys meet; drums all do.
        if pitch % 12 in (0, 5) or self._roll.is_drums:
            painter.fillRect(QRectF(0, row.bottom() - 1, row.width(), 1), look.colour("text_dim"))
        if self._is_named(pitch):
            align = Qt.AlignmentFlag.AlignRight
            if is_black or self._roll.is_drums:
                align = Qt.AlignmentFlag.AlignLeft
            painter.setPen(white if is_black else black)
            inside = row.adjusted(4, 0, -5, 0)
            name = self._roll.pitch_name(pitch)
            painter.drawText(inside, align | Qt.AlignmentFlag.AlignVCenter, name)

    def _is_named(self, pitch: int) -> bool:
        row_px = self._roll.pitches.row_px
        if self._roll.is_drums:
            return row_px >= DRUM_NAMES_FROM_PX
        return pitch % 12 == 0 or row_px >= ALL_NAMES_FROM_PX

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Let a key sound."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._hold(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Glide along the keys while the button is held."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._hold(event.position())
        say_status(self, self._roll.pitch_name(self._roll.pitches.pitch(event.position().y())))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Let the key go."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._let_go()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Scroll or zoom the pitches."""
        turn_wheel(self._roll, self, event)

    def _hold(self, at: QPointF) -> None:
        pitch = self._roll.pitches.pitch(at.y())
        if pitch != self._held:
            self._let_go()
            self._held = pitch
            share = min(1.0, max(0.0, at.x() / self.width()))
            self.pressed.emit(pitch, 40 + round(80 * share))

    def _let_go(self) -> None:
        if self._held is not None:
            self.released.emit(self._held)
        self._held = None


def _lightness(colour: str) -> int:
    return sum(int(colour[i : i + 2], 16) for i in (1, 3, 5))
