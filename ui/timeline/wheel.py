"""What the wheel does over lanes, rulers and headers."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent

from ui.timeline.arrangement import Arrangement
from ui.timeline.rows import USUAL_PX

TURN: Final = 120
ZOOM: Final = 1.25


def turn_wheel(arrangement: Arrangement, event: QWheelEvent, *, over_time: bool = True) -> None:
    """Scroll the tracks, or time with Shift; zoom time with Ctrl, the tracks' height with Alt."""
    keys, delta = event.modifiers(), event.angleDelta()
    turns = (delta.y() or delta.x()) / TURN  # with Alt, Qt turns the wheel sideways
    scale = arrangement.scale
    if keys & Qt.KeyboardModifier.AltModifier:
        _heighten(arrangement, event, turns)
    elif keys & Qt.KeyboardModifier.ControlModifier:
        x = event.position().x() if over_time else arrangement.view_px[0] / 2
        scale.zoom(ZOOM**turns, x)
    elif keys & Qt.KeyboardModifier.ShiftModifier or (delta.x() and not delta.y()):
        scale.scroll_to(scale.left_tick - turns * 80 / scale.pixels_per_tick)
    else:
        arrangement.scroll_rows(arrangement.top_px - turns * 48)
    event.accept()


def _heighten(arrangement: Arrangement, event: QWheelEvent, turns: float) -> None:
    """Make the track under the pointer higher, all of them with Ctrl."""
    rows = arrangement.rows
    if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        ids, height = frozenset(row.track_id for row in rows.rows), USUAL_PX
        height = rows.rows[0].height if rows.rows else USUAL_PX
    else:
        number = rows.at(event.position().y() + arrangement.top_px)
        if number is None:
            return
        ids, height = frozenset({rows.rows[number].track_id}), rows.rows[number].height
    arrangement.set_height(ids, height + round(turns * 8))
