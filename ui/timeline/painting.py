"""Draws the lanes from the back to the front: rows, lines, clips with their notes."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QColor, QPainter

from desktop.document.query import sounding_tracks
from desktop.document.song import Clip, Track
from ui.timeline import colours
from ui.timeline.arrangement import Arrangement
from ui.timeline.arrays import Floats, rectangles
from ui.timeline.grid_lines import lines
from ui.timeline.note_columns import Scaled
from ui.timeline.rectangles import fill
from ui.timeline.region_painting import RegionPainter
from ui.timeline.rows import Row, clip_band, region_band

NOTE_PAD_PX = 3
SILENT_ALPHA = 0.45


@dataclass(frozen=True, slots=True)
class Field:
    """A painter of lanes of `size`."""

    painter: QPainter
    arrangement: Arrangement
    size: QSizeF
    view: Scaled

    def colour(self, role: str, alpha: float = 1.0) -> QColor:
        """Return a colour of the theme."""
        return self.arrangement.studio.look.colour(role, alpha)

    def across(self, y: float, height: float, colour: QColor) -> None:
        """Fill the whole width."""
        self.painter.fillRect(QRectF(0, y, self.size.width(), height), colour)


def paint_lanes(painter: QPainter, arrangement: Arrangement, size: QSizeF) -> None:
    """Draw all that stays while the playhead moves."""
    field = Field(painter, arrangement, size, arrangement.view(0, size.width()))
    top, height = arrangement.top_px, size.height()
    seen = arrangement.rows.between(top, top + height)
    field.across(0, height, field.colour("window"))
    rows = [(arrangement.rows.rows[n], arrangement.song.tracks[n]) for n in seen]
    _paint_rows(field, rows)
    bottom = min(height, arrangement.rows.height - top)
    _paint_lines(field, bottom)
    regions = RegionPainter(painter, arrangement, field.view)
    audible = {track.id for track in sounding_tracks(arrangement.song)}
    for row, track in rows:
        _paint_clips(field, row, track)
        if track.regions:
            band = region_band(track, row.height)
            regions.paint(track, row.top - top + band.top, band.height)
        if track.id not in audible:
            field.across(row.top - top, row.height - 1, field.colour("well", SILENT_ALPHA))


def _paint_rows(field: Field, rows: list[tuple[Row, Track]]) -> None:
    top = field.arrangement.top_px
    chosen = field.arrangement.selection.track_id
    for row, track in rows:
        role = "panel" if track.id == chosen else "well"
        field.across(row.top - top, row.height - 1, field.colour(role))
        field.across(row.bottom - 1 - top, 1, field.colour("line"))


def _paint_lines(field: Field, height: float) -> None:
    view = field.view
    found = lines(field.arrangement.tempo_map, view, field.arrangement.studio.snap.division)
    kinds = ((found.divisions, "grid_sub"), (found.counts, "grid_beat"), (found.bars, "grid_bar"))
    for ticks, role in kinds:
        fill(field.painter, rectangles(np.rint(view(ticks)), 0, 1, height), field.colour(role))
    transport = field.arrangement.transport
    if transport.loop is not None and transport.loops:
        start, end = (field.arrangement.scale.x(tick) for tick in transport.loop)
        field.painter.fillRect(QRectF(start, 0, end - start, height), field.colour("accent", 0.06))


def _paint_clips(field: Field, row: Row, track: Track) -> None:
    view, theme = field.view, field.arrangement.studio.look.colours
    band = clip_band(track, row.height)
    top = row.top - field.arrangement.top_px + band.top
    clips = [c for c in track.clips if c.start < view.end and c.end > view.start]
    if not clips:
        return
    chosen_ids = field.arrangement.selection.parts
    rects = _clip_rects(clips, view, top, band.height)
    chosen = np.array([clip.id in chosen_ids for clip in clips])
    ink = colours.ink(theme, track.colour)
    _fill_bordered(field, rects[~chosen], ink, colours.body(theme, track.colour), 1)
    ground = colours.body(theme, track.colour, chosen=True)
    _fill_bordered(field, rects[chosen], field.colour("text"), ground, 2)
    pad = NOTE_PAD_PX if band.height > 4 * NOTE_PAD_PX else 1
    notes = field.arrangement.notes.of(track)
    fill(field.painter, notes.rects(view, top + pad, band.height - 2 * pad), ink)


def _clip_rects(clips: list[Clip], view: Scaled, top: float, height: float) -> Floats:
    left = np.rint(view(np.array([clip.start for clip in clips], np.float64)))
    right = np.rint(view(np.array([clip.end for clip in clips], np.float64)))
    # Far outside the view, numbers get too large for the painter.
    left, right = np.maximum(left, -10.0), np.minimum(right, view(np.array(view.end)) + 10)
    return rectangles(left, top, np.maximum(2.0, right - left), height)


def _fill_bordered(field: Field, rects: Floats, edge: QColor, inside: QColor, px: int) -> None:
    fill(field.painter, np.ascontiguousarray(rects), edge)
    inner = rects + np.array([px, px, -2 * px, -2 * px])
    fill(field.painter, np.ascontiguousarray(inner[inner[:, 2] > 0]), inside)
