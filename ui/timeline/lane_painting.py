"""Draws the lanes of takes: sound, what of it plays, and a head with name and stars."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from desktop.document.comping import PlayedSpan, played_spans
from desktop.document.song import Region, Track
from ui.shared.peaks import Peaks
from ui.shared.takes import NO_STAR, STAR, title_of
from ui.timeline import colours
from ui.timeline.arrangement import Arrangement
from ui.timeline.arrays import Floats
from ui.timeline.rectangles import fill
from ui.timeline.rows import LANE_PX, Row
from ui.timeline.sheet import FAR_PX, Window
from ui.timeline.sound_bars import sound_bars, sound_columns, take_frames
from ui.timeline.take_lanes import (
    HEAD_PX,
    PAD_PX,
    Box,
    TakeLane,
    head_box,
    lane_top,
    lanes_between,
    star_box,
)

REST_ALPHA = 0.06  # of a take where it does not play
PLAYED_ALPHA = 0.30
NAMED_FROM_PX = 56  # narrower, of a name that is too long little more than dots would be left
translate = QCoreApplication.translate
QUIET = 0.5  # how near the sound of what does not play comes to dim text


@dataclass(frozen=True, slots=True)
class Folder:
    """The lanes of a region: what plays in them, and the pixels and seconds of its sound."""

    track: Track
    region: Region
    left: float
    right: float
    spans: Sequence[PlayedSpan]
    x: Floats
    at_s: Floats


@dataclass(frozen=True, slots=True)
class ShownLane:
    """A lane and where it is drawn."""

    folder: Folder
    lane: TakeLane
    rect: QRectF

    @property
    def spans(self) -> list[PlayedSpan]:
        """Return where the take plays."""
        return [span for span in self.folder.spans if span.take.id == self.lane.take.id]


class LanePainter:
    """Draws the lanes of many tracks; of each only those in view."""

    def __init__(self, painter: QPainter, arrangement: Arrangement, window: Window) -> None:
        self._painter, self._arrangement, self._window = painter, arrangement, window
        self._look, self._theme = arrangement.studio.look, arrangement.studio.look.colours
        self._current = arrangement.lane
        font = painter.font()
        font.setPixelSize(self._look.label_px)
        painter.setFont(font)

    def paint_grounds(self, rows: list[tuple[Row, Track]]) -> None:
        """Draw what lies behind lines and lanes."""
        width = self._seen_px
        for row, _ in rows:
            for at in lanes_between(row, self._window.top, self._bottom):
                top = lane_top(row, at) - self._window.top
                self._painter.fillRect(QRectF(0, top, width, LANE_PX), self._colour("window"))
                line = QRectF(0, top + LANE_PX - 1, width, 1)
                self._painter.fillRect(line, self._colour("line"))

    def paint(self, rows: list[tuple[Row, Track]]) -> None:
        """Draw the lanes of the tracks in `rows`."""
        self._arrangement.bars.begin(self._window.time, self._arrangement.tempo_map)
        for row, track in rows:
            lanes = lanes_between(row, self._window.top, self._bottom)
            for folder in self._folders(track) if lanes else ():
                for shown in self._shown(row, folder, lanes):
                    self._paint_lane(shown)

    @property
    def _bottom(self) -> float:
        return self._window.top + self._window.height

    @property
    def _seen_px(self) -> float:
        return float(self._arrangement.view_px[0])

    def _colour(self, role: str, alpha: float = 1.0) -> QColor:
        return self._look.colour(role, alpha)

    def _folders(self, track: Track) -> Iterator[Folder]:
        view, scale = self._window.time, self._arrangement.scale
        for region in track.regions:
            if region.takes and region.start < view.end and region.end > view.start:
                left, right = round(scale.x(region.start)), round(scale.x(region.end))
                seen = min(right, self._seen_px)
                tempo_map = self._arrangement.tempo_map
                x, at_s = sound_columns(tempo_map, view, region, left, seen)
                spans = list(played_spans(region))
                yield Folder(track, region, left, right, spans, x, at_s)

    def _shown(self, row: Row, folder: Folder, lanes: range) -> Iterator[ShownLane]:
        found = self._arrangement.unfolding.cache.of(folder.region)
        left, right = max(folder.left, -FAR_PX), min(folder.right, self._seen_px + FAR_PX)
        for at in lanes:
            if at < len(found):
                top = lane_top(row, at) - self._window.top
                rect = QRectF(left, top, max(2.0, right - left - 1), LANE_PX - 1)
                yield ShownLane(folder, found[at], rect)

    def _paint_lane(self, shown: ShownLane) -> None:
        ink = colours.ink(self._theme, shown.folder.track.colour)
        self._painter.fillRect(shown.rect, _faint(ink, REST_ALPHA))
        played = [self._part(shown, span) for span in shown.spans]
        for part in played:
            self._painter.fillRect(part, _faint(ink, PLAYED_ALPHA))
        self._paint_sound(shown, played, ink)
        for part in played:
            for x in (part.left(), part.right() - 1):
                self._painter.fillRect(QRectF(x, part.top(), 1, part.height()), ink)
        self._paint_current(shown)
        rect = shown.rect
        head = head_box(rect.left(), rect.right(), rect.top(), self._seen_px)
        if head is not None:
            self._paint_head(shown, head, plays=bool(played))

    def _part(self, shown: ShownLane, span: PlayedSpan) -> QRectF:
        scale, rect = self._arrangement.scale, shown.rect
        left, right = round(scale.x(span.start)), round(scale.x(span.end))
        return QRectF(left, rect.top(), max(1, right - left), rect.height())

    def _paint_sound(self, shown: ShownLane, played: list[QRectF], ink: QColor) -> None:
        take, x = shown.lane.take, shown.folder.x
        peaks = self._arrangement.peaks.of(take)
        if peaks is None and self._arrangement.peaks.is_missing(take):
            self._say_missing(shown.rect)
        if peaks is None or len(x) < 2:
            return
        bars, plays = self._bars(shown, peaks), np.zeros(len(x) - 1, bool)
        for part in played:
            plays |= (x[:-1] >= part.left()) & (x[:-1] < part.right())
        quiet = colours.mixed(self._theme.window, self._theme.text_dim, QUIET)
        fill(self._painter, np.ascontiguousarray(bars[~plays]), quiet)
        fill(self._painter, np.ascontiguousarray(bars[plays]), ink)

    def _bars(self, shown: ShownLane, peaks: Peaks) -> Floats:
        """Return the outline of the take, in pixels of the view."""
        region, take = shown.folder.region, shown.lane.take
        place = QRectF(0, 0, 1, shown.rect.height())

        def made() -> Floats:
            found = peaks.over(take_frames(take, shown.folder.at_s))
            return sound_bars(found, shown.folder.x, place)

        key = (region.start, region.end, take.sha256, take.offset_frames)
        bars = self._arrangement.bars.of(key, made).copy()
        bars[:, 1] += shown.rect.top()
        return bars

    def _say_missing(self, rect: QRectF) -> None:
        place = QRectF(rect)
        place.setLeft(max(0.0, rect.left()) + HEAD_PX + 4 * PAD_PX)
        if place.width() > HEAD_PX:
            text = translate("Timeline", "The audio of this take is missing")
            self._write(place, text, "error", Qt.AlignmentFlag.AlignLeft)

    def _paint_current(self, shown: ShownLane) -> None:
        current = self._current
        if current is None or current.region is not shown.folder.region:
            return
        if current.lane.take.id == shown.lane.take.id:
            self._painter.setPen(self._colour("accent"))
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            self._painter.drawRect(shown.rect.adjusted(0, 0, -1, -1))

    def _paint_head(self, shown: ShownLane, head: Box, *, plays: bool) -> None:
        place, take = QRectF(*head), shown.lane.take
        colour = shown.folder.track.colour
        ground = colours.ribbon(self._theme, colour, chosen=True) if plays else None
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(ground or self._colour("raised"))
        self._painter.drawRoundedRect(place, 3, 3)
        star = star_box(head)
        right = place.right() if star is None else star.left
        name = QRectF(QPointF(place.left() + 5, place.top()), QPointF(right, place.bottom()))
        words = self._words(shown.lane, name.width())
        self._write(name, words, "text", Qt.AlignmentFlag.AlignLeft)
        if star is not None:
            stars = (
                NO_STAR if not take.stars else STAR if take.stars == 1 else f"{take.stars}{STAR}"
            )
            role = "text_dim" if not take.stars else "text" if plays else "warn"
            self._write(QRectF(*star), stars, role, Qt.AlignmentFlag.AlignHCenter)

    def _words(self, lane: TakeLane, width: float) -> str:
        """Return name and number; where they are wider than `width`, the one that can be read."""
        title, measured = title_of(lane.take, lane.number), self._painter.fontMetrics()
        full = f"{lane.number}  {title}" if lane.take.name else title
        for words in (full, title):
            if measured.horizontalAdvance(words) <= width:
                return words
        return full if width >= NAMED_FROM_PX else str(lane.number)

    def _write(self, place: QRectF, text: str, role: str, side: Qt.AlignmentFlag) -> None:
        mode = Qt.TextElideMode.ElideRight
        words = self._painter.fontMetrics().elidedText(text, mode, int(place.width()))
        self._painter.setPen(self._colour(role))
        self._painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, words)


def _faint(colour: QColor, alpha: float) -> QColor:
    faint = QColor(colour)
    faint.setAlphaF(alpha)
    return faint
