"""Draws the notes' field from the back to the front: rows, lines, ghosts, notes."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter

from desktop.document.song import Clip
from ui.piano_roll import colours
from ui.piano_roll.columns import Columns, Ints, Mask
from ui.piano_roll.grid_lines import Lines, lines
from ui.piano_roll.rectangles import Rects, distinct, fill, inset, rectangles
from ui.piano_roll.roll import Roll
from ui.shared.pitch_names import BLACK

MOST_LABELS: Final = 400
LABEL_MIN_PX: Final = (26.0, 12.0)


@dataclass(frozen=True, slots=True)
class Field:
    """A painter of a field of `size` over the roll's scales."""

    painter: QPainter
    roll: Roll
    size: QSizeF

    @property
    def start(self) -> float:
        """Return the tick at the left edge."""
        return self.roll.scale.tick(0)

    @property
    def end(self) -> float:
        """Return the tick at the right edge."""
        return self.roll.scale.tick(self.size.width())

    def colour(self, role: str, alpha: float = 1.0) -> QColor:
        """Return a colour of the theme."""
        return self.roll.studio.look.colour(role, alpha)


def visible_lines(roll: Roll, width: float) -> Lines:
    """Return the lines of the grid in a view of `width` pixels."""
    scale = roll.scale
    start, end = scale.tick(0), scale.tick(width)
    division = roll.division.line_ticks(roll.tempo_map, start)
    return lines(roll.tempo_map, start, end, division, scale.pixels_per_tick)


def paint_ground(field: Field) -> None:
    """Draw all that lies under a drag."""
    paint_rows(field)
    paint_lines(field)
    if (clip := field.roll.clip) is not None:
        paint_outside(field, clip)
    for colour, ghosts in field.roll.ghosts():
        _paint_ghosts(field, ghosts, colour)
    shown, chosen = field.roll.notes, field.roll.chosen
    if (preview := field.roll.preview) is not None:
        shown, chosen = shown.where(~preview.hidden), chosen[~preview.hidden]
    paint_notes(field, shown, chosen)


def paint_rows(field: Field) -> None:
    """Draw the rows; pitches, which drums are not, in shades that tell them apart."""
    pitches, width = field.roll.pitches, field.size.width()
    field.painter.fillRect(QRectF(0, 0, width, field.size.height()), field.colour("panel"))
    everything = np.arange(128)
    if not field.roll.is_drums:
        _paint_shades(field, everything)
    edges = rectangles(0, pitches.y(-1) - everything[::12] * pitches.row_px - 1, width, 1)
    fill(field.painter, edges, field.colour("grid_bar"))
    if pitches.row_px >= 9:
        edges = rectangles(0, pitches.y(-1) - everything * pitches.row_px - 1, width, 1)
        fill(field.painter, edges, field.colour("grid_sub"))


def _paint_shades(field: Field, everything: Ints) -> None:
    """Draw the rows of the black keys, or those outside the scale, deeper; tint the root's."""
    pitches, width = field.roll.pitches, field.size.width()
    in_scale = field.roll.in_scale
    deep = everything[BLACK[everything % 12] if in_scale is None else ~in_scale]
    rows = rectangles(0, pitches.y(0) - deep * pitches.row_px, width, pitches.row_px)
    fill(field.painter, rows, field.colour("well"))
    if field.roll.root is not None:
        roots = everything[everything % 12 == field.roll.root]
        rows = rectangles(0, pitches.y(0) - roots * pitches.row_px, width, pitches.row_px)
        fill(field.painter, rows, field.colour("accent", 0.1))


def paint_lines(field: Field) -> None:
    """Draw the lines of bars, beats and the grid."""
    found, scale = visible_lines(field.roll, field.size.width()), field.roll.scale
    bars = np.array([tick for tick, _ in found.bars], np.float64)
    kinds = ((found.divisions, "grid_sub"), (found.beats, "grid_beat"), (bars, "grid_bar"))
    for ticks, role in kinds:
        x = np.rint((ticks - scale.left_tick) * scale.pixels_per_tick)
        fill(field.painter, rectangles(x, 0, 1, field.size.height()), field.colour(role))


def paint_outside(field: Field, clip: Clip) -> None:
    """Dim what lies before and behind the clip, where nothing is heard."""
    scale, height = field.roll.scale, field.size.height()
    left, right = scale.x(clip.start), scale.x(clip.end)
    field.painter.fillRect(QRectF(0, 0, max(0.0, left), height), field.colour("window", 0.6))
    rest = max(0.0, field.size.width() - right)
    field.painter.fillRect(QRectF(max(0.0, right), 0, rest, height), field.colour("window", 0.6))
    track = field.roll.track
    edge = QColor(track.colour) if track else field.colour("line")
    for x in (left, right):
        field.painter.fillRect(QRectF(round(x), 0, 1, height), edge)


def paint_notes(field: Field, notes: Columns, chosen: Mask) -> None:
    """Draw the notes that can be seen, the chosen ones on top and outlined."""
    track = field.roll.track
    if track is None or not len(notes):
        return
    seen = _seen(field, notes)
    notes, chosen = notes.where(seen), chosen[seen]
    rects = note_rects(field.roll, notes)
    theme = field.roll.studio.look.colours
    _paint_some(field, rects, notes, ~chosen, (colours.edge(theme, track.colour), 1.0))
    if chosen.any():
        width = 2.0 if field.roll.pitches.row_px >= 10 else 1.0
        _paint_some(field, rects, notes, chosen, (field.colour("text"), width))
    _paint_names(field, notes, rects, track.colour)


def note_rects(roll: Roll, notes: Columns) -> Rects:
    """Return the notes' rectangles, none narrower than 2 px."""
    scale, pitches = roll.scale, roll.pitches
    left = np.rint((notes.starts - scale.left_tick) * scale.pixels_per_tick)
    right = np.rint((notes.ends - scale.left_tick) * scale.pixels_per_tick)
    top = pitches.y(0) - notes.pitches * pitches.row_px
    gap = 1.0 if pitches.row_px >= 6 else 0.0
    return rectangles(left, np.rint(top), np.maximum(2.0, right - left), pitches.row_px - gap)


def _seen(field: Field, notes: Columns) -> Mask:
    pitches = field.roll.pitches
    low, high = pitches.pitch(field.size.height()), pitches.pitch(0)
    return notes.touching(field.start, field.end + 1, low, high)


def _paint_some(
    field: Field, rects: Rects, notes: Columns, some: Mask, border: tuple[QColor, float]
) -> None:
    """Draw some of the notes: their borders, and within these the track's colour."""
    track = field.roll.track
    if track is None:
        return
    rects, velocities = rects[some], notes.velocities[some]
    once = distinct(rects)
    rects, velocities = np.ascontiguousarray(rects[once]), velocities[once]
    fill(field.painter, rects, border[0])
    steps = velocities * colours.VELOCITY_STEPS // 128
    shades = colours.by_velocity(field.roll.studio.look.colours, track.colour)
    insides = inset(rects, border[1])
    for step in np.unique(steps).tolist():
        fill(field.painter, np.ascontiguousarray(insides[steps == step]), shades[step])


def _paint_ghosts(field: Field, notes: Columns, colour: str) -> None:
    rects = note_rects(field.roll, notes.where(_seen(field, notes)))
    ghost = QColor(colour)
    ghost.setAlphaF(0.28)
    fill(field.painter, np.ascontiguousarray(rects[distinct(rects)]), ghost)


def _paint_names(
    field: Field,
    notes: Columns,
    rects: Rects,
    colour: str,
) -> None:
    wide = np.flatnonzero(rects[:, 2] >= LABEL_MIN_PX[0])
    if field.roll.pitches.row_px < LABEL_MIN_PX[1] or len(wide) > MOST_LABELS:
        return
    theme = field.roll.studio.look.colours
    shades = colours.by_velocity(theme, colour)
    font = field.painter.font()
    font.setPixelSize(min(11, int(field.roll.pitches.row_px) - 3))
    field.painter.setFont(font)
    for row in wide.tolist():
        x, y, width, height = rects[row]
        shade = shades[int(notes.velocities[row]) * colours.VELOCITY_STEPS // 128]
        field.painter.setPen(colours.on(theme, shade.name()))
        text = QRectF(max(x, 0) + 4, y, width - 6, height)
        field.painter.drawText(
            text,
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            field.roll.pitch_name(int(notes.pitches[row])),
        )
