"""The file menu: new, open, save, import, export, quit."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu, QWidget

from desktop.document.song import Song
from desktop.document.time import Tick
from desktop.midi.error import MidiError
from desktop.storage.errors import StorageError
from desktop.storage.project import project_path, read_project
from ui.dialogs.dialog import show_beside
from ui.questions import ask_name
from ui.shared.studio import Studio
from ui.songs import copy_song, example_folder, make_song, recent_songs, songs_folder


class FileActions(QObject):
    """Registers the file menu's actions.

    `wanted` names a song to be opened in place of this one, `saved_as` where this one is now.
    """

    wanted = Signal(object)  # Path
    saved_as = Signal(object)  # Path

    def __init__(self, studio: Studio, window: QWidget) -> None:
        super().__init__(window)
        self._studio, self._window, self._session = studio, window, studio.session
        self._export: QDialog | None = None
        self._recent = QMenu(window)
        self._recent.aboutToShow.connect(self._list_recent)
        self._register()

    def _register(self) -> None:
        add, tr = self._studio.actions.add, self.tr
        add("file.new", "file", tr("New..."), self.new, "Ctrl+N")
        add("file.open", "file", tr("Open..."), self.open, "Ctrl+O")
        recent = add("file.recent", "file", tr("Open recent"), self._show_recent)
        recent.setMenu(self._recent)
        add("file.example", "file", tr("Open the example"), self.open_example)
        add("file.save", "file", tr("Save"), self._session.save, "Ctrl+S")
        add("file.save_as", "file", tr("Save as..."), self.save_as, "Ctrl+Shift+S")
        add("file.import_midi", "file", tr("Import MIDI..."), self.import_midi, "Ctrl+Shift+M")
        add("file.export", "file", tr("Export..."), self.export, "Ctrl+Shift+E")
        add("file.quit", "file", tr("Quit"), self._window.close, "Ctrl+Q")

    def new(self) -> None:
        """Make a song, its name asked for."""
        if name := ask_name(self._window, self.tr("New song"), self.tr("Untitled")):
            self._try(lambda: self.wanted.emit(make_song(songs_folder(), name)))

    def open(self) -> None:
        """Open a song that the user chooses."""
        folder = QFileDialog.getExistingDirectory(
            self._window, self.tr("Open a song (a .partimento folder)"), str(songs_folder())
        )
        if folder:
            self.wanted.emit(Path(folder))

    def open_example(self) -> None:
        """Open the user's copy of the example, made at the first time."""
        source, copy = example_folder(), songs_folder() / example_folder().name
        self._try(lambda: self._open_copy(source, copy))

    def save_as(self) -> None:
        """Save under another name, and go on there."""
        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Save as"), str(self._session.folder)
        )
        if name:
            target = project_path(Path(name))
            song = replace(self._session.history.song, title=target.stem)
            self._try(lambda: self._save_copy(target, song))

    def import_midi(self) -> None:
        """Add the tracks of a MIDI file that the user chooses."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Import MIDI"), "", self.tr("MIDI files (*.mid *.midi)")
        )
        if name:
            self._studio.bringing.bring_in(Path(name), Tick(0))

    def export(self) -> None:
        """Ask what to export, and write it."""
        from ui.export_dialog import ExportDialog  # noqa: PLC0415 (SciPy takes a second)

        if self._export is None:
            self._export = ExportDialog(self._studio, self._window)
        show_beside(self._export)

    def end(self) -> None:
        """Stop what is still being written or read."""
        self._studio.bringing.close()
        if self._export is not None:
            self._export.reject()

    def _open_copy(self, source: Path, copy: Path) -> None:
        if not copy.exists():
            copy_song(source, copy, read_project(source).song)
        self.wanted.emit(copy)

    def _save_copy(self, target: Path, song: Song) -> None:
        copy_song(self._session.folder, target, song)
        self.saved_as.emit(target)

    def _show_recent(self) -> None:
        self._recent.popup(QCursor.pos())

    def _list_recent(self) -> None:
        self._recent.clear()
        others = [f for f in recent_songs(self._studio.settings) if f != self._session.folder]
        for folder in others:
            action = self._recent.addAction(folder.stem, partial(self.wanted.emit, folder))
            action.setToolTip(str(folder))
        if not others:
            self._recent.addAction(self.tr("No other song yet")).setEnabled(False)

    def _try(self, work: Callable[[], object]) -> None:
        try:
            work()
        except (StorageError, MidiError, OSError) as error:
            self._session.failed.emit(str(error))
