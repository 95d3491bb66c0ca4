"""The inspector of a clip."""

from PySide6.QtWidgets import QLabel

from desktop.document.edits import move_clip, resize_clip
from desktop.document.query import find_clip
from desktop.document.song import Clip, Song
from desktop.document.time import Tick
from ui.inspector.section import Section
from ui.shared.controls_text import TypedField
from ui.shared.readings import length_text, position_text, tick_of_position
from ui.shared.studio import Studio


class ClipSection(Section):
    """Where a clip starts and ends, and what is in it."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(self.tr("Clip"))
        self._session = studio.session
        self.clip_id = 0
        tip = self.tr("{what} as bar.beat.tick")
        names = self.tr("Start of the clip"), self.tr("End of the clip")
        self.start, self.end = (
            TypedField(self._session, take, name, tip.format(what=name))
            for take, name in zip((self._move, self._resize), names, strict=True)
        )
        self.length, self.notes = QLabel(), QLabel()
        self.row(self.tr("Start"), self.start)
        self.row(self.tr("End"), self.end)
        self.row(self.tr("Length"), self.length)
        self.row(self.tr("Notes"), self.notes)

    def show_clip(self, clip: Clip, song: Song) -> None:
        """Show `clip` of `song`."""
        self.clip_id = clip.id
        self.start.set_shown(position_text(song.tempo_map, clip.start))
        self.end.set_shown(position_text(song.tempo_map, clip.end))
        self.length.setText(length_text(song.tempo_map, clip.start, clip.end))
        pitches = [note.pitch for note in clip.notes]
        text = self.tr("{n}, pitch {low} to {high}") if pitches else self.tr("none yet")
        low, high = min(pitches, default=0), max(pitches, default=0)
        self.notes.setText(text.format(n=len(pitches), low=low, high=high))

    def _move(self, text: str) -> None:
        clip_id, tick = self.clip_id, tick_of_position(self._session.song.tempo_map, text)
        self._session.edit(self.tr("Move clip"), lambda song: move_clip(song, clip_id, tick))

    def _resize(self, text: str) -> None:
        clip_id, end = self.clip_id, tick_of_position(self._session.song.tempo_map, text)
        length = Tick(end - find_clip(self._session.song, clip_id).start)
        self._session.edit(self.tr("Resize clip"), lambda song: resize_clip(song, clip_id, length))
