"""The ribbon of a region pulses once when the take has come that it now plays."""

from functools import partial
from typing import Final

from PySide6.QtCore import QEasingCurve, QObject, QRectF, QVariantAnimation
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QWidget

from desktop.document.song import Region, Take, Track
from ui.shared.theme import luminance
from ui.timeline import colours
from ui.timeline.arrangement import Arrangement
from ui.timeline.region_painting import place_of, ribbon_of

PULSE_MS: Final = 600
PULSE_ALPHA: Final = 0.5


class Pulses(QObject):
    """Lights up ribbons in view whose takes have come and are not heard at once.

    Nothing is drawn but the ribbon, and nothing any more when it has gone out. Where the system
    asks for less motion, there is none.
    """

    def __init__(self, arrangement: Arrangement, lanes: QWidget) -> None:
        super().__init__(lanes)
        self._arrangement, self._lanes = arrangement, lanes
        self.running: dict[int, QVariantAnimation] = {}  # by the region's id
        arrangement.studio.rendering.take_made.connect(self._take_made)

    def paint(self, painter: QPainter) -> None:
        """Light up the ribbons that pulse, as far as they have come."""
        if not self.running:
            return
        theme, modes = self._arrangement.studio.look.colours, QPainter.CompositionMode
        lights = luminance(theme.text) > luminance(theme.well)  # and the words stay what they are
        painter.setCompositionMode(
            modes.CompositionMode_Screen if lights else modes.CompositionMode_Multiply
        )
        for region_id, animation in self.running.items():
            if (found := self._find(region_id)) is not None:
                track, _, ribbon = found
                tint = QColor(colours.ink(theme, track.colour))
                tint.setAlphaF(PULSE_ALPHA * float(animation.currentValue()))
                painter.fillRect(ribbon, tint)
        painter.setCompositionMode(modes.CompositionMode_SourceOver)

    def _take_made(self, region_id: int, take: Take) -> None:
        found = self._find(region_id)
        if found is None or not moves(self._lanes):
            return
        _, region, ribbon = found
        seen = self._lanes.isVisible() and QRectF(self._lanes.rect()).intersects(ribbon)
        if region.active_take == take.id and seen and not self._is_heard(region):
            self._pulse(region_id)

    def _is_heard(self, region: Region) -> bool:
        transport = self._arrangement.transport
        return transport.is_playing and region.start <= transport.tick < region.end

    def _pulse(self, region_id: int) -> None:
        if (lasting := self.running.get(region_id)) is not None:
            lasting.setCurrentTime(0)
            return
        animation = QVariantAnimation(self)
        animation.setDuration(PULSE_MS)
        animation.setStartValue(0.0)
        animation.setEndValue(1.0)
        animation.setEasingCurve(QEasingCurve.Type.SineCurve)  # there and back
        animation.valueChanged.connect(lambda _value: self._draw(region_id))
        animation.finished.connect(partial(self._end, region_id))
        self.running[region_id] = animation
        animation.start()

    def _end(self, region_id: int) -> None:
        self.running.pop(region_id).deleteLater()
        self._draw(region_id)

    def _draw(self, region_id: int) -> None:
        if (found := self._find(region_id)) is not None:
            self._lanes.update(found[2].toAlignedRect())

    def _find(self, region_id: int) -> tuple[Track, Region, QRectF] | None:
        """Return a region with its track, and where its ribbon lies."""
        arrangement = self._arrangement
        for row, track in zip(arrangement.rows.rows, arrangement.song.tracks, strict=True):
            for region in track.regions:
                if region.id == region_id:
                    return track, region, ribbon_of(place_of(arrangement, row, track, region))
        return None


def moves(widget: QWidget) -> bool:
    """Return whether things may move in a widget, as the system says."""
    hint = QStyle.StyleHint.SH_Widget_Animation_Duration
    return widget.style().styleHint(hint, None, widget) > 0
