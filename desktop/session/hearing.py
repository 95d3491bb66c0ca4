"""Notes heard in takes, beside the window: seconds of work in a thread, one edit at the end."""

from functools import partial
from threading import Thread

from PySide6.QtCore import QObject, Signal

from desktop.document.query import find_region, has_region, track_with_region
from desktop.document.song import Song, Take
from desktop.importing.heard_notes import HeardNote, hear_notes, with_heard_notes
from desktop.mixing.errors import MixError
from desktop.session.session import Session
from desktop.storage.errors import StorageError


class Hearing(QObject):
    """Turns what a region plays into a clip on a new track. Use it from the window's thread."""

    _heard = Signal(int, object)  # region id, the notes
    _failed = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._thread: Thread | None = None
        self._heard.connect(self._put_in)
        self._failed.connect(self._tell)

    def hear(self, region_id: int) -> None:
        """Hear the take that the region plays; the clip comes when that is done."""
        song = self._session.song
        if (take := find_region(song, region_id).playing) is None:
            self._session.said.emit(self.tr("Select a region that plays a take"))
        elif self._thread is not None:
            self._session.said.emit(self.tr("Another take is still being listened to"))
        else:
            self._session.said.emit(self.tr("Listening for notes ..."))
            self._thread = Thread(target=self._work, args=(song, region_id, take), name="hearing")
            self._thread.start()

    def close(self) -> None:
        """Wait for what is being heard."""
        if self._thread is not None:
            self._thread.join()

    def _work(self, song: Song, region_id: int, take: Take) -> None:
        try:
            notes = hear_notes(song, region_id, take, self._session.takes.open)
        except (MixError, StorageError) as error:
            self._failed.emit(str(error))
        except Exception as error:
            self._failed.emit(f"{type(error).__name__}: {error}")
            raise
        else:
            self._heard.emit(region_id, notes)

    def _put_in(self, region_id: int, notes: list[HeardNote]) -> None:
        self._thread = None
        song = self._session.song
        if not notes:
            self._session.said.emit(self.tr("No notes are heard in this take"))
        elif has_region(song, region_id):
            name = self.tr("{name}, heard").format(name=track_with_region(song, region_id).name)
            change = partial(with_heard_notes, region_id=region_id, notes=notes, name=name)
            self._session.edit(self.tr("Notes from the take"), change)
            self._session.said.emit(self.tr("Notes heard: {n}").format(n=len(notes)))

    def _tell(self, message: str) -> None:
        self._thread = None
        self._session.failed.emit(message)
