"""The colours of a track's clips, notes and regions."""

from functools import lru_cache

from PySide6.QtGui import QColor

from ui.shared.theme import Colours, luminance


@lru_cache(maxsize=512)
def mixed(one: str, other: str, share: float) -> QColor:
    """Return the colour with `share`, 0..1, of `other` in `one`, both `#rrggbb`."""
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return QColor(*(round(a + (b - a) * share) for a, b in pairs))


def body(theme: Colours, track: str, *, chosen: bool = False) -> QColor:
    """Return the ground of a clip."""
    return mixed(theme.well, track, 0.42 if chosen else 0.22)


def ribbon(theme: Colours, track: str, *, chosen: bool = False) -> QColor:
    """Return the ground of a region's prompt."""
    return mixed(theme.well, track, 0.62 if chosen else 0.42)


def ink(theme: Colours, track: str) -> QColor:
    """Return the colour of notes, sound and edges; darker where the ground is light."""
    is_light = luminance(theme.well) > 0.4
    return mixed(track, theme.text, 0.35 if is_light else 0.0)
