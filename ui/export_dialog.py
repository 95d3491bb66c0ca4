"""The export dialog: what to write, as which files, where to."""

from pathlib import Path
from threading import Thread

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QCloseEvent
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
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.exporting.errors import ExportError
from desktop.exporting.export import export_song
from desktop.exporting.options import BITS, ExportOptions
from desktop.exporting.plan import planned_files
from desktop.mixing.errors import MixError
from desktop.storage.errors import StorageError
from inference.errors import Cancelled
from inference.progress import CancelToken
from ui.shared.panel import dim, spaced
from ui.shared.studio import Studio

FOLDER = "export/folder"


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
        self._settings.setValue(FOLDER, str(out))
        self._cancel = CancelToken()
        options, cancel = self.options, self._cancel

        def work() -> None:
            try:
                export_song(
                    song, takes.open, out, options, on_progress=self.progressed.emit, cancel=cancel
                )
            except Cancelled:
                self.ended.emit(self.tr("Cancelled, no file was written"))
            except (ExportError, MixError, StorageError, OSError) as error:
                self.ended.emit(str(error))
            else:
                self.ended.emit("")

        self.go.hide()
        self.bar.show()
        self._thread = Thread(target=work, name="export")
        self._thread.start()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        self._stop()
        super().closeEvent(event)

    def reject(self) -> None:
        """Close, cancelling what is under way."""
        self._stop()
        super().reject()

    def _make_choices(self) -> None:
        self.stems = _ticked(self.tr("Stems: a file for each track"))
        self.mix = _ticked(self.tr("Mix: the sum of the stems"))
        self.midi = _ticked(self.tr("MIDI: notes, tempo, markers, prompts"))
        self.format, self.bits = QComboBox(), QComboBox()
        self.format.addItem("WAV", "wav")
        self.format.addItem("FLAC", "flac")
        self.format.setAccessibleName(self.tr("Format of the audio files"))
        self.bits.setAccessibleName(self.tr("Bits of a sample"))
        for box in (self.stems, self.mix, self.midi):
            box.toggled.connect(self._list_files)
        self.format.currentIndexChanged.connect(self._show_bits)

    def _make_rest(self) -> None:
        default = str(self._session.folder.parent / f"{self._session.folder.stem} export")
        self.folder = QLineEdit(str(self._settings.value(FOLDER, default)))
        self.folder.setAccessibleName(self.tr("Folder to write to"))
        self.folder.textChanged.connect(self._list_files)
        self.browse = QPushButton(self.tr("Choose..."))
        self.browse.setToolTip(self.tr("Choose the folder to write to"))
        self.browse.clicked.connect(self._choose_folder)
        self.files = QListWidget()
        self.files.setAccessibleName(self.tr("Files that will be written"))
        self.problem = dim("", wrapped=True)
        self.bar = QProgressBar()
        self.bar.hide()
        self.go = QPushButton(self.tr("Export"))
        self.go.setDefault(True)
        self.go.clicked.connect(self.start)
        self.leave = QPushButton(self.tr("Cancel"))
        self.leave.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        for row, box in enumerate((self.stems, self.mix, self.midi)):
            grid.addWidget(box, row, 0, 1, 2)
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
        self.files.clear()
        paths = planned_files(self._session.song, Path(self.folder.text()), self.options)
        for path in paths:
            replaced = self.tr("{name}  (replaced)") if path.exists() else "{name}"
            self.files.addItem(replaced.format(name=path.name))
        self.go.setEnabled(bool(paths) and bool(self.folder.text().strip()))

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


def _ticked(text: str) -> QCheckBox:
    box = QCheckBox(text)
    box.setChecked(True)
    return box
