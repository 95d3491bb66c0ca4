"""Draws the lanes from the back to the front: rows, lines, clips with their notes, regions."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QColor, QPainter

from desktop.document.query import sounding_tracks
from desktop.document.song import Track
from ui.timeline import colours
from ui.timeline.arrangement import Arrangement
from ui.timeline.arrays import rectangles
from ui.timeline.grid_lines import lines
from ui.timeline.lane_painting import LanePainter
from ui.timeline.rectangles import fill, fill_bordered
from ui.timeline.region_painting import RegionPainter
from ui.timeline.rows import Row
from ui.timeline.sheet import Window, distinct

SILENT_ALPHA = 0.45


@dataclass(frozen=True, slots=True)
class Field:
    """A painter of lanes of `size`."""

    painter: QPainter
    arrangement: Arrangement
    size: QSizeF
    window: Window

    def colour(self, role: str, alpha: float = 1.0) -> QColor:
        """Return a colour of the theme."""
        return self.arrangement.studio.look.colour(role, alpha)

    def across(self, y: float, height: float, colour: QColor) -> None:
        """Fill the whole width."""
        self.painter.fillRect(QRectF(0, y, self.size.width(), height), colour)


def paint_lanes(painter: QPainter, arrangement: Arrangement, size: QSizeF) -> None:
    """Draw all that stays while the playhead moves."""
    top, height = arrangement.top_px, size.height()
    window = Window(arrangement.view(0, size.width()), top, height)
    field = Field(painter, arrangement, size, window)
    seen = arrangement.rows.between(top, top + height)
    rows = [(arrangement.rows.rows[n], arrangement.song.tracks[n]) for n in seen]
    _paint_rows(field, rows)
    lanes = LanePainter(painter, arrangement, window)
    lanes.paint_grounds(rows)
    _paint_lines(field, min(height, arrangement.rows.height - top))
    _paint_clips(field)
    _paint_notes(field)
    RegionPainter(painter, arrangement, window).paint(rows)
    lanes.paint(rows)
    audible = {track.id for track in sounding_tracks(arrangement.song)}
    for row, track in rows:
        if track.id not in audible:
            field.across(
                row.top - top, row.bottom - row.top - 1, field.colour("well", SILENT_ALPHA)
            )


def _paint_rows(field: Field, rows: list[tuple[Row, Track]]) -> None:
    top, chosen = field.arrangement.top_px, field.arrangement.selection.track_id
    field.across(0, field.size.height(), field.colour("window"))
    if rows:
        first, last = rows[0][0].top - top, rows[-1][0].bottom - top
        field.across(first, last - first, field.colour("well"))
    for row, track in rows:
        if track.id == chosen:
            field.across(row.top - top, row.height, field.colour("panel"))
    below = np.array([row.bottom - 1.0 - top for row, _ in rows])
    edges = rectangles(np.zeros(len(below)), below, field.size.width(), 1)
    fill(field.painter, edges, field.colour("line"))


def _paint_lines(field: Field, height: float) -> None:
    view = field.window.time
    found = lines(field.arrangement.tempo_map, view, field.arrangement.studio.snap.division)
    kinds = ((found.divisions, "grid_sub"), (found.counts, "grid_beat"), (found.bars, "grid_bar"))
    for ticks, role in kinds:
        fill(field.painter, rectangles(np.rint(view(ticks)), 0, 1, height), field.colour(role))
    transport = field.arrangement.transport
    if transport.loop is not None and transport.loops:
        start, end = (field.arrangement.scale.x(tick) for tick in transport.loop)
        field.painter.fillRect(QRectF(start, 0, end - start, height), field.colour("accent", 0.06))


def _paint_clips(field: Field) -> None:
    sheet, theme = field.arrangement.clip_sheet, field.arrangement.studio.look.colours
    seen = sheet.seen(field.window)
    chosen = np.isin(sheet.ids[seen], list(field.arrangement.selection.parts))
    for some, px in ((~chosen, 1), (chosen, 2)):
        these = seen[some]
        for colour, rects in sheet.by_colour(sheet.rects(field.window, these, 2.0), these):
            edge = field.colour("text") if px == 2 else colours.ink(theme, colour)
            ground = colours.body(theme, colour, chosen=px == 2)
            fill_bordered(field.painter, rects, edge, ground, px)


def _paint_notes(field: Field) -> None:
    sheet, theme = field.arrangement.note_sheet, field.arrangement.studio.look.colours
    seen = sheet.seen(field.window)
    rects, seen = distinct(sheet.rects(field.window, seen), seen)
    rects[:, 2] -= rects[:, 2] > 3  # a gap between a note and the next of the same pitch
    for colour, some in sheet.by_colour(rects, seen):
        fill(field.painter, some, colours.ink(theme, colour))
