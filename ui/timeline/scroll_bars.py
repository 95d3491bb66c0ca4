"""The scroll bars, in step with what is in view; the page that turns with the playhead."""

from typing import Final

from PySide6.QtCore import QObject, QSignalBlocker, Qt
from PySide6.QtWidgets import QScrollBar, QWidget

from desktop.document.time import PPQ
from ui.timeline.arrangement import Arrangement
from ui.timeline.rows import USUAL_PX

PAGE_FROM: Final = 0.92
MARGIN: Final = 0.08
TICKS_A_STEP: Final = 60  # a scroll bar counts whole numbers up to 2**31


class ScrollBars(QObject):
    """`across` scrolls time, `down` the tracks."""

    def __init__(self, arrangement: Arrangement, panel: QWidget) -> None:
        super().__init__(panel)
        self._arrangement = arrangement
        self.across = QScrollBar(Qt.Orientation.Horizontal, panel)
        self.down = QScrollBar(Qt.Orientation.Vertical, panel)
        self.across.setAccessibleName(self.tr("Scroll through time"))
        self.down.setAccessibleName(self.tr("Scroll through the tracks"))
        self.across.valueChanged.connect(
            lambda value: arrangement.scale.scroll_to(value * TICKS_A_STEP)
        )
        self.down.valueChanged.connect(arrangement.scroll_rows)
        arrangement.changed.connect(self.show)
        arrangement.rows_changed.connect(self.show)
        arrangement.transport.moved.connect(self._follow)

    def show(self) -> None:
        """Stand where the view does."""
        arrangement, (width, height) = self._arrangement, self._arrangement.view_px
        page = width / arrangement.scale.pixels_per_tick
        end = max(arrangement.song.end + 64 * PPQ, arrangement.scale.left_tick + page)
        _set(self.across, end - page, page, arrangement.scale.left_tick, TICKS_A_STEP)
        room = max(0, arrangement.rows.height + USUAL_PX // 2 - height)
        _set(self.down, room, height, arrangement.top_px, 1)
        self.down.setSingleStep(USUAL_PX // 2)

    def _follow(self, tick: float) -> None:
        transport, scale = self._arrangement.transport, self._arrangement.scale
        width = self._arrangement.view_px[0]
        page_px = width * (PAGE_FROM if transport.is_playing else 1)
        if transport.follows and not 0 <= scale.x(tick) <= page_px:
            scale.scroll_to(tick - width * MARGIN / scale.pixels_per_tick)


def _set(bar: QScrollBar, room: float, page: float, at: float, unit: int) -> None:
    with QSignalBlocker(bar):
        bar.setRange(0, round(room / unit))
        bar.setPageStep(max(1, round(page / unit)))
        bar.setSingleStep(max(1, round(page / unit / 16)))
        bar.setValue(round(at / unit))
