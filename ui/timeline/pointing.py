"""What the pointer looks like over the lanes, and what the status line says."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QStatusTipEvent
from PySide6.QtWidgets import QWidget

from desktop.document.song import Clip
from ui.shared.readings import position_text, time_text
from ui.shared.takes import title_of
from ui.timeline.arrangement import Arrangement
from ui.timeline.lane_spots import LaneSpot
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


def lane_cursor(spot: LaneSpot) -> Qt.CursorShape:
    """Return the pointer's shape in the lane of a take."""
    shapes = Qt.CursorShape
    if spot.lane is None:
        return shapes.ArrowCursor
    pressed = shapes.PointingHandCursor
    kinds = {"cut": shapes.SplitHCursor, "head": pressed, "star": pressed}
    return kinds.get(spot.zone, shapes.IBeamCursor)


def lane_hint(arrangement: Arrangement, spot: LaneSpot, tick: float) -> str:
    """Return where the pointer is, which take has the lane, and what a drag would do."""
    where = _where(arrangement, tick)
    if spot.lane is None:
        return where
    title = title_of(spot.lane.take, spot.lane.number)
    return f"{where}   {title}   {_would_do_in_lane(spot)}"


def _would_do_in_lane(spot: LaneSpot) -> str:
    if spot.zone == "cut":
        return translate("Timeline", "Drag to move the cut. Shift: off the grid")
    if spot.zone == "head":
        return translate("Timeline", "Click: all of the region plays this take")
    if spot.zone == "star":
        return translate("Timeline", "Click: one star more")
    return translate("Timeline", "Drag: this take plays there. Shift: off the grid. Escape cancels")


def hint(arrangement: Arrangement, spot: Spot | None, tick: float) -> str:
    """Return where the pointer is, what is there, and what a drag would do."""
    return f"{_where(arrangement, tick)}   {_would_do(arrangement, spot)}"


def _where(arrangement: Arrangement, tick: float) -> str:
    tempo_map = arrangement.tempo_map
    return f"{position_text(tempo_map, tick)}  {time_text(tempo_map, tick)}"


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
