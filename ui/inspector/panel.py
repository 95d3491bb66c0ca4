"""The inspector: the values of what is selected, the most particular first."""

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.document.query import find_track
from desktop.document.song import Clip, Region, Song, Track
from desktop.session.selection import Selection
from ui.inspector.abilities import AbilitiesOfSongs
from ui.inspector.clip_section import ClipSection
from ui.inspector.region_section import RegionSection
from ui.inspector.song_section import SongSection
from ui.inspector.track_section import TrackSection
from ui.shared.studio import Studio

MIN_WIDTH: Final = 220


class Inspector(QScrollArea):
    """Region, clip, track, song: those that are selected, and always the song."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = studio.session
        self.region, self.clip = RegionSection(studio), ClipSection(studio)
        self.track, self.song = TrackSection(studio), SongSection(studio)
        self._abilities = AbilitiesOfSongs()
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for section in (self.region, self.clip, self.track, self.song):
            column.addWidget(section)
        column.addStretch(1)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it scrolls to what has the focus in it
        self._session.song_changed.connect(self._show_song)
        self._session.selection_changed.connect(self._show_selection)
        self._show(self._session.song, self._session.selection)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        inside, bar = self._inside.minimumSizeHint(), self.verticalScrollBar().sizeHint()
        return QSize(max(MIN_WIDTH, inside.width() + bar.width()), 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _show_song(self, _before: Song, after: Song) -> None:
        self._show(after, self._session.selection.within(after))

    def _show_selection(self, selection: Selection) -> None:
        self._show(self._session.song, selection)

    def _show(self, song: Song, selection: Selection) -> None:
        regions = tuple(_regions(song, selection))
        clips = tuple(_clips(song, selection))
        track = _track(song, selection, regions, clips)
        self.region.setVisible(bool(regions))
        self.clip.setVisible(len(clips) == 1)
        self.track.setVisible(track is not None)
        if regions:
            self.region.show_regions(regions, song, self._abilities.of(song, regions))
        if len(clips) == 1:
            self.clip.show_clip(clips[0], song)
        if track is not None:
            self.track.show_track(track, self._abilities.of(song, track.regions))
        self.song.show_song(song)


def _regions(song: Song, selection: Selection) -> Iterator[Region]:
    for track in song.tracks:
        yield from (region for region in track.regions if region.id in selection.parts)


def _clips(song: Song, selection: Selection) -> Iterator[Clip]:
    for track in song.tracks:
        yield from (clip for clip in track.clips if clip.id in selection.parts)


def _track(
    song: Song, selection: Selection, regions: tuple[Region, ...], clips: tuple[Clip, ...]
) -> Track | None:
    if selection.track_id is not None:
        return find_track(song, selection.track_id)
    homes = [
        track
        for track in song.tracks
        if any(region in track.regions for region in regions)
        or any(clip in track.clips for clip in clips)
    ]
    return homes[0] if len(homes) == 1 else None
