"""Columns of numbers for drawing. Apart from Qt."""

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]


def rectangles(left: ArrayLike, top: ArrayLike, width: ArrayLike, height: ArrayLike) -> Floats:
    """Return (n, 4), laid out as n QRectF; a scalar holds for all."""
    parts = np.broadcast_arrays(*map(np.atleast_1d, (left, top, width, height)))
    return np.ascontiguousarray(np.stack(parts, axis=1), np.float64)
