"""Files of the machine that can become tracks: drag them, or bring them in with Return."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QDir, QModelIndex, QStandardPaths
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QFileSystemModel,
    QHBoxLayout,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from desktop.document.time import Tick
from desktop.importing.audio import SUFFIXES
from desktop.session.bringing import MIDI_SUFFIXES
from ui.shared.controls import Button
from ui.shared.icons import icon
from ui.shared.panel import dim
from ui.shared.studio import Studio

FOLDER: Final = "browser/folder"


class Files(QWidget):
    """MIDI and audio files below a folder of the user's choice."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio, self._session = studio, studio.session
        self.model = QFileSystemModel(self)
        self.model.setNameFilters([f"*{suffix}" for suffix in (*MIDI_SUFFIXES, *SUFFIXES)])
        self.model.setNameFilterDisables(False)
        self.model.setFilter(QDir.Filter.AllDirs | QDir.Filter.Files | QDir.Filter.NoDotAndDotDot)
        self.place = dim("")
        self.choose = Button()
        self.choose.setAccessibleName(self.tr("Choose the folder"))
        self.choose.setToolTip(self.tr("Choose the folder whose files are shown"))
        self.choose.clicked.connect(self._choose)
        self._make_tree()
        self._lay_out()
        studio.look.changed.connect(self._paint)
        self._paint()
        music = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MusicLocation)
        usual = music if Path(music).is_dir() else str(Path.home())
        self.show_folder(Path(str(studio.settings.value(FOLDER, usual))))

    def show_folder(self, folder: Path) -> None:
        """Show the files below `folder`."""
        self.tree.setRootIndex(self.model.setRootPath(str(folder)))
        self.place.setText(folder.name or str(folder))
        self.place.setToolTip(str(folder))

    def bring_in(self, path: Path) -> None:
        """Add a file as tracks of their own, where the playhead stands."""
        self._studio.bringing.bring_in(path, Tick(round(self._studio.transport.tick)))

    def _make_tree(self) -> None:
        self.tree = QTreeView()
        self.tree.setModel(self.model)
        self.tree.setHeaderHidden(True)
        for column in range(1, self.model.columnCount()):
            self.tree.hideColumn(column)
        self.tree.setDragEnabled(True)
        self.tree.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.tree.setUniformRowHeights(True)
        self.tree.setFrameShape(QTreeView.Shape.NoFrame)
        self.tree.setAccessibleName(self.tr("MIDI and audio files"))
        self.tree.setToolTip(self.tr("Drag a file onto the timeline, or press Return to add it"))
        self.tree.activated.connect(self._activate)

    def _lay_out(self) -> None:
        row, column = QHBoxLayout(), QVBoxLayout(self)
        row.setContentsMargins(8, 4, 4, 4)
        row.addWidget(self.place, 1)
        row.addWidget(self.choose)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.tree, 1)

    def _paint(self) -> None:
        self.choose.setIcon(icon(self._studio.look, "folder-open-outline"))

    def _choose(self) -> None:
        now = self.model.rootPath()
        if chosen := QFileDialog.getExistingDirectory(self, self.tr("Folder to show"), now):
            self._studio.settings.setValue(FOLDER, chosen)
            self.show_folder(Path(chosen))

    def _activate(self, index: QModelIndex) -> None:
        if not self.model.isDir(index):
            self.bring_in(Path(self.model.filePath(index)))
