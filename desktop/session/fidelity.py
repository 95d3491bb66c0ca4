"""Listens to takes beside the window: how well each plays the sketch of its region."""

import os
import sys
import threading
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
from platformdirs import user_cache_path
from PySide6.QtCore import QObject, QTimer, Signal

from desktop.document.song import Region, Take, Track
from desktop.document.tempo import TempoMap
from desktop.session.rendering import Rendering
from desktop.storage.errors import StorageError
from desktop.storage.files import read_file, write_atomically
from desktop.storage.pool import TakePool

if TYPE_CHECKING:  # SciPy and ONNX Runtime take a second to import
    from desktop.rendering.fidelity import Heard, Played

PAUSE_MS: Final = 4000  # after the last wish: first the takes are to be seen and heard
MOST_BYTES: Final = 2**22
NICENESS: Final = 19


class Fidelity(QObject):
    """Hears one take after another, while nothing is rendered, in a thread of low priority.

    What was heard is kept in the user's cache under the hash of the take; how well that plays the
    sketch is worked out anew when notes change.
    """

    arrived = Signal()  # another take was heard
    _done = Signal(str, object)

    def __init__(self, pool: TakePool, rendering: Rendering, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool, self._rendering = pool, rendering
        self._heard: dict[str, Heard | None] = {}
        self._played: dict[tuple[str, int], tuple[tuple[object, ...], Played]] = {}
        self._waiting: OrderedDict[str, Take] = OrderedDict()
        self._lock, self._ended = threading.Lock(), threading.Event()
        self._thread: threading.Thread | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._start)
        rendering.changed.connect(self._pause.start)
        rendering.take_made.connect(self._add)
        self._done.connect(self._keep)
        self.destroyed.connect(partial(threading.Event.set, self._ended))

    def want(self, takes: Iterable[Take]) -> None:
        """Hear these takes, in this order, and no others that still wait."""
        with self._lock:
            self._waiting = OrderedDict(
                (take.sha256, take) for take in takes if take.sha256 not in self._heard
            )
        if self._waiting:
            self._pause.start()

    def _add(self, _region_id: int, take: Take) -> None:
        with self._lock:
            self._waiting[take.sha256] = take
            self._waiting.move_to_end(take.sha256, last=False)
        self._pause.start()

    def played(
        self, take: Take, tempo_map: TempoMap, track: Track, region: Region
    ) -> "Played | None":
        """Return how well the take plays the sketch, None as long as it was not heard."""
        heard = self._heard.get(take.sha256)
        if heard is None:
            return None
        place = take.sha256, take.offset_frames
        basis = tempo_map, track.clips, track.role, region.start, region.end
        known = self._played.get(place)
        if known is None or not all(a is b or a == b for a, b in zip(known[0], basis, strict=True)):
            from desktop.rendering.fidelity import how_played  # noqa: PLC0415 (slow to import)

            known = basis, how_played(heard, take, tempo_map, track, region)
            self._played[place] = known
        return known[1]

    def close(self) -> None:
        """Hear no more; a take that is heard now is the last."""
        self._ended.set()
        self._pause.stop()

    def _start(self) -> None:
        with self._lock:
            if self._thread is None and self._may_go_on():
                self._thread = threading.Thread(target=self._work, name="fidelity", daemon=True)
                self._thread.start()

    def _may_go_on(self) -> bool:
        return bool(self._waiting) and not self._ended.is_set() and not self._rendering.live

    # In its thread

    def _work(self) -> None:
        if sys.platform == "linux":  # elsewhere a thread has no priority of its own
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
        while (take := self._next()) is not None:
            heard = self._hear(take)
            with suppress(RuntimeError):  # the window has just gone
                self._done.emit(take.sha256, heard)

    def _next(self) -> Take | None:
        with self._lock:
            if self._may_go_on():
                return self._waiting.popitem(last=False)[1]
            self._thread = None
            return None

    def _hear(self, take: Take) -> "Heard | None":
        if not self._pool.has(take):
            return None
        from desktop.rendering.fidelity import Heard, hear  # noqa: PLC0415 (slow to import)

        path = cache_folder() / f"{take.sha256}.json"
        with suppress(StorageError, msgspec.DecodeError):
            return msgspec.json.decode(read_file(path, MOST_BYTES), type=Heard)
        try:
            heard = hear(take, self._pool.open)
        except (StorageError, OSError, RuntimeError, ValueError):
            return None  # it is damaged, which others say
        with suppress(StorageError, OSError):  # then it is heard again next time
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, msgspec.json.encode(heard))
        return heard

    # In the window's thread

    def _keep(self, sha256: str, heard: "Heard | None") -> None:
        self._heard[sha256] = heard
        self.arrived.emit()


def cache_folder() -> Path:
    """Return where what was heard in takes is kept; it may be deleted at any time."""
    return user_cache_path("partimento", appauthor=False) / "heard"
