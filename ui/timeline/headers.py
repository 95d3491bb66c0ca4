"""The column of track headers; those in view are made when they come into it."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.document.song import Song
from desktop.session.selection import Selection
from ui.timeline.arrangement import Arrangement
from ui.timeline.commands import Commands
from ui.timeline.header import Header
from ui.timeline.wheel import turn_wheel

WIDTH_PX: Final = 244


class Headers(QWidget):
    """Headers beside the rows of the lanes."""

    def __init__(
        self, arrangement: Arrangement, commands: Commands, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._arrangement, self._commands = arrangement, commands
        self.shown: dict[int, Header] = {}
        self.setAccessibleName(self.tr("Track headers"))
        self.setFixedWidth(WIDTH_PX)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        session = arrangement.session
        arrangement.rows_changed.connect(self.lay_out)
        arrangement.armed_changed.connect(self._show_armed)
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
        """Put the headers beside their rows."""
        rows, top = self._arrangement.rows, self._arrangement.top_px
        tracks, seen = self._arrangement.song.tracks, rows.between(top, top + self.height())
        for track_id in self.shown.keys() - {track.id for track in tracks}:
            header = self.shown.pop(track_id)
            header.hide()
            header.deleteLater()
        made = False
        for number in seen:
            track = tracks[number]
            if track.id not in self.shown:
                self.shown[track.id] = Header(self._arrangement, self._commands, track, self)
                self.shown[track.id].show_armed(self._arrangement.armed)
                made = True
        for number, row in enumerate(rows.rows):
            if row.track_id in self.shown:
                header = self.shown[row.track_id]
                header.setGeometry(0, row.top - top, WIDTH_PX, row.height)
                header.setVisible(number in seen)
        if made:
            self._show_selection(self._arrangement.selection)
            self._order_tabs()

    def _order_tabs(self) -> None:
        rows = self._arrangement.rows.rows
        headers = [self.shown[row.track_id] for row in rows if row.track_id in self.shown]
        for before, after in pairwise(headers):
            QWidget.setTabOrder(before.last_control, after.first_control)

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

    def _show_armed(self, armed: frozenset[int]) -> None:
        for header in self.shown.values():
            header.show_armed(armed)

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
