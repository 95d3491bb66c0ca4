"""Many rectangles in one call: Qt reads numpy's memory as QRectF."""

from typing import TypeAlias

import numpy as np
import shiboken6
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

Floats: TypeAlias = NDArray[np.float64]


def rectangles(left: ArrayLike, top: ArrayLike, width: ArrayLike, height: ArrayLike) -> Floats:
    """Return (n, 4), laid out as n QRectF; a scalar holds for all."""
    parts = np.broadcast_arrays(*map(np.atleast_1d, (left, top, width, height)))
    return np.ascontiguousarray(np.stack(parts, axis=1), np.float64)


def fill(painter: QPainter, rects: Floats, colour: QColor) -> None:
    """Fill `rects`, contiguous (n, 4), with `colour`."""
    if len(rects):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        first = shiboken6.wrapInstance(rects.ctypes.data, QRectF)
        painter.drawRects(first, len(rects))  # type: ignore[call-overload]
