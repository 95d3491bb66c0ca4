"""Many rectangles in one call: Qt reads numpy's memory as QRectF."""

import numpy as np
import shiboken6
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from ui.timeline.arrays import Floats


def fill(painter: QPainter, rects: Floats, colour: QColor) -> None:
    """Fill `rects`, contiguous (n, 4), with `colour`."""
    if len(rects):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        first = shiboken6.wrapInstance(rects.ctypes.data, QRectF)
        painter.drawRects(first, len(rects))  # type: ignore[call-overload]


def fill_bordered(painter: QPainter, rects: Floats, edge: QColor, inside: QColor, px: int) -> None:
    """Fill `rects` with borders of `px`."""
    fill(painter, rects, edge)
    inner = rects + np.array([px, px, -2 * px, -2 * px])
    fill(painter, np.ascontiguousarray(inner[inner[:, 2] > 0]), inside)
