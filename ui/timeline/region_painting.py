"""Draws regions: the prompt on a ribbon, below it the sound of the take that plays."""

from typing import Final

import numpy as np
from PySide6.QtCore import QCoreApplication, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter

from desktop.document.song import Region, Take, Track
from ui.shared.icons import icon
from ui.timeline import colours
from ui.timeline.arrangement import Arrangement
from ui.timeline.arrays import Floats, rectangles
from ui.timeline.moments import ticks_to_seconds
from ui.timeline.note_columns import Scaled
from ui.timeline.rectangles import fill

RIBBON_PX: Final = 18
TEXT_FROM_PX: Final = 12
CHIP_FROM_PX: Final = 150
ICON_PX: Final = 12
PAD_PX: Final = 6
PROGRESS_ALPHA: Final = 0.45
translate = QCoreApplication.translate


class RegionPainter:
    """Draws the regions of one track after another with one painter."""

    def __init__(self, painter: QPainter, arrangement: Arrangement, view: Scaled) -> None:
        self._painter, self._arrangement, self._view = painter, arrangement, view
        self._look = arrangement.studio.look
        font = painter.font()
        font.setPixelSize(11)
        painter.setFont(font)

    def paint(self, track: Track, top: float, height: float) -> None:
        """Draw the regions of `track` in a band."""
        scale, chosen = self._arrangement.scale, self._arrangement.selection.parts
        for region in track.regions:
            if region.start < self._view.end and region.end > self._view.start:
                left, right = round(scale.x(region.start)), round(scale.x(region.end))
                rect = QRectF(left, top, max(2, right - left), height)
                self._paint(track, region, rect, region.id in chosen)

    def _paint(self, track: Track, region: Region, rect: QRectF, chosen: bool) -> None:
        theme = self._look.colours
        ink = colours.ink(theme, track.colour)
        ribbon = QRectF(rect)
        ribbon.setHeight(min(RIBBON_PX, rect.height()))
        self._painter.fillRect(rect, colours.mixed(theme.well, track.colour, 0.1))
        sound = QRectF(rect.left(), ribbon.bottom(), rect.width(), rect.height() - ribbon.height())
        if sound.height() >= 4:
            self._paint_sound(track, region, sound, ink)
        self._painter.fillRect(ribbon, colours.ribbon(theme, track.colour, chosen=chosen))
        self._paint_progress(region, ribbon, ink)
        if ribbon.height() >= TEXT_FROM_PX and rect.width() > 24:
            self._paint_words(track, region, ribbon)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(self._look.colour("text") if chosen else ink)
        self._painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        if chosen:
            self._painter.drawRect(rect.adjusted(1.5, 1.5, -1.5, -1.5))

    def _paint_progress(self, region: Region, ribbon: QRectF, ink: QColor) -> None:
        share = self._arrangement.progress.get(region.id)
        if share is not None:
            done = QRectF(ribbon)
            done.setWidth(ribbon.width() * min(1.0, max(0.0, share)))
            tint = QColor(ink)
            tint.setAlphaF(PROGRESS_ALPHA)  # the prompt stays legible on it
            self._painter.fillRect(done, tint)

    def _paint_words(self, track: Track, region: Region, ribbon: QRectF) -> None:
        right = self._paint_badges(track, region, ribbon)
        # The prompt of a region that begins left of the view is written where it can be read.
        text = QRectF(ribbon)
        text.setLeft(max(ribbon.left(), 0) + PAD_PX)
        text.setRight(right)
        if text.width() < 16:
            return
        prompt = region.prompt or self._name_of(region)
        words = self._painter.fontMetrics().elidedText(
            prompt.replace("\n", " "), Qt.TextElideMode.ElideRight, int(text.width())
        )
        self._painter.setPen(self._look.colour("text"))
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        self._painter.drawText(text, align, words)

    def _name_of(self, region: Region) -> str:
        take = region.playing
        if take is not None and take.name:
            return take.name
        return translate("Timeline", "No prompt yet")

    def _paint_badges(self, track: Track, region: Region, ribbon: QRectF) -> float:
        """Draw chip, stars and signs from the right; return the pixel left of them."""
        right = min(ribbon.right(), self._arrangement.view_px[0]) - PAD_PX
        if right - max(0.0, ribbon.left()) < 64:
            return right
        take = region.playing
        if take is not None and not take.quality.passed:
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

    def _paint_sound(self, track: Track, region: Region, sound: QRectF, ink: QColor) -> None:
        take = region.playing
        if take is None:
            self._say(sound, translate("Timeline", "Not rendered yet"), "text_dim")
        elif (peaks := self._arrangement.peaks.of(take)) is not None:
            columns = self._columns(region, take, sound)
            if len(columns[0]) > 1:
                fill(self._painter, _bars(peaks.over(columns[1]), columns[0], sound), ink)
        elif self._arrangement.peaks.is_missing(take):
            self._say(sound, translate("Timeline", "The audio of this take is missing"), "error")
        tempo_map, freshness = self._arrangement.tempo_map, self._arrangement.freshness
        if freshness.is_out_of_date(tempo_map, track, region):
            hatched = QBrush(self._look.colour("warn", 0.6), Qt.BrushStyle.BDiagPattern)
            self._painter.fillRect(sound, hatched)

    def _columns(self, region: Region, take: Take, sound: QRectF) -> tuple[Floats, Floats]:
        """Return the pixels of the sound in view, and the take's frames at their edges."""
        left = max(0.0, sound.left())
        right = min(self._arrangement.view_px[0], sound.right())
        x = np.arange(left, right + 1)
        ticks = self._view.left + x / self._view.pixels_per_tick
        tempo_map = self._arrangement.tempo_map
        start_s = tempo_map.tick_to_second(region.start)
        at_s = ticks_to_seconds(tempo_map, ticks) - start_s
        return x, at_s * take.sample_rate_hz + take.offset_frames

    def _say(self, sound: QRectF, text: str, role: str) -> None:
        words = QRectF(sound)
        words.setLeft(max(0.0, sound.left()) + PAD_PX)
        if sound.height() >= TEXT_FROM_PX and words.width() > 100:
            self._painter.setPen(self._look.colour(role))
            align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            self._painter.drawText(words, align, text)


def _bars(found: Floats, x: Floats, sound: QRectF) -> Floats:
    middle, half = sound.center().y(), sound.height() / 2 - 1
    high, low = middle - found[1] * half, middle - found[0] * half
    return rectangles(x[:-1], high - 0.5, 1, np.maximum(1.0, low - high))


def role_text(role: str) -> str:
    """Return the name of a track's role in the user's language."""
    return {
        "mix": translate("Timeline", "mix"),
        "lead": translate("Timeline", "lead"),
        "harmony": translate("Timeline", "harmony"),
        "bass": translate("Timeline", "bass"),
        "drums": translate("Timeline", "drums"),
    }.get(role, role)
