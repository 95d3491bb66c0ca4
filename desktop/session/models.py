"""The model packs, changed and measured beside the window: one thing at a time, in a thread."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Final

from PySide6.QtCore import QObject, Signal

from desktop.rendering.packs import all_packs, user_folder
from desktop.session.rendering import Workshop
from inference.errors import InferenceError
from inference.install import install, remove, restore, superseded
from inference.pack import Pack
from inference.progress import CancelToken
from inference.request import RenderRequest

MEASURED_S: Final = 8


@dataclass(frozen=True, slots=True)
class Speed:
    """How a pack renders here; `passed_over` says why faster devices do not."""

    pack_sha256: str
    device: str
    threads: int
    times_real_time: float
    passed_over: tuple[str, ...]


class Models(QObject):
    """Installs, removes, rolls back and measures packs. Use it from the window's thread."""

    changed = Signal()  # which packs there are
    busy_changed = Signal(bool)
    measured = Signal(object)  # a Speed
    failed = Signal(str)

    _done = Signal(object, str)  # what came of it, or why nothing did

    def __init__(self, workshop: Workshop, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workshop = workshop
        self._thread: Thread | None = None
        self._leaving = CancelToken()
        self._done.connect(self._end)

    @property
    def is_busy(self) -> bool:
        """Return whether something is being done."""
        return self._thread is not None

    def install(self, source: Path) -> None:
        """Install the pack in a folder or archive."""
        self._do(lambda: install(source, user_folder()))

    def remove(self, pack_id: str) -> None:
        """Remove an installed pack."""
        self._do(lambda: remove(pack_id, user_folder()))

    def roll_back(self, pack_id: str, version: str) -> None:
        """Install again a version that a newer one took the place of."""
        self._do(lambda: restore(pack_id, version, user_folder()))

    def measure(self, pack: Pack) -> None:
        """Render a few seconds and tell how fast that was."""
        self._do(lambda: speed_of(pack, self._workshop, self._leaving))

    def close(self) -> None:
        """Measure no further; wait for anything else that is being done."""
        self._leaving.cancel()
        if self._thread is not None:
            self._thread.join()

    @staticmethod
    def older(pack: Pack) -> tuple[str, ...]:
        """Return the versions of a pack to which there is a way back."""
        try:
            return superseded(pack.id, user_folder())
        except OSError:  # what cannot be read is no way back
            return ()

    @staticmethod
    def comes_with_the_program(pack: Pack) -> bool:
        """Return whether a pack cannot be removed."""
        return pack.folder.parent != user_folder()

    @staticmethod
    def all() -> list[Pack | InferenceError]:
        """Return each pack, or why it cannot be used."""
        return list(all_packs())

    def _do(self, work: Callable[[], object]) -> None:
        if self._thread is not None:
            return

        def run() -> None:
            try:
                self._done.emit(work(), "")
            except (InferenceError, OSError) as error:
                self._done.emit(None, str(error))
            except Exception as error:  # or it would be busy for ever
                self._done.emit(None, f"{type(error).__name__}: {error}")

        self._thread = Thread(target=run, name="models")
        self._thread.start()
        self.busy_changed.emit(True)

    def _end(self, result: object, failure: str) -> None:
        self._thread = None
        self.busy_changed.emit(False)
        if failure:
            self.failed.emit(failure)
        elif isinstance(result, Speed):
            self.measured.emit(result)
        else:
            self.changed.emit()


def speed_of(pack: Pack, workshop: Workshop, cancel: CancelToken) -> Speed:
    """Return how fast `pack` renders, opened and warm; raises Cancelled."""
    worker, audio = workshop.worker(), pack.manifest.audio
    device = worker.open(pack.folder)
    role = next(iter(pack.manifest.conditions.roles), "mix")
    frames = MEASURED_S * audio.sample_rate_hz
    request = RenderRequest(pack_id=pack.id, frames=frames, prompt="piano", role=role)
    worker.render(pack.folder, request, cancel=cancel)
    began = time.perf_counter()
    worker.render(pack.folder, request, cancel=cancel)
    passed = tuple(f"{fallback.device}: {fallback.reason}" for fallback in device.fallbacks)
    rate = MEASURED_S / (time.perf_counter() - began)
    return Speed(pack.sha256, device.name, device.threads, rate, passed)
