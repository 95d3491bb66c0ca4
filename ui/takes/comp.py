"""A lane for each take of the region; what is swiped over is what plays."""

from functools import partial
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea

from desktop.document.comping import played_spans, swipe_take
from desktop.document.song import Region, Song, Take
from desktop.document.time import Tick
from ui.shared.peak_store import PeakStore
from ui.shared.peaks import Floats
from ui.shared.studio import Studio
from ui.takes.table import TakesModel
from ui.takes.waves import wave_lines

LANE_PX: Final = 44
NAME_PX: Final = 132
PAD_PX: Final = 8
LEAST_DRAG_PX: Final = 3


class CompLanes(QAbstractScrollArea):
    """The takes that `model` shows, over the time of their region."""

    row_chosen = Signal(int)

    def __init__(self, studio: Studio, model: TakesModel, store: PeakStore) -> None:
        super().__init__()
        self._studio, self._session = studio, studio.session
        self._model, self._store, self._look = model, store, studio.look
        self._region: Region | None = None
        self._current = 0
        self._swipe: tuple[str, QPointF, Tick] | None = None  # take, and where it began
        self._swipes = False  # the pointer has moved far enough
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Lanes of the takes"))
        self.setToolTip(
            self.tr("Drag over a lane: its take plays there. Shift leaves the grid, Escape cancels")
        )
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        store.arrived.connect(self.viewport().update)
        studio.look.changed.connect(self.viewport().update)
        studio.transport.moved.connect(lambda _tick: self._show_playhead())

    def show_region(self, region: Region | None, current: int) -> None:
        """Show the takes of `region`; the one in row `current` is the current one."""
        self._region, self._current = region, current
        room = len(self._model.takes) * LANE_PX - self.viewport().height()
        self.verticalScrollBar().setRange(0, max(0, room))
        self.verticalScrollBar().setPageStep(self.viewport().height())
        self.verticalScrollBar().setSingleStep(LANE_PX)
        self.viewport().update()

    def x_of(self, tick: float) -> float:
        """Return where `tick` of the song is drawn."""
        if self._region is None:
            return NAME_PX
        share = (tick - self._region.start) / (self._region.end - self._region.start)
        return NAME_PX + share * self._lane_px

    def lane(self, row: int) -> QRectF:
        """Return where the take in `row` is drawn."""
        top = row * LANE_PX - self.verticalScrollBar().value()
        return QRectF(NAME_PX, top, self._lane_px, LANE_PX - 1)

    @property
    def _lane_px(self) -> float:
        return max(1.0, self.viewport().width() - NAME_PX - PAD_PX)

    def _tick_at(self, at: QPointF, keys: Qt.KeyboardModifier) -> Tick:
        """Return the tick under a point, on the grid, within the region."""
        region = self._region
        assert region is not None
        share = (at.x() - NAME_PX) / self._lane_px
        tick = region.start + share * (region.end - region.start)
        if not keys & Qt.KeyboardModifier.ShiftModifier:
            division = self._studio.snap.division
            tick = division.nearest(self._session.song.tempo_map, tick)
        return Tick(min(region.end, max(region.start, round(tick))))

    # Swiping

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        row = int(event.position().y() + self.verticalScrollBar().value()) // LANE_PX
        if event.button() != Qt.MouseButton.LeftButton or not 0 <= row < len(self._model.takes):
            return
        self._choose_row(row)
        if event.position().x() >= NAME_PX and self._region is not None:
            tick = self._tick_at(event.position(), event.modifiers())
            self._swipe = self._model.takes[row].id, event.position(), tick
            self._swipes = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._swipe is None or self._region is None:
            return
        take_id, begin, anchor = self._swipe
        self._swipes |= abs(event.position().x() - begin.x()) >= LEAST_DRAG_PX
        tick = self._tick_at(event.position(), event.modifiers())
        if self._swipes and tick != anchor:
            start, end = min(tick, anchor), max(tick, anchor)
            change = partial(swipe_take, region_id=self._region.id, take_id=take_id)
            self._session.preview(partial(change, start=start, end=end))
        elif self._swipes:
            self._session.cancel_preview()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._swipe is not None and event.button() == Qt.MouseButton.LeftButton:
            self._swipe = None
            self._session.commit(self.tr("Comp"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() == Qt.Key.Key_Escape and self._swipe is not None:
            self._swipe = None
            self._session.cancel_preview()
        elif event.key() in steps:
            row = self._current + steps[Qt.Key(event.key())]
            self._choose_row(min(max(row, 0), len(self._model.takes) - 1))
        else:
            super().keyPressEvent(event)

    def _choose_row(self, row: int) -> None:
        self._current = row
        self.row_chosen.emit(row)
        bar, top = self.verticalScrollBar(), row * LANE_PX
        bar.setValue(min(top, max(bar.value(), top + LANE_PX - self.viewport().height())))
        self.viewport().update()

    # Drawing

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.show_region(self._region, self._current)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._look.colour("well"))
        if self._region is not None:
            self._paint_lanes(painter, self._region, event.rect())
            x = round(self.x_of(self._studio.transport.tick))
            if x >= NAME_PX:
                painter.fillRect(QRect(x, 0, 1, self.height()), self._look.colour("playhead"))
        painter.end()

    def _paint_lanes(self, painter: QPainter, region: Region, dirty: QRect) -> None:
        song, spans = self._session.song, list(played_spans(region))
        at_s = _seconds(song, region, int(self._lane_px) + 1)
        for row, take in enumerate(self._model.takes):
            lane = self.lane(row)
            if lane.bottom() < dirty.top() or lane.top() > dirty.bottom():
                continue
            self._paint_name(painter, lane, row, take)
            painter.fillRect(lane, self._look.colour("panel"))
            edges = at_s * take.sample_rate_hz + take.offset_frames
            self._paint_wave(painter, lane, take, edges, "text_dim")
            for span in spans:
                if span.take.id == take.id:
                    left, right = self.x_of(span.start), self.x_of(span.end)
                    part = QRectF(left, lane.top(), right - left, lane.height())
                    painter.fillRect(part, self._look.colour("accent", 0.25))
                    painter.setClipRect(part)
                    self._paint_wave(painter, lane, take, edges, "accent")
                    painter.setClipping(False)

    def _paint_name(self, painter: QPainter, lane: QRectF, row: int, take: Take) -> None:
        place = QRectF(0, lane.top(), NAME_PX - 4, lane.height())
        if row == self._current:
            painter.fillRect(place, self._look.colour("selection", 0.3))
        text = f"{self._model.mark(take, row)} {self._model.title(take)}".strip()
        place.setLeft(PAD_PX)
        words = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, int(place.width())
        )
        painter.setPen(self._look.colour("text"))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _paint_wave(
        self, painter: QPainter, lane: QRectF, take: Take, edges: Floats, role: str
    ) -> None:
        peaks = self._store.of(take)
        if peaks is not None:
            painter.setPen(QPen(self._look.colour(role), 1))
            painter.drawLines(wave_lines(peaks.over(edges), lane))

    def _show_playhead(self) -> None:
        if self.isVisible():
            self.viewport().update()


def _seconds(song: Song, region: Region, count: int) -> Floats:
    """Return the seconds from the region's start at `count` evenly spaced ticks of it."""
    ticks = np.linspace(region.start, region.end, count)
    tempo_map = song.tempo_map
    start_s = tempo_map.tick_to_second(region.start)
    return np.array([tempo_map.tick_to_second(tick) for tick in ticks.tolist()]) - start_s
