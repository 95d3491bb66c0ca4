"""Measures beside the window, one excerpt at a time, and remembers what it found."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from desktop.mixing.errors import MixError
from desktop.mixing.excerpt import Excerpt
from desktop.session.problems import problem_text
from desktop.storage.errors import StorageError
from desktop.storage.pool import TakePool
from inference.errors import Cancelled
from inference.progress import CancelToken

if TYPE_CHECKING:
    from desktop.mixing.analysis import Analysis

KEPT: Final = 16  # each has up to 1 MB of levels over time


class Measuring(QObject):
    """Measures the excerpt wanted last in a thread of its own; an earlier one is given up."""

    measured = Signal(object)  # the Analysis
    failed = Signal(str)  # why there is none
    progressed = Signal(float)  # 0..1
    _ended = Signal(object, object)  # identity; Analysis or why there is none
    _went_on = Signal(object, float)

    def __init__(self, pool: TakePool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = pool
        self._known: OrderedDict[Hashable, Analysis] = OrderedDict()
        self._wanted: Hashable = None
        self._cancels = [CancelToken()]  # the one of the measurement under way
        self._executor = ThreadPoolExecutor(1, "analysis")
        self._ended.connect(self._keep)
        self._went_on.connect(self._tell)
        self.destroyed.connect(partial(_end, self._executor, self._cancels))

    def want(self, excerpt: Excerpt) -> bool:
        """Measure `excerpt`, unless that is done or under way; return whether it takes time."""
        identity = excerpt.identity
        if identity == self._wanted:
            return identity not in self._known
        self.stop()
        self._wanted = identity
        if identity in self._known:
            self._known.move_to_end(identity)
            self.measured.emit(self._known[identity])
            return False
        self._cancels[0] = CancelToken()
        self._executor.submit(self._measure, excerpt, identity, self._cancels[0])
        return True

    def stop(self) -> None:
        """Give up what is under way."""
        self._cancels[0].cancel()
        self._wanted = None

    def _measure(self, excerpt: Excerpt, identity: Hashable, cancel: CancelToken) -> None:
        # Imported here, out of the way of a window that opens: SciPy takes a second.
        from desktop.mixing.analysis import analyse  # noqa: PLC0415

        try:
            found: Analysis | str = analyse(
                excerpt,
                self._pool.open,
                on_progress=partial(self._went_on.emit, identity),
                cancel=cancel,
            )
        except Cancelled:
            return
        except (MixError, StorageError, OSError, RuntimeError, ValueError) as error:
            found = problem_text(str(error))
        if not cancel.cancelled:
            self._ended.emit(identity, found)

    def _keep(self, identity: Hashable, found: Analysis | str) -> None:
        if not isinstance(found, str):
            self._known[identity] = found
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
        if identity != self._wanted:
            return
        if isinstance(found, str):
            self._wanted = None  # it is tried again when it is wanted again
            self.failed.emit(found)
        else:
            self.measured.emit(found)

    def _tell(self, identity: Hashable, share: float) -> None:
        if identity == self._wanted:
            self.progressed.emit(share)


def _end(executor: ThreadPoolExecutor, cancels: list[CancelToken]) -> None:
    cancels[0].cancel()
    executor.shutdown(wait=False, cancel_futures=True)
