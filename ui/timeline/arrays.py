"""Columns of numbers for drawing. Apart from Qt."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]


def rectangles(
    left: Floats, top: Floats | float, width: Floats | float, height: Floats | float
) -> Floats:
    """Return (n, 4), laid out as n QRectF; a number in place of a column holds for all."""
    made = np.empty((len(left), 4))
    for column, values in enumerate((left, top, width, height)):
        made[:, column] = values
    return made
