"""Peaks of takes, computed beside the window and kept by the hash of their audio."""

from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event
from typing import Final

from PySide6.QtCore import QObject, Signal

from desktop.document.song import Take
from desktop.storage.errors import StorageError
from desktop.storage.pool import TakePool
from ui.shared.peaks import Peaks, peaks_of

KEPT: Final = 256  # a take of five minutes has about 1 MB of peaks


class PeakStore(QObject):
    """Computes one take after another in a thread of its own; `arrived` says that one is done."""

    arrived = Signal()
    _computed = Signal(str, object)

    def __init__(self, pool: TakePool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = pool
        self._known: OrderedDict[str, Peaks | None] = OrderedDict()
        self._waiting: set[str] = set()
        self._executor = ThreadPoolExecutor(1, "peaks")
        self._ended = Event()
        self._computed.connect(self._keep)
        self.destroyed.connect(partial(_end, self._executor, self._ended))

    def of(self, take: Take) -> Peaks | None:
        """Return the take's peaks; None while they are computed, or if its audio is missing."""
        if take.sha256 in self._known:
            self._known.move_to_end(take.sha256)
            return self._known[take.sha256]
        if take.sha256 not in self._waiting:
            self._waiting.add(take.sha256)
            self._executor.submit(self._compute, take)
        return None

    def is_missing(self, take: Take) -> bool:
        """Return whether the take's audio could not be read."""
        return take.sha256 in self._known and self._known[take.sha256] is None

    def _compute(self, take: Take) -> None:
        try:
            with self._pool.open(take) as file:

                def read(start: int, frames: int) -> object:
                    file.seek(start)
                    return file.read(frames, dtype="float32", always_2d=True).T

                found = peaks_of(read, take.frames, lambda: not self._ended.is_set())  # type: ignore[arg-type]
        except (StorageError, RuntimeError, ValueError):
            found = None
        if not self._ended.is_set():
            self._computed.emit(take.sha256, found)

    def _keep(self, sha256: str, found: Peaks | None) -> None:
        self._waiting.discard(sha256)
        self._known[sha256] = found
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        self.arrived.emit()


def _end(executor: ThreadPoolExecutor, ended: Event) -> None:
    ended.set()
    executor.shutdown(wait=False, cancel_futures=True)
