"""What the pointer looks like over the lanes, and what the status line says."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QStatusTipEvent
from PySide6.QtWidgets import QWidget

from desktop.document.song import Clip
from ui.shared.readings import position_text, time_text
from ui.timeline.arrangement import Arrangement
from ui.timeline.spots import Spot

translate = QCoreApplication.translate


def say_status(widget: QWidget, text: str) -> None:
    """Show `text` in the status line of the widget's window, until something else is said."""
    QCoreApplication.sendEvent(widget, QStatusTipEvent(text))


def cursor(
    arrangement: Arrangement, spot: Spot | None, keys: Qt.KeyboardModifier
) -> Qt.CursorShape:
    """Return the pointer's shape: it tells what a drag would do."""
    shapes = Qt.CursorShape
    if spot is None:
        return shapes.ArrowCursor
    if keys & Qt.KeyboardModifier.AltModifier:
        return shapes.CrossCursor
    if spot.part is None:
        return shapes.CrossCursor if arrangement.tool == "draw" else shapes.ArrowCursor
    if spot.zone != "body":
        return shapes.SizeHorCursor
    if keys & Qt.KeyboardModifier.ControlModifier:
        return shapes.DragCopyCursor
    return shapes.OpenHandCursor


def hint(arrangement: Arrangement, spot: Spot | None, tick: float) -> str:
    """Return where the pointer is, what is there, and what a drag would do."""
    tempo_map = arrangement.tempo_map
    where = f"{position_text(tempo_map, tick)}  {time_text(tempo_map, tick)}"
    return f"{where}   {_would_do(arrangement, spot)}"


def _would_do(arrangement: Arrangement, spot: Spot | None) -> str:
    if spot is None:
        return translate("Timeline", "Double-click to add a track; drop MIDI or audio files here")
    if spot.part is None:
        return _would_make(arrangement, spot)
    if spot.zone != "body":
        return translate("Timeline", "Drag to resize. Shift: off the grid")
    moves = translate("Timeline", "Drag to move. Ctrl: copy. Shift: off the grid. Alt: new region")
    if isinstance(spot.part, Clip):
        return moves + translate("Timeline", ". Double-click: its notes")
    return f"{spot.part.prompt}   {moves}"


def _would_make(arrangement: Arrangement, spot: Spot) -> str:
    if arrangement.tool == "draw":
        return translate("Timeline", "Drag to draw a clip. Alt: a region. Shift: off the grid")
    if spot.among_regions:
        return translate("Timeline", "Drag to select; double-click or Alt+drag adds a region")
    return translate("Timeline", "Drag to select; double-click adds a clip; Alt+drag adds a region")
