"""What an empty song shows: the three ways to begin."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop.document.edits import add_clip, add_track
from desktop.document.palette import track_colour
from desktop.document.song import Song
from desktop.document.time import Tick
from desktop.session.selection import Selection
from ui.shared.controls import Button
from ui.shared.icons import icon
from ui.shared.studio import Studio

ICON = QSize(40, 40)
CARD = "QToolButton { min-width: 160px; min-height: 88px; padding: 20px 8px 4px 8px; }"
FIRST_BARS = 4


class EmptySong(QFrame):
    """Lies over its parent while the song has no track."""

    def __init__(self, studio: Studio, parent: QWidget, on_drawn: Callable[[], None]) -> None:
        super().__init__(parent)
        self._studio, self._session, self._on_drawn = studio, studio.session, on_drawn
        tr, actions = self.tr, studio.actions
        self.draw = self._card("music-note-plus", tr("Draw a melody"), self._draw)
        self.midi = self._card(
            "file-music-outline", tr("Import MIDI"), actions["file.import_midi"].trigger
        )
        self.example = self._card(
            "folder-music-outline", tr("Open the example"), actions["file.example"].trigger
        )
        self._lay_out()
        self.setAutoFillBackground(True)
        parent.installEventFilter(self)
        studio.look.changed.connect(self._paint)
        self._session.song_changed.connect(lambda _before, after: self._show(after))
        self._paint()
        self._show(self._session.song)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Resize:
            self._cover()
        return super().eventFilter(watched, event)

    def _card(self, icon_name: str, text: str, run: Callable[[], object]) -> Button:
        button = Button()
        button.setText(text)
        button.setAccessibleName(text)
        button.setToolTip(text)
        button.setProperty("icon_name", icon_name)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(ICON)
        button.setStyleSheet(CARD)
        button.clicked.connect(lambda _checked=False: run())
        return button

    def _lay_out(self) -> None:
        title = QLabel(self.tr("How does it begin?"))
        title.setProperty("heading", True)
        hint = QLabel(self.tr("You can also drop MIDI and audio files here."))
        hint.setProperty("dim", True)
        cards = QHBoxLayout()
        cards.setSpacing(16)
        for card in (self.draw, self.midi, self.example):
            cards.addWidget(card)
        column = QVBoxLayout(self)
        column.setSpacing(16)
        column.addStretch(1)
        column.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(cards)
        column.setAlignment(cards, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(hint, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def _paint(self) -> None:
        for card in self.findChildren(QToolButton):
            card.setIcon(icon(self._studio.look, str(card.property("icon_name")), "accent"))

    def _show(self, song: Song) -> None:
        self.setVisible(not song.tracks)
        self._cover()

    def _cover(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
            self.raise_()

    def _draw(self) -> None:
        song = self._session.song
        track_id, clip_id = song.next_id, song.next_id + 1
        name = self.tr("Melody")

        def begun(song: Song) -> Song:
            length = Tick(FIRST_BARS * song.tempo_map.bar_at(0).length)
            song = add_track(song, name, "lead", track_colour(0))
            return add_clip(song, track_id, Tick(0), length)

        if self._session.edit(self.tr("Begin a melody"), begun):
            parts = frozenset({clip_id})
            self._session.select(Selection(track_id=track_id, parts=parts, clip_id=clip_id))
            self._on_drawn()
