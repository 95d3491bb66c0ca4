"""A picture of what does not change from frame to frame."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSizeF
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from ui.piano_roll.painting import Field
from ui.piano_roll.roll import Roll


class Layer:
    """Draws once what `paint` draws, in the pixels of the screen, until `forget` is called."""

    def __init__(self, widget: QWidget, roll: Roll, paint: Callable[[Field], None]) -> None:
        self._widget, self._roll, self._paint = widget, roll, paint
        self._picture: QPixmap | None = None

    def forget(self) -> None:
        """Draw anew next time."""
        self._picture = None
        self._widget.update()

    def show(self, painter: QPainter, part: QRect) -> None:
        """Draw `part` of the picture."""
        picture = self._drawn()
        dpr = picture.devicePixelRatio()
        source = QRectF(part.x() * dpr, part.y() * dpr, part.width() * dpr, part.height() * dpr)
        painter.drawPixmap(QRectF(part), picture, source)

    def _drawn(self) -> QPixmap:
        dpr, size = self._widget.devicePixelRatioF(), QSizeF(self._widget.size())
        kept = self._picture
        if kept is None or kept.devicePixelRatio() != dpr or kept.size() != (size * dpr).toSize():
            self._picture = kept = QPixmap((size * dpr).toSize())
            kept.setDevicePixelRatio(dpr)
            painter = QPainter(kept)
            painter.setFont(self._widget.font())
            self._paint(Field(painter, self._roll, size))
            painter.end()
        return kept
