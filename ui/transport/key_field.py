"""The song's key."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QSignalBlocker
from PySide6.QtWidgets import QComboBox

from desktop.document.song import KEYS, Song
from desktop.session.session import Session


def _tr(text: str) -> str:
    return QCoreApplication.translate("KeyField", text)


def key_text(key: str) -> str:
    """Return a key of KEYS as musicians write it."""
    kind = _tr("{tonic} min") if key.endswith("m") else _tr("{tonic} maj")
    return kind.format(tonic=key.removesuffix("m").replace("b", "\u266d").replace("#", "\u266f"))


def with_key(song: Song, key: str | None) -> Song:
    """Return `song` in `key`, None for an unknown one."""
    return replace(song, settings=replace(song.settings, key=key))


class KeyField(QComboBox):
    """Chooses the key; the first choice is none."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setAccessibleName(_tr("Key"))
        self.setToolTip(_tr("Key of the song: scales and prompts go by it"))
        self.addItem(_tr("no key"), None)
        for key in KEYS:
            self.addItem(key_text(key), key)
        self.currentIndexChanged.connect(self._choose)
        self.show_song(session.song)

    def show_song(self, song: Song) -> None:
        """Show the key of `song`."""
        with QSignalBlocker(self):
            self.setCurrentIndex(self.findData(song.settings.key))

    def _choose(self) -> None:
        key = self.currentData()
        self._session.edit(_tr("Key"), lambda song: with_key(song, key))
