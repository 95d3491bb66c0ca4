"""Autosave without a thread or timer: its caller says what was edited and lets it work."""

import time
from collections.abc import Callable
from typing import Final

from desktop.document.song import Song
from desktop.storage.project import Project

MAX_BEHIND_S: Final = 2.0  # promised: the rest of it is left to the caller's timer and the disk
DELAY_S: Final = 1.0


class Autosave:
    """Writes a project's autosave DELAY_S after an edit; call `tick` every 0.5 s or more often."""

    def __init__(self, project: Project, clock: Callable[[], float] = time.monotonic) -> None:
        self._project = project
        self._clock = clock
        self._pending: Song | None = None
        self._due_s = 0.0

    def edited(self, song: Song) -> None:
        """Take note of the newest song; later edits do not put the writing off."""
        if self._pending is None:
            self._due_s = self._clock() + DELAY_S
        self._pending = song

    def tick(self) -> bool:
        """Return whether something was written; after a StorageError it is tried again later."""
        if self._pending is None or self._clock() < self._due_s:
            return False
        self._due_s = self._clock() + DELAY_S
        return self.flush()

    def flush(self) -> bool:
        """Write what is pending at once; return whether there was anything."""
        if self._pending is None:
            return False
        self._project.autosave(self._pending)
        self._pending = None
        return True
