"""The column of track headers."""

from collections.abc import Mapping, Set
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.document.query import find_track
from desktop.document.song import Song
from desktop.session.selection import Selection
from ui.timeline import colours
from ui.timeline.arrangement import Arrangement
from ui.timeline.commands import Commands
from ui.timeline.header import STRIPE_PX, Header
from ui.timeline.rows import Row
from ui.timeline.wheel import turn_wheel

WIDTH_PX: Final = 244
BESIDE_LANES: Final = 0.45  # how near the stripe beside lanes comes to the track's colour


class Column(QWidget):
    """Holds the headers of all rows, so that scrolling moves one widget, which costs little."""

    def __init__(self, arrangement: Arrangement, parent: QWidget) -> None:
        super().__init__(parent)
        self._arrangement = arrangement
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter, look, rows = QPainter(self), self._arrangement.studio.look, self._arrangement.rows
        painter.fillRect(event.rect(), look.colour("panel"))
        for number in rows.between(event.rect().top(), event.rect().bottom() + 1):
            if rows.rows[number].lanes:
                track = self._arrangement.song.tracks[number]
                self._paint_beside_lanes(painter, rows.rows[number], track.colour)
        painter.end()

    def _paint_beside_lanes(self, painter: QPainter, row: Row, colour: str) -> None:
        """Let the track's stripe go on beside its lanes."""
        look, height = self._arrangement.studio.look, row.bottom - row.lanes_top
        stripe = colours.mixed(look.colours.panel, colour, BESIDE_LANES)
        painter.fillRect(0, row.lanes_top, STRIPE_PX, height, stripe)
        painter.fillRect(0, row.bottom - 1, self.width(), 1, look.colour("line"))
        painter.fillRect(self.width() - 1, row.lanes_top, 1, height, look.colour("line"))


class Headers(QWidget):
    """Headers beside the rows of the lanes."""

    def __init__(
        self, arrangement: Arrangement, commands: Commands, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._arrangement, self._commands = arrangement, commands
        self.shown: dict[int, Header] = {}
        self._column, self._rows = Column(arrangement, self), arrangement.rows
        self._idle = QTimer(self, singleShot=True, interval=0)
        self._idle.timeout.connect(self._make_one)
        self.setAccessibleName(self.tr("Track headers"))
        self.setFixedWidth(WIDTH_PX)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        session = arrangement.session
        arrangement.rows_changed.connect(self.lay_out)
        for changed in (
            arrangement.transport.armed_changed,
            arrangement.transport.monitored_changed,
        ):
            changed.connect(self._show_live)
        arrangement.transport.meters_changed.connect(self._show_levels)
        arrangement.studio.look.changed.connect(lambda: self._show_selection(session.selection))
        session.song_changed.connect(self._show_change)
        session.selection_changed.connect(self._show_selection)
        commands.tracks.on_rename = self.rename
        self.lay_out()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(WIDTH_PX, 200)

    def rename(self, track_id: int) -> None:
        """Let the name of a track be typed."""
        row = self._arrangement.rows.number_of(track_id)
        if row is not None:
            self._arrangement.show_row(row)
            self.lay_out()
            self.shown[track_id].name.edit()

    def lay_out(self) -> None:
        """Put the headers beside their rows; those out of view are made when there is time."""
        rows, top = self._arrangement.rows, self._arrangement.top_px
        self._forget(self.shown.keys() - {row.track_id for row in rows.rows})
        seen = [rows.rows[n].track_id for n in rows.between(top, top + self.height())]
        self._make([track_id for track_id in seen if track_id not in self.shown])
        self._column.setGeometry(0, -top, WIDTH_PX, rows.height)
        if rows is not self._rows:  # or what is beside the lanes would be drawn at each scroll
            self._rows = rows
            self._column.update()
        for row in rows.rows:
            if row.track_id in self.shown:
                self.shown[row.track_id].setGeometry(0, row.top, WIDTH_PX, row.height)
                self.shown[row.track_id].show_fold()
        if len(self.shown) < len(rows.rows):
            self._idle.start()

    def _make(self, track_ids: list[int]) -> None:
        for track_id in track_ids:
            track = find_track(self._arrangement.song, track_id)
            header = Header(self._arrangement, self._commands, track, self._column)
            header.show_live()
            self.shown[track_id] = header
        if track_ids:
            self._show_selection(self._arrangement.selection)
            self._order_tabs()

    def _make_one(self) -> None:
        rows = self._arrangement.rows.rows
        missing = [row.track_id for row in rows if row.track_id not in self.shown]
        if missing:
            self._make(missing[:1])
            self.lay_out()

    def _forget(self, track_ids: Set[int]) -> None:
        for track_id in track_ids:
            header = self.shown.pop(track_id)
            header.hide()
            header.deleteLater()

    def _order_tabs(self) -> None:
        rows = self._arrangement.rows.rows
        headers = [self.shown[row.track_id] for row in rows if row.track_id in self.shown]
        for before, after in pairwise(control for header in headers for control in header.controls):
            QWidget.setTabOrder(before, after)

    def _show_change(self, before: Song, after: Song) -> None:
        if before.tracks is after.tracks:
            return
        for track in after.tracks:
            header = self.shown.get(track.id)
            if header is not None and header.track is not track:
                header.show_track(track)

    def _show_selection(self, selection: Selection) -> None:
        for track_id, header in self.shown.items():
            header.set_selected(track_id == selection.track_id)

    def _show_live(self) -> None:
        for header in self.shown.values():
            header.show_live()

    def _show_levels(self, levels: Mapping[int, tuple[float, float]]) -> None:
        for track_id, (peak, rms) in levels.items():
            if track_id in self.shown:
                self.shown[track_id].meter.take(peak, rms)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        look = self._arrangement.studio.look
        painter.fillRect(self.rect(), look.colour("panel"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), look.colour("line"))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.lay_out()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        turn_wheel(self._arrangement, event, over_time=False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() == Qt.MouseButton.LeftButton:
            self._commands.tracks.add()
