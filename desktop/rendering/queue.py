"""The render queue: jobs wait, can be moved and cancelled, and run one after another."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from desktop.rendering.jobs import Job, JobProgress, Pace
from inference.errors import Cancelled
from inference.progress import CancelToken

Perform: TypeAlias = Callable[[Job, Callable[[JobProgress], None], CancelToken], None]


class State(StrEnum):
    """The states of a job, in their order."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Entry:
    """A job in the queue; `error` is what it failed with."""

    number: int
    job: Job
    state: State = State.WAITING
    progress: JobProgress | None = None
    seconds_left: float | None = None
    error: Exception | None = None


OnChange: TypeAlias = Callable[[Entry], None]


class RenderQueue:
    """Jobs in the order in which they will run. Any thread may call; one runs the jobs.

    `on_change` is told of each change to an entry, in the thread that made it.
    """

    def __init__(self, perform: Perform, on_change: OnChange) -> None:
        self._perform, self._on_change = perform, on_change
        self._lock = threading.Lock()
        self._entries: dict[int, Entry] = {}
        self._cancels: dict[int, CancelToken] = {}
        self._count = 0

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return all jobs, the waiting ones in the order in which they will run."""
        with self._lock:
            return tuple(self._entries.values())

    def add(self, job: Job) -> int:
        """Return the number under which `job` now waits, as the last."""
        with self._lock:
            self._count += 1
            number = self._count
            self._entries[number] = Entry(number, job)
            self._cancels[number] = CancelToken()
        self._on_change(self._entries[number])
        return number

    def cancel(self, number: int) -> None:
        """Stop the job within a step, or take it out of the queue; nothing if it has ended."""
        with self._lock:
            entry = self._entries[number]
            if waiting := entry.state is State.WAITING:
                self._entries[number] = entry = replace(entry, state=State.CANCELLED)
            self._cancels[number].cancel()
        if waiting:
            self._on_change(entry)

    def cancel_all(self) -> None:
        """Cancel every job that waits or runs, the waiting ones first."""
        live = [e.number for e in self.entries if e.state in {State.WAITING, State.RUNNING}]
        for number in reversed(live):
            self.cancel(number)

    def move(self, number: int, before: int | None) -> None:
        """Let a waiting job run before job `before`, for None as the last."""
        with self._lock:
            order = [n for n in self._entries if n != number]
            order.insert(len(order) if before is None else order.index(before), number)
            self._entries = {n: self._entries[n] for n in order}

    def forget_ended(self) -> None:
        """Drop the jobs that have ended."""
        with self._lock:
            live = {State.WAITING, State.RUNNING}
            self._entries = {n: e for n, e in self._entries.items() if e.state in live}
            self._cancels = {n: self._cancels[n] for n in self._entries}

    def run(self) -> None:
        """Run jobs until none waits. An error ends its job only, and stays in its entry."""
        while (entry := self._take()) is not None:
            self._run(entry)

    def _take(self) -> Entry | None:
        with self._lock:
            waiting = (e for e in self._entries.values() if e.state is State.WAITING)
            entry = next(waiting, None)
            if entry is not None:
                self._entries[entry.number] = replace(entry, state=State.RUNNING)
        return entry

    def _run(self, entry: Entry) -> None:
        number, pace = entry.number, Pace()

        def on_progress(progress: JobProgress) -> None:
            left = pace.seconds_left(progress.share)
            self._change(number, progress=progress, seconds_left=left)

        self._change(number, state=State.RUNNING)
        try:
            self._perform(entry.job, on_progress, self._cancels[number])
        except Cancelled:
            self._change(number, state=State.CANCELLED)
        except Exception as error:
            self._change(number, state=State.FAILED, error=error)
        else:
            self._change(number, state=State.DONE, seconds_left=0.0)

    def _change(self, number: int, **changes: object) -> None:
        with self._lock:
            entry = replace(self._entries[number], **changes)  # type: ignore[arg-type]
            self._entries[number] = entry
        self._on_change(entry)
