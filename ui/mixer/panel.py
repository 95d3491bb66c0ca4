"""The mixer: a strip for each track, the master at the right."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QStackedLayout, QWidget

from desktop.document.song import Song
from desktop.session.selection import Selection
from ui.mixer.master import MASTER, Master
from ui.mixer.strip import Strip
from ui.shared.studio import Studio


class Mixer(QWidget):
    """Strips in the order of the tracks."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio, self._session = studio, studio.session
        self.strips: dict[int, Strip] = {}
        self.master = Master(studio)
        self.empty = QLabel(self.tr("Tracks have their strips here; Ctrl+T adds a track."))
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setProperty("dim", True)
        self._lay_out()
        self._session.song_changed.connect(self._show_change)
        self._session.selection_changed.connect(self._show_selection)
        studio.transport.meters_changed.connect(self._show_levels)
        studio.look.changed.connect(lambda: self._show_selection(self._session.selection))
        self._show_song(self._session.song)

    def _lay_out(self) -> None:
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.setAlignment(Qt.AlignmentFlag.AlignLeft)
        inside = QWidget()
        inside.setLayout(self._row)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it scrolls to what has the focus in it
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pages = QStackedLayout()
        self._pages.addWidget(scroll)
        self._pages.addWidget(self.empty)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(self._pages, 1)
        row.addWidget(self.master)

    def _show_change(self, before: Song, after: Song) -> None:
        if [t.id for t in before.tracks] != [t.id for t in after.tracks]:
            self._show_song(after)
            return
        for old, new in zip(before.tracks, after.tracks, strict=True):
            if old is not new:
                self.strips[new.id].show_track(new)

    def _show_song(self, song: Song) -> None:
        for track_id in self.strips.keys() - {track.id for track in song.tracks}:
            strip = self.strips.pop(track_id)
            strip.hide()
            strip.deleteLater()
        for at, track in enumerate(song.tracks):
            if track.id not in self.strips:
                self.strips[track.id] = Strip(self._studio, track)
            self.strips[track.id].show_track(track)
            self._row.insertWidget(at, self.strips[track.id])
        self._pages.setCurrentIndex(0 if song.tracks else 1)
        self._show_selection(self._session.selection)

    def _show_selection(self, selection: Selection) -> None:
        for track_id, strip in self.strips.items():
            strip.set_selected(track_id == selection.track_id)

    def _show_levels(self, levels: Mapping[int, tuple[float, float]]) -> None:
        for track_id, (peak, rms) in levels.items():
            if track_id == MASTER:
                self.master.take(peak, rms)
            elif track_id in self.strips:
                self.strips[track_id].meter.take(peak, rms)
