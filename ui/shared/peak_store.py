"""Peaks of takes, computed beside the window and kept by the hash of their audio."""

import threading
from collections import OrderedDict
from contextlib import suppress
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from desktop.document.song import Take
from desktop.storage.errors import StorageError
from desktop.storage.pool import TakePool
from ui.shared.peaks import Peaks, peaks_of

KEPT: Final = 256  # a take of five minutes has about 1 MB of peaks
MOST_WAITING: Final = 100  # more than are in view; the rest was scrolled past


class PeakStore(QObject):
    """Computes one take after another, the one asked for last first; `arrived`: one is done.

    Its thread lasts as long as there is work.
    """

    arrived = Signal()
    _computed = Signal(str, object)

    def __init__(self, pool: TakePool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = pool
        self._known: OrderedDict[str, Peaks | None] = OrderedDict()
        self._waiting: OrderedDict[str, Take] = OrderedDict()
        self._asked: set[str] = set()  # those that wait, and the one that is computed now
        self._lock, self._ended = threading.Lock(), threading.Event()
        self._thread: threading.Thread | None = None
        self._computed.connect(self._keep)
        self.destroyed.connect(partial(threading.Event.set, self._ended))

    def of(self, take: Take) -> Peaks | None:
        """Return the take's peaks; None while they are computed, or if its audio is missing."""
        if take.sha256 in self._known:
            self._known.move_to_end(take.sha256)
            return self._known[take.sha256]
        with self._lock:
            self._want(take)
            if self._waiting and self._thread is None:
                self._thread = threading.Thread(target=self._work, name="peaks", daemon=True)
                self._thread.start()
        return None

    def is_missing(self, take: Take) -> bool:
        """Return whether the take's audio could not be read."""
        return take.sha256 in self._known and self._known[take.sha256] is None

    def _want(self, take: Take) -> None:
        if take.sha256 in self._waiting:
            self._waiting.move_to_end(take.sha256)
        elif take.sha256 not in self._asked:
            self._asked.add(take.sha256)
            self._waiting[take.sha256] = take
        if len(self._waiting) > MOST_WAITING:
            self._asked.discard(self._waiting.popitem(last=False)[0])

    def _work(self) -> None:
        while (take := self._next()) is not None:
            found = self._compute(take)
            with suppress(RuntimeError):  # the window has just gone
                self._computed.emit(take.sha256, found)

    def _next(self) -> Take | None:
        with self._lock:
            if self._waiting and not self._ended.is_set():
                return self._waiting.popitem()[1]
            self._thread = None
            return None

    def _compute(self, take: Take) -> Peaks | None:
        try:
            with self._pool.open(take) as file:

                def read(start: int, frames: int) -> object:
                    file.seek(start)
                    return file.read(frames, dtype="float32", always_2d=True).T

                return peaks_of(read, take.frames, lambda: not self._ended.is_set())  # type: ignore[arg-type]
        except (StorageError, RuntimeError, ValueError):
            return None

    def _keep(self, sha256: str, found: Peaks | None) -> None:
        with self._lock:
            self._asked.discard(sha256)
        self._known[sha256] = found
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        self.arrived.emit()
