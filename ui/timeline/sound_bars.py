"""The outline of a take's sound over the time of its region, a bar a pixel."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from PySide6.QtCore import QRectF

from desktop.document.song import Region, Take
from desktop.document.tempo import TempoMap
from ui.timeline.arrays import Floats, rectangles
from ui.timeline.moments import ticks_to_seconds
from ui.timeline.sheet import Scaled

MOST_KEPT: Final = 256
LOUDNESS_EXPONENT: Final = 0.6  # as loud as it is heard (Stevens): quiet sound is no mere line


def sound_columns(
    tempo_map: TempoMap, view: Scaled, region: Region, left: float, right: float
) -> tuple[Floats, Floats]:
    """Return the pixels in view from `left` to `right`, and their seconds from the region's start.

    The last pixel is the edge of the last bar.
    """
    x = np.arange(max(0.0, left), right + 1)
    start_s = tempo_map.tick_to_second(region.start)
    return x, ticks_to_seconds(tempo_map, view.left + x / view.pixels_per_tick) - start_s


def take_frames(take: Take, at_s: Floats) -> Floats:
    """Return the frames of the take that sound so many seconds from the region's start."""
    return at_s * take.sample_rate_hz + take.offset_frames


def sound_bars(found: Floats, x: Floats, place: QRectF) -> Floats:
    """Return a rectangle, of (n, 4), for lowest and highest, (2, n), between n + 1 pixels `x`."""
    middle, half = place.center().y(), place.height() / 2 - 1
    found = np.sign(found) * np.abs(found) ** LOUDNESS_EXPONENT
    high, low = middle - found[1] * half, middle - found[0] * half
    return rectangles(x[:-1], high - 0.5, 1, np.maximum(1.0, low - high))


@dataclass(slots=True)
class BarCache:
    """The bars of takes by region and take, kept as long as the view over time stays the same.

    So that lanes that move up or down, or change what plays, are not measured anew.
    """

    _seen: tuple[object, ...] = ()
    _known: dict[tuple[object, ...], Floats] = field(default_factory=dict)

    def begin(self, *seen: object) -> None:
        """Forget the bars of another view, and of more takes than can be in view."""
        if seen != self._seen or len(self._known) > MOST_KEPT:
            self._seen, self._known = seen, {}

    def of(self, key: tuple[object, ...], make: Callable[[], Floats]) -> Floats:
        """Return the bars under `key`, made now where they are not known."""
        if key not in self._known:
            self._known[key] = make()
        return self._known[key]
