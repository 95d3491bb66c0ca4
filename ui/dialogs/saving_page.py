"""What there is to know of saving; nothing of it needs to be set."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop.storage.autosave import MAX_BEHIND_S
from ui.dialogs.dialog import named
from ui.dialogs.page import Page
from ui.shared.studio import Studio
from ui.songs import songs_folder


class SavingPage(Page):
    """Where songs lie, and that no change is lost."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tr = self.tr
        self.song = _path(str(studio.session.folder), tr("Folder of this song"))
        self.songs = _path(str(songs_folder()), tr("Folder of new songs"))
        self.row(tr("This song"), self.song)
        self.row(tr("New songs"), self.songs)
        text = tr(
            "Autosave is always on: each change is on disk within {seconds:g} seconds, beside the "
            "song as you saved it. If the program ends without asking, it offers to recover the "
            "changes when the song is opened again."
        )
        self.note(text.format(seconds=MAX_BEHIND_S))


def _path(path: str, name: str) -> QLabel:
    label = named(QLabel(path), name, path)
    label.setWordWrap(True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label
