"""The colours of notes: the track's, paler where the velocity is low."""

from functools import lru_cache
from typing import Final

from PySide6.QtGui import QColor

from ui.shared.theme import Colours, contrast

VELOCITY_STEPS: Final = 8


def mixed(one: str, other: str, share: float) -> str:
    """Return `#rrggbb` with `share`, 0..1, of `other` in `one`."""
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


@lru_cache(maxsize=256)
def by_velocity(colours: Colours, track: str) -> tuple[QColor, ...]:
    """Return the colours of notes from the softest to the loudest."""
    shares = (0.3 + 0.7 * step / (VELOCITY_STEPS - 1) for step in range(VELOCITY_STEPS))
    return tuple(QColor(mixed(colours.well, track, share)) for share in shares)


@lru_cache(maxsize=256)
def edge(colours: Colours, track: str) -> QColor:
    """Return the colour of a note's edge."""
    return QColor(mixed(track, colours.well, 0.55))


@lru_cache(maxsize=256)
def on(colours: Colours, ground: str) -> QColor:
    """Return the role's colour that reads best on `ground`: the text's, or the well's."""
    return QColor(max((colours.text, colours.well), key=lambda c: contrast(c, ground)))
