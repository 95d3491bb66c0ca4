"""The timeline: ruler, strips, headers and lanes in their places."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.shared.studio import Studio
from ui.timeline.arrangement import Arrangement
from ui.timeline.changes import Markers, Metres, Tempos
from ui.timeline.commands import Commands
from ui.timeline.corner import Corner
from ui.timeline.dropping import Dropping
from ui.timeline.headers import Headers
from ui.timeline.lane_spots import LaneSpot
from ui.timeline.lanes import Lanes
from ui.timeline.menus import show_lanes_menu
from ui.timeline.ruler import Ruler
from ui.timeline.scroll_bars import ScrollBars
from ui.timeline.spots import Spot
from ui.timeline.strip import Strip


class Timeline(QWidget):
    """The tracks over time. `clip_opened` asks for a clip's notes to be shown."""

    clip_opened = Signal(int)

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Timeline"))
        self.arrangement = Arrangement(studio, self)
        self.commands = Commands(self.arrangement, self)
        self.ruler = Ruler(self.arrangement, self)
        kinds = (Markers(), Tempos(), Metres())
        self.strips = tuple(Strip(self.arrangement, kind, self) for kind in kinds)
        self.lanes = Lanes(self.arrangement, self.commands, self)
        self.headers = Headers(self.arrangement, self.commands, self)
        self.corner = Corner(studio, self.strips, self)
        self.bars = ScrollBars(self.arrangement, self)
        self._dropping = Dropping(self.arrangement, self.lanes, self)
        self._lay_out()
        self.setFocusProxy(self.lanes)
        self.setAcceptDrops(True)
        self.lanes.menu_wanted.connect(self._show_menu)
        self.arrangement.clip_opened.connect(self.clip_opened)

    def show_progress(self, progress: Mapping[int, float]) -> None:
        """Show how far, 0..1, the regions with these ids are rendered; none for an empty one."""
        self.arrangement.progress = dict(progress)
        self.arrangement.changed.emit()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        above = (self.ruler, *self.strips)
        grid.addWidget(self.corner, 0, 0, len(above), 1)
        for row, widget in enumerate(above):
            grid.addWidget(widget, row, 1)
        body = len(above)
        grid.addWidget(self.headers, body, 0)
        grid.addWidget(self.lanes, body, 1)
        grid.addWidget(self.bars.down, 0, 2, body + 1, 1)
        grid.addWidget(self.bars.across, body + 1, 0, 1, 2)
        grid.setRowStretch(body, 1)
        grid.setColumnStretch(1, 1)

    def _show_menu(self, spot: Spot | LaneSpot | None, at: QPoint) -> None:
        show_lanes_menu(self.commands, spot, self.lanes, at)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        self._dropping.enter(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802
        self._dropping.move(event)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:  # noqa: N802
        self._dropping.leave()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        self._dropping.drop(event)
