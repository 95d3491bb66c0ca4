"""Parts dragged out of the window: files for a file manager or another program."""

import atexit
import shutil
import tempfile
from collections.abc import Iterable, Set
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, QObject, QPoint, Qt, QUrl
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QWidget

from desktop.document.song import Clip
from desktop.exporting.errors import ExportError
from desktop.exporting.parts import write_clip, write_region
from ui.timeline.arrangement import Arrangement

PREFIX: Final = "partimento-drag-"


class DraggingOut(QObject):
    """Writes the files when a drag leaves the window; they last as long as the program."""

    def __init__(self, arrangement: Arrangement, panel: QWidget) -> None:
        super().__init__(panel)
        self._arrangement, self._panel = arrangement, panel
        self._folder: Path | None = None

    def has_left(self, at: QPoint) -> bool:
        """Return whether a global point lies outside the window."""
        return not self._panel.window().frameGeometry().contains(at)

    def drag(self, part_ids: Set[int]) -> None:
        """Let the user drop the parts somewhere else; says why where there is nothing to drop."""
        files = list(self.files(part_ids))
        if not files:
            return
        drag = QDrag(self._panel)
        drag.setMimeData(mime_data(files))
        drag.exec(Qt.DropAction.CopyAction)

    def files(self, part_ids: Set[int]) -> Iterable[Path]:
        """Yield a file for each of the parts."""
        session = self._arrangement.session
        folder = self._made_folder()
        for part_id in sorted(part_ids):
            try:
                if isinstance(self._arrangement.part(part_id), Clip):
                    yield write_clip(session.song, part_id, folder)
                else:
                    yield write_region(session.song, part_id, session.takes.open, folder)
            except ExportError as error:
                session.failed.emit(str(error))

    def _made_folder(self) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix=PREFIX))
            atexit.register(shutil.rmtree, self._folder, ignore_errors=True)
        return self._folder


def mime_data(files: Iterable[Path]) -> QMimeData:
    """Return what tells other programs of the files."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    return data
