"""What lies under the pointer, and what it says: its shape and the words for the status line."""

from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QCoreApplication, QPointF, Qt

from ui.piano_roll.gestures import Place
from ui.piano_roll.roll import Roll, Tool

EDGE_PX: Final = 6.0
translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Spot:
    """A part of the note in row `row` of the clip's columns."""

    row: int
    part: Literal["start", "upper", "lower", "end"]


def spot_at(roll: Roll, at: QPointF) -> Spot | None:
    """Return the part of a note at a point of the view; None where there is no note."""
    pitch = roll.pitches.pitch(at.y())
    notes, scale = roll.notes, roll.scale
    reach = 2 / scale.pixels_per_tick
    tick = scale.left_tick + at.x() / scale.pixels_per_tick
    row = notes.at(tick, pitch, reach)  # an end can be taken from just outside
    if row is None:
        return None
    left, right = scale.x(int(notes.starts[row])), scale.x(int(notes.ends[row]))
    zone = min(EDGE_PX, (right - left) / 4)
    if at.x() >= right - zone:
        return Spot(row, "end")
    if at.x() < left + zone:
        return Spot(row, "start")
    upper = at.y() < roll.pitches.y(pitch) + roll.pitches.row_px / 2
    return Spot(row, "upper" if upper else "lower")


def cursor(tool: Tool, spot: Spot | None, keys: Qt.KeyboardModifier) -> Qt.CursorShape:
    """Return the pointer's shape: it tells what a drag would do."""
    shapes = Qt.CursorShape
    if tool == "erase":
        return shapes.PointingHandCursor
    if tool == "slice":
        return shapes.SplitHCursor
    if spot is None:
        return shapes.CrossCursor if tool == "draw" else shapes.ArrowCursor
    if spot.part in ("start", "end"):
        return shapes.SizeHorCursor
    if spot.part == "upper" and keys & Qt.KeyboardModifier.AltModifier:
        return shapes.SizeVerCursor
    return shapes.OpenHandCursor


def hint(roll: Roll, spot: Spot | None, place: Place) -> str:
    """Return what is under the pointer, and what a drag would do."""
    where = f"{roll.tempo_map.tick_to_position(int(place.tick))}  {roll.pitch_name(place.pitch)}"
    if spot is not None:
        where += "  " + translate("PianoRoll", "velocity {0}").format(
            int(roll.notes.velocities[spot.row])
        )
    return f"{where}   {_would_do(roll.tool, spot)}"


def _would_do(tool: Tool, spot: Spot | None) -> str:
    if tool == "erase":
        return translate("PianoRoll", "Drag over notes to erase them")
    if tool == "slice":
        return translate("PianoRoll", "Click to cut; drag up or down to cut more. Shift: off grid")
    if spot is None and tool == "draw":
        return translate("PianoRoll", "Drag to draw a note. Shift: off the grid")
    if spot is None:
        return translate(
            "PianoRoll", "Drag to select; double-click to draw; right-drag to erase. Shift: add"
        )
    if spot.part in ("start", "end"):
        return translate("PianoRoll", "Drag to change the length. Shift: off the grid")
    return translate(
        "PianoRoll",
        "Drag to move. Ctrl: copy. Shift: off the grid. Alt on the upper half: velocity",
    )
