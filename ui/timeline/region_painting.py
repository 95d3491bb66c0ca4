"""Draws regions: the prompt on a ribbon, below it the sound of the take that plays."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QCoreApplication, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter

from desktop.document.comping import PlayedSpan, played_spans
from desktop.document.song import Region, Track
from ui.shared.icons import icon
from ui.shared.roles import role_text
from ui.shared.takes import title_of
from ui.timeline import colours
from ui.timeline.arrangement import Arrangement
from ui.timeline.rectangles import fill, fill_bordered
from ui.timeline.rows import RIBBON_PX, Row, ghost_band, region_band
from ui.timeline.sheet import Window, distinct
from ui.timeline.sound_bars import sound_bars, sound_columns, take_frames

TEXT_FROM_PX: Final = 13  # lower, letters are cut off
LEAST_SOUND_PX: Final = 5
CHIP_FROM_PX: Final = 150
ICON_PX: Final = 12
PAD_PX: Final = 6
MOST_LETTERS: Final = 1000  # of a prompt: more than a line ever holds
GHOST_ALPHA: Final = 0.45
PROGRESS_ALPHA: Final = 0.45
translate = QCoreApplication.translate


def unrendered_text(track: Track, region: Region) -> str:
    """Return what a region without a take says: whether there are notes to play."""
    clips = (clip for clip in track.clips if clip.start < region.end and region.start < clip.end)
    if any(clip.notes for clip in clips):
        if track.role == "mix":
            return translate(
                "Timeline", "Not rendered yet; around one line, or chords, the rest is improvised"
            )
        return translate("Timeline", "Not rendered yet")
    return translate("Timeline", "Not rendered yet; the model improvises its notes")


@dataclass(frozen=True, slots=True)
class Shown:
    """A region and where it is drawn."""

    track: Track
    region: Region
    rect: QRectF
    chosen: bool
    notes_px: int = 0  # above its sound, for notes that could be drawn

    @property
    def ribbon(self) -> QRectF:
        """Return where its prompt stands."""
        return ribbon_of(self.rect)

    @property
    def sound(self) -> QRectF:
        """Return where its take is drawn."""
        return self.rect.adjusted(1, 1 + self.ribbon.height() + self.notes_px, -1, -1)


def heights(band_px: float) -> tuple[float, float]:
    """Return the heights of ribbon and sound of regions so high."""
    ribbon_px = min(RIBBON_PX, band_px - 2)
    return ribbon_px, band_px - 2 - ribbon_px


def place_of(arrangement: Arrangement, row: Row, track: Track, region: Region) -> QRectF:
    """Return where in the lanes a region of the track in `row` is drawn."""
    scale, band = arrangement.scale, region_band(track, row.height)
    left, right = round(scale.x(region.start)), round(scale.x(region.end))
    return QRectF(left, row.top - arrangement.top_px + band.top, max(2, right - left), band.height)


def ribbon_of(place: QRectF) -> QRectF:
    """Return where in the place of a region its prompt stands."""
    height, _ = heights(place.height())
    return QRectF(place.left() + 1, place.top() + 1, place.width() - 2, height)


class RegionPainter:
    """Draws the regions of many tracks."""

    def __init__(self, painter: QPainter, arrangement: Arrangement, window: Window) -> None:
        self._painter, self._arrangement, self._window = painter, arrangement, window
        self._view, self._look = window.time, arrangement.studio.look
        font = painter.font()
        font.setPixelSize(self._look.label_px)
        painter.setFont(font)

    def paint(self, rows: list[tuple[Row, Track]]) -> None:
        """Draw the regions of the tracks in `rows`."""
        self._paint_grounds()
        self._paint_ghosts()
        for row, track in rows:
            ribbon_px, sound_px = heights(region_band(track, row.height).height)
            is_low = sound_px < LEAST_SOUND_PX and ribbon_px < TEXT_FROM_PX
            if is_low and not self._arrangement.progress:
                continue
            for each in self._shown(row, track):
                if sound_px >= LEAST_SOUND_PX:
                    self._paint_sound(each)
                self._paint_progress(each)
                if ribbon_px >= TEXT_FROM_PX and each.rect.width() > 24:
                    self._paint_words(each)

    def _shown(self, row: Row, track: Track) -> Iterator[Shown]:
        chosen, ghosts = self._arrangement.selection.parts, self._arrangement.ghosts
        notes_px = 0 if track.clips else ghost_band(track, row.height).height
        for region in track.regions:
            if region.start < self._view.end and region.end > self._view.start:
                place = place_of(self._arrangement, row, track, region)
                above_px = notes_px if ghosts.has(region.id) else 0
                yield Shown(track, region, place, region.id in chosen, above_px)

    def _paint_grounds(self) -> None:
        """Draw edges, grounds and ribbons, those of one colour in one call each."""
        sheet, theme = self._arrangement.region_sheet, self._look.colours
        seen = sheet.seen(self._window)
        chosen = np.isin(sheet.ids[seen], list(self._arrangement.selection.parts))
        for some, px in ((~chosen, 1), (chosen, 2)):
            these = seen[some]
            for colour, rects in sheet.by_colour(sheet.rects(self._window, these, 2.0), these):
                edge = self._look.colour("text") if px == 2 else colours.ink(theme, colour)
                ground = colours.mixed(theme.well, colour, 0.1)
                fill_bordered(self._painter, rects, edge, ground, px)
                inner = rects + np.array([px, px, -2 * px, -2 * px])
                inner[:, 3] = np.minimum(inner[:, 3], RIBBON_PX)
                fill(self._painter, inner, colours.ribbon(theme, colour, chosen=px == 2))

    def _paint_ghosts(self) -> None:
        """Draw the improvised notes of regions without notes of their own."""
        sheet, theme = self._arrangement.ghost_sheet, self._look.colours
        seen = sheet.seen(self._window)
        rects, seen = distinct(sheet.rects(self._window, seen), seen)
        rects[:, 2] -= rects[:, 2] > 3  # a gap between a note and the next of the same pitch
        for colour, some in sheet.by_colour(rects, seen):
            ghost = QColor(colours.ink(theme, colour))
            ghost.setAlphaF(GHOST_ALPHA)
            fill(self._painter, some, ghost)

    def _paint_progress(self, shown: Shown) -> None:
        share = self._arrangement.progress.get(shown.region.id)
        if share is not None:
            done = shown.ribbon
            done.setWidth(done.width() * min(1.0, max(0.0, share)))
            tint = QColor(colours.ink(self._look.colours, shown.track.colour))
            tint.setAlphaF(PROGRESS_ALPHA)  # the prompt stays legible on it
            self._painter.fillRect(done, tint)

    def _paint_words(self, shown: Shown) -> None:
        region, ribbon = shown.region, shown.ribbon
        right = self._paint_badges(shown.track, region, ribbon)
        # The prompt of a region that begins left of the view is written where it can be read.
        text = QRectF(ribbon)
        text.setLeft(max(ribbon.left(), 0) + PAD_PX)
        text.setRight(right)
        if text.width() < 16:
            return
        prompt = region.prompt[:MOST_LETTERS] or self._name_of(region)
        words = self._painter.fontMetrics().elidedText(
            prompt.replace("\n", " "), Qt.TextElideMode.ElideRight, int(text.width())
        )
        self._painter.setPen(self._look.colour("text"))
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        self._painter.drawText(text, align, words)

    def _name_of(self, region: Region) -> str:
        take = region.playing
        if take is not None and (take.name or take.recording):
            return title_of(take, region.takes.index(take) + 1)
        return translate("Timeline", "No prompt yet")

    def _paint_badges(self, track: Track, region: Region, ribbon: QRectF) -> float:
        """Draw chip, stars and signs from the right; return the pixel left of them."""
        right = min(ribbon.right(), self._arrangement.view_px[0]) - PAD_PX
        if right - max(0.0, ribbon.left()) < 64:
            return right
        take = region.playing
        if not all(span.take.quality.passed for span in played_spans(region)):
            right = self._paint_icon("alert", "warn", right, ribbon)
        if region.seed is not None:
            right = self._paint_icon("lock", "text", right, ribbon)
        if take is not None and take.stars:
            right = self._paint_chip("★" * take.stars, right, ribbon, plain=True)
        if ribbon.width() >= CHIP_FROM_PX:
            right = self._paint_chip(role_text(track.role), right, ribbon)
        return right

    def _paint_icon(self, name: str, role: str, right: float, ribbon: QRectF) -> float:
        place = QRect(round(right) - ICON_PX, round(ribbon.center().y()) - 6, ICON_PX, ICON_PX)
        icon(self._look, name, role).paint(self._painter, place)
        return right - ICON_PX - 4

    def _paint_chip(self, text: str, right: float, ribbon: QRectF, *, plain: bool = False) -> float:
        width = self._painter.fontMetrics().horizontalAdvance(text) + (0 if plain else 10)
        chip = QRectF(right - width, ribbon.top() + 2, width, ribbon.height() - 4)
        if not plain:
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.setBrush(self._look.colour("well", 0.6))
            self._painter.drawRoundedRect(chip, 4, 4)
        self._painter.setPen(self._look.colour("text"))
        self._painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)
        return chip.left() - 4

    def _paint_sound(self, shown: Shown) -> None:
        region, sound = shown.region, shown.sound
        if region.playing is None:
            self._say(sound, unrendered_text(shown.track, region), "text_dim")
        for span in played_spans(region):
            self._paint_take(shown, span)
        song, freshness = self._arrangement.song, self._arrangement.freshness
        if freshness.is_out_of_date(song, shown.track, region):
            hatched = QBrush(self._look.colour("warn", 0.6), Qt.BrushStyle.BDiagPattern)
            self._painter.fillRect(sound, hatched)

    def _paint_take(self, shown: Shown, span: PlayedSpan) -> None:
        scale, peaks = self._arrangement.scale, self._arrangement.peaks.of(span.take)
        part, region = QRectF(shown.sound), shown.region
        if span.start > region.start:
            part.setLeft(max(part.left(), round(scale.x(span.start))))
        if span.end < region.end:
            part.setRight(min(part.right(), round(scale.x(span.end))))
        if peaks is not None:
            left, right = part.left(), min(self._arrangement.view_px[0], part.right())
            x, at_s = sound_columns(self._arrangement.tempo_map, self._view, region, left, right)
            if len(x) > 1:
                ink = colours.ink(self._look.colours, shown.track.colour)
                found = peaks.over(take_frames(span.take, at_s))
                fill(self._painter, sound_bars(found, x, part), ink)
        elif self._arrangement.peaks.is_missing(span.take):
            self._say(part, translate("Timeline", "The audio of this take is missing"), "error")

    def _say(self, sound: QRectF, text: str, role: str) -> None:
        words = QRectF(sound)
        words.setLeft(max(0.0, sound.left()) + PAD_PX)
        if sound.height() >= TEXT_FROM_PX and words.width() > 100:
            self._painter.setPen(self._look.colour(role))
            align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            room, metrics = int(words.width()), self._painter.fontMetrics()
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            self._painter.drawText(words, align, shown)
