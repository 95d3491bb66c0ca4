"""The render queue: jobs wait, can be moved and cancelled, and run in their order."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeAlias

from desktop.rendering.jobs import Job, JobProgress, Pace, Task
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


@dataclass(frozen=True, slots=True)
class Batches:
    """How jobs are performed together.

    `companions` says which of those that wait, by their places, go along with the first.
    """

    companions: Callable[[Job, Sequence[Job]], Sequence[int]]
    perform: Callable[[Sequence[Task]], None]


class RenderQueue:
    """Jobs in the order in which they will run. Any thread may call; one runs the jobs.

    `on_change` is told of each change to an entry, in the thread that made it. Without `batches`
    each job runs alone.
    """

    def __init__(
        self, perform: Perform, on_change: OnChange, batches: Batches | None = None
    ) -> None:
        self._perform, self._on_change, self._batches = perform, on_change, batches
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
        return self.add_all([job])[0]

    def add_all(self, jobs: Sequence[Job]) -> tuple[int, ...]:
        """Return the numbers under which `jobs` now wait; none of them runs before all wait."""
        with self._lock:
            first = self._count + 1
            self._count += len(jobs)
            entries = [Entry(number, job) for number, job in enumerate(jobs, start=first)]
            self._entries |= {entry.number: entry for entry in entries}
            self._cancels |= {entry.number: CancelToken() for entry in entries}
        for entry in entries:
            self._on_change(entry)
        return tuple(entry.number for entry in entries)

    def cancel(self, number: int) -> None:
        """Stop the job within a step, or take it out of the queue; nothing if it has ended."""
        with self._lock:
            entry = self._entries[number]
            if waiting := entry.state is State.WAITING:
                self._entries[number] = entry = replace(entry, state=State.CANCELLED)
            token = self._cancels[number]
        token.cancel()  # not under the lock: what is told of it may ask for it
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
        while tasks := [self._task(entry) for entry in self._take()]:
            try:
                self._run(tasks)
            except Exception as error:
                for task in tasks:
                    task.on_end(error)

    def _take(self) -> list[Entry]:
        """Return the next job, and those that run together with it."""
        waiting = [entry for entry in self.entries if entry.state is State.WAITING]
        taken = waiting[:1]
        if self._batches is not None and len(waiting) > 1:
            others = [entry.job for entry in waiting[1:]]
            taken += [waiting[1 + at] for at in self._batches.companions(taken[0].job, others)]
        begun = [entry for entry in taken if self._change(entry.number, state=State.RUNNING)]
        return begun or (self._take() if taken else [])  # all may be cancelled meanwhile

    def _task(self, entry: Entry) -> Task:
        number, pace = entry.number, Pace()

        def on_progress(progress: JobProgress) -> None:
            left = pace.seconds_left(progress.share)
            self._change(number, progress=progress, seconds_left=left)

        def on_end(error: Exception | None) -> None:
            ended = {"state": State.DONE, "seconds_left": 0.0}
            if isinstance(error, Cancelled):
                ended = {"state": State.CANCELLED}
            elif error is not None:
                ended = {"state": State.FAILED, "error": error}
            self._change(number, **ended)

        return Task(entry.job, on_progress, self._cancels[number], on_end)

    def _run(self, tasks: Sequence[Task]) -> None:
        if self._batches is not None and len(tasks) > 1:
            self._batches.perform(tasks)
            return
        for task in tasks:
            self._perform(task.job, task.on_progress, task.cancel)
            task.on_end(None)

    def _change(self, number: int, **changes: Any) -> bool:
        """Change an entry that waits or runs, and tell of it; return whether it did."""
        with self._lock:
            entry = self._entries.get(number)
            if entry is None or entry.state not in {State.WAITING, State.RUNNING}:
                return False
            self._entries[number] = entry = replace(entry, **changes)
        self._on_change(entry)
        return True
