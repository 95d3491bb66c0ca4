"""The inspector of the song."""

from dataclasses import replace

from PySide6.QtWidgets import QLabel

from desktop.document.song import Song
from desktop.rendering.packs import DEFAULT_PACK
from ui.inspector.section import Section
from ui.shared.controls_text import TypedField
from ui.shared.readings import time_text
from ui.shared.studio import Studio


class SongSection(Section):
    """Title, length, sample rate, model."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(self.tr("Song"))
        self._session = studio.session
        self.name = TypedField(
            self._session, self._rename, self.tr("Title of the song"), self.tr("Title of the song")
        )
        self.length, self.rate, self.pack = QLabel(), QLabel(), QLabel()
        self.row(self.tr("Title"), self.name)
        self.row(self.tr("Length"), self.length)
        self.row(self.tr("Sample rate"), self.rate)
        self.row(self.tr("Model"), self.pack)

    def show_song(self, song: Song) -> None:
        """Show `song`."""
        self.name.set_shown(song.title)
        bars = sum(1 for _ in song.tempo_map.bars(song.tempo_map.bar_at(0).start, song.end))
        length = self.tr("{bars} bars, {time}")
        self.length.setText(length.format(bars=bars, time=time_text(song.tempo_map, song.end)))
        self.rate.setText(f"{song.settings.sample_rate_hz / 1000:g} kHz")
        self.pack.setText(song.settings.pack_id or DEFAULT_PACK)

    def _rename(self, title: str) -> None:
        self._session.edit(self.tr("Rename song"), lambda song: replace(song, title=title))
