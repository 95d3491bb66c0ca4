"""Ticks to seconds, many at a time. Apart from Qt."""

from functools import lru_cache

import numpy as np

from desktop.document.tempo import TempoMap
from ui.timeline.arrays import Floats


def ticks_to_seconds(tempo_map: TempoMap, ticks: Floats) -> Floats:
    """Return what `tick_to_second` of the tempo map says of each of `ticks`."""
    starts, starts_s, tick_s = _columns(tempo_map)
    at = np.maximum(0, np.searchsorted(starts, ticks, "right") - 1)
    found: Floats = starts_s[at] + (ticks - starts[at]) * tick_s[at]
    return found


@lru_cache(maxsize=4)
def _columns(tempo_map: TempoMap) -> tuple[Floats, Floats, Floats]:
    starts = [change.tick for change in tempo_map.tempos]
    starts_s = [tempo_map.tick_to_second(tick) for tick in starts]
    tick_s = [change.tick_s for change in tempo_map.tempos]
    return np.array(starts, np.float64), np.array(starts_s), np.array(tick_s)
