"""The export dialog: what to write, as which files, where to."""

from contextlib import suppress
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QSignalBlocker, QStandardPaths, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from desktop.document.query import sounding_tracks
from desktop.document.song import Track
from desktop.exporting.errors import ExportError
from desktop.exporting.export import export_song
from desktop.exporting.options import BITS, ExportOptions
from desktop.exporting.plan import planned_files
from desktop.mixing.errors import MixError
from desktop.storage.errors import StorageError
from inference.errors import Cancelled
from inference.progress import CancelToken
from ui.dialogs.dialog import button, named
from ui.shared.panel import dim, spaced
from ui.shared.studio import Studio

FOLDER = "export/folder"  # that in which each song gets its own


class ExportDialog(QDialog):
    """Writes stems, mix and MIDI in the background; closing it cancels."""

    progressed = Signal(int, int)  # frames done, of how many
    ended = Signal(str)  # nothing, or what went wrong

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._settings = studio.session, studio.settings
        self._cancel, self._thread = CancelToken(), Thread()
        self.setWindowTitle(self.tr("Export"))
        self._make_choices()
        self._make_rest()
        self._lay_out()
        self.progressed.connect(self._show_progress)
        self.ended.connect(self._end)
        self._session.song_changed.connect(self._list_files)
        self._show_bits()

    @property
    def options(self) -> ExportOptions:
        """Return what is chosen."""
        return ExportOptions(
            self.stems.isChecked(),
            self.mix.isChecked(),
            self.midi.isChecked(),
            file_format=self.format.currentData(),
            bits=self.bits.currentData(),
        )

    def start(self) -> None:
        """Write the files."""
        song, takes, out = self._session.song, self._session.takes, Path(self.folder.text())
        self._settings.setValue(FOLDER, str(out.parent))
        self._cancel = CancelToken()
        options, cancel = self.options, self._cancel

        def work() -> None:
            try:
                export_song(
                    song, takes.open, out, options, on_progress=self.progressed.emit, cancel=cancel
                )
            except Cancelled:
                self.ended.emit(self.tr("Cancelled, no file was written"))
            except (ExportError, MixError, StorageError, OSError, ValueError) as error:
                self.ended.emit(str(error))
            else:
                self.ended.emit("")

        self.go.hide()
        self.bar.show()
        self._thread = Thread(target=work, name="export")
        self._thread.start()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        self.problem.clear()
        self._list_files()
        super().showEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        self._stop()
        super().closeEvent(event)

    def reject(self) -> None:
        """Close, cancelling what is under way."""
        self._stop()
        super().reject()

    def _make_choices(self) -> None:
        tr = self.tr
        self.stems = _ticked(tr("Stems: a file for each track"), tr("Write a file for each track"))
        self.mix = _ticked(tr("Mix: the sum of the stems"), tr("Write the sum of the stems"))
        tip = tr("Write a MIDI file for another program")
        self.midi = _ticked(tr("MIDI: notes, tempo, markers, prompts"), tip)
        tip = tr("FLAC is as exact as WAV, and smaller")
        self.format = named(QComboBox(), tr("Format of the audio files"), tip)
        self.format.addItem("WAV", "wav")
        self.format.addItem("FLAC", "flac")
        tip = tr("More bits are more exact, and larger")
        self.bits = named(QComboBox(), tr("Bits of a sample"), tip)
        for box in (self.stems, self.mix, self.midi):
            box.toggled.connect(self._list_files)
        self.format.currentIndexChanged.connect(self._show_bits)

    def _make_rest(self) -> None:
        tr = self.tr
        self._make_places()
        self.problem = dim("", wrapped=True)
        self.silent = dim("", wrapped=True)
        self.bar = named(QProgressBar(), tr("Progress"), tr("How much is written"))
        self.bar.hide()
        self.go = button(tr("Export"), tr("Write the files"), self.start)
        self.go.setDefault(True)
        self.leave = button(tr("Cancel"), tr("Write nothing more, and close (Esc)"), self.reject)

    def _make_places(self) -> None:
        tr = self.tr
        self.folder = QLineEdit(str(self._place()))
        named(self.folder, tr("Folder to write to"), tr("Where the files go; it is made if needed"))
        self.folder.textChanged.connect(self._list_files)
        tip = tr("Choose the folder to write to")
        self.browse = button(tr("Choose..."), tip, self._choose_folder)
        name = tr("Files that will be written")
        self.files = named(QListWidget(), name, tr("What Export writes, and what it replaces"))

    def _place(self) -> Path:
        """Return a folder of the song's own, where the last export went or else with the music."""
        music = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MusicLocation)
        around = Path(str(self._settings.value(FOLDER, music)))
        return around / f"{self._session.folder.stem} export"

    def _lay_out(self) -> None:
        grid = QGridLayout()
        for row, box in enumerate((self.stems, self.mix, self.midi)):
            grid.addWidget(box, row, 0, 1, 2)
            grid.setRowMinimumHeight(row, 24)
        grid.addWidget(self.format, 0, 2)
        grid.addWidget(self.bits, 1, 2)
        grid.setColumnStretch(0, 1)
        place, buttons = QHBoxLayout(), QHBoxLayout()
        place.addWidget(self.folder, 1)
        place.addWidget(self.browse)
        buttons.addWidget(self.problem, 1)
        buttons.addWidget(self.bar, 1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.go)
        column = QVBoxLayout(self)
        spaced(column, 16)
        column.addLayout(grid)
        column.addLayout(place)
        column.addWidget(dim(self.tr("Files that will be written or replaced")))
        column.addWidget(self.files, 1)
        column.addWidget(self.silent)
        column.addLayout(buttons)
        self.resize(560, 420)

    def _show_bits(self) -> None:
        with QSignalBlocker(self.bits):
            self.bits.clear()
            for bits in reversed(BITS[self.format.currentData()]):
                kind = self.tr("32 bits, float") if bits == 32 else self.tr("{n} bits")
                self.bits.addItem(kind.format(n=bits), bits)
        self._list_files()

    def _list_files(self) -> None:
        if not self.isVisible():
            return
        self.files.clear()
        paths = planned_files(self._session.song, Path(self.folder.text()), self.options)
        for path in paths:
            replaced = self.tr("{name}  (replaced)") if _is_there(path) else "{name}"
            self.files.addItem(replaced.format(name=path.name))
        self._tell_silence()
        self.go.setEnabled(bool(paths) and bool(self.folder.text().strip()))

    def _tell_silence(self) -> None:
        """Say which tracks are heard as a sketch only, which no audio file holds."""
        tracks = sounding_tracks(self._session.song) if self.options.audio else ()
        names = [track.name or track.role for track in tracks if _is_sketch(track)]
        text = self.tr("Not rendered yet, so silent in the files: {tracks}")
        self.silent.setText(text.format(tracks=", ".join(names)) if names else "")
        self.silent.setVisible(bool(names))

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Export to"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _show_progress(self, done: int, total: int) -> None:
        self.bar.setMaximum(1000)
        self.bar.setValue(round(1000 * done / max(1, total)))

    def _end(self, problem: str) -> None:
        self._thread.join()
        self.bar.hide()
        self.go.show()
        self.problem.setText(problem)
        if not problem:
            folder = self.folder.text()
            self._session.said.emit(self.tr("Exported to {folder}").format(folder=folder))
            self.accept()

    def _stop(self) -> None:
        if self._thread.is_alive():
            self._cancel.cancel()
            self._thread.join()


def _is_sketch(track: Track) -> bool:
    """Return whether a track has notes or regions, and no take of them plays."""
    return bool(track.clips or track.regions) and all(r.playing is None for r in track.regions)


def _is_there(path: Path) -> bool:
    with suppress(OSError):  # a name that is too long, a folder that may not be looked into
        return path.exists()
    return False


def _ticked(text: str, tip: str) -> QCheckBox:
    box = named(QCheckBox(text), text, tip)
    box.setChecked(True)
    return box
