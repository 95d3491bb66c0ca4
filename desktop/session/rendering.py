"""Rendering in the background: regions are asked for, their takes come into the open song."""

import threading
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from desktop.document.query import find_region, has_region
from desktop.document.song import Song, Take
from desktop.document.time import Tick
from desktop.rendering.jobs import (
    Job,
    JobProgress,
    Repaint,
    Task,
    Variation,
    as_asked,
    draw_seed,
    plan_jobs,
    plan_stems,
)
from desktop.rendering.mends import Mend, mended
from desktop.rendering.packs import pack_for
from desktop.rendering.queue import Batches, Entry, RenderQueue, State
from desktop.session.selection import Selection
from desktop.session.session import Session
from desktop.storage.pool import TakePool
from inference.pack import Pack
from inference.progress import CancelToken

if TYPE_CHECKING:  # slow to import: only the first render needs them
    from desktop.rendering.render import Kept, Refused, Renderer
    from inference.worker import RenderWorker

JOIN_S: Final = 0.02  # how long a window that closes waits between takes that still come in
AUTO: Final = "auto"
LIVE: Final = frozenset({State.WAITING, State.RUNNING})


class Workshop:
    """The render workers of all songs that are opened in turn, each made when it is first used.

    There is one for each device that jobs are rendered on: the chosen one, and the CPU for those
    that shall try it there. `together` says how many like jobs are rendered side by side, None as
    device and pack gain by it.
    """

    def __init__(self, device: str = AUTO, together: int | None = None) -> None:
        self._lock = threading.Lock()
        self._workers: dict[str, RenderWorker] = {}
        self._device = device
        self.together = together

    @property
    def device(self) -> str:
        """Return the device that renders, or "auto" for the best there is."""
        return self._device

    def worker(self, device: str | None = None) -> "RenderWorker":
        """Return the worker of `device`, None for the chosen one; any thread may call."""
        from inference.worker import RenderWorker  # noqa: PLC0415 (ONNX Runtime is slow to import)

        with self._lock:
            wanted = device or self._device
            if wanted not in self._workers:
                self._workers[wanted] = RenderWorker(wanted)
            return self._workers[wanted]

    def use_device(self, device: str) -> None:
        """Render on `device` from the next job on."""
        with self._lock:
            workers, self._workers, self._device = self._workers, {}, device
        for worker in workers.values():  # a job may still run
            threading.Thread(target=worker.close, name="device").start()

    def close_spare(self) -> None:
        """End the processes of other devices than the chosen one; no job may run on them."""
        with self._lock:
            spare = [self._workers.pop(one) for one in {*self._workers} - {self._device}]
        for worker in spare:
            worker.close()

    def close(self) -> None:
        """End the processes."""
        for worker in list(self._workers.values()):
            worker.close()


@dataclass(slots=True, eq=False)
class Handed:
    """Takes on their way to the window's thread, and the regions that are to play theirs.

    Of a repaint, `repainted` are the ticks from the region's start that were made anew.
    """

    takes: Sequence[tuple[int, Take]]
    play: frozenset[int]
    repainted: tuple[Tick, Tick] | None = None
    arrived: threading.Event = field(default_factory=threading.Event)


class Door:
    """The open song as a job in another thread sees it; only its first takes are played at once."""

    def __init__(self, session: Session, hand: Callable[[Handed], None], job: Job) -> None:
        self._session, self._hand, self._job = session, hand, job
        self._played: set[int] = set()

    @property
    def song(self) -> Song:
        """Return the song in which the job was asked for, with the takes that came since."""
        return song_of(self._job, self._session.history.song)

    @property
    def takes(self) -> TakePool:
        """Return the project's take pool."""
        return self._session.takes

    def keep_takes(self, takes: Sequence[tuple[int, Take]]) -> None:
        """Return when the window has put the takes into the song."""
        play = frozenset(region_id for region_id, _ in takes) - self._played
        self._played |= play
        handed = Handed(takes, play, repainted_by(self._job))
        self._hand(handed)
        handed.arrived.wait()


def song_of(job: Job, now: Song) -> Song:
    """Return the song that `job` renders; that of `now` where one of its regions is gone."""
    if job.asked is None or not all(has_region(now, region_id) for region_id in job.region_ids):
        return now
    return as_asked(job.asked, now)


def repainted_by(job: Job) -> tuple[Tick, Tick] | None:
    """Return the ticks, from its region's start, that `job` makes anew; None if it is no repaint.

    The region may have been moved since the job was asked for.
    """
    if job.asked is None or not isinstance(job.variation, Repaint):
        return None
    region = find_region(job.asked, job.region_ids[0])
    first, last = max(job.variation.start, region.start), min(job.variation.end, region.end)
    return Tick(first - region.start), Tick(last - region.start)


class Rendering(QObject):
    """The render queue of the open song. Use it from the window's thread.

    Jobs run one after another, or like ones together, by the workers of `workshop`, in a thread
    that lasts as long as there are any.
    """

    changed = Signal()  # the jobs, their states or their order
    progressed = Signal()  # how far the job that runs is
    take_made = Signal(int, object)  # region id, Take
    refused = Signal(int, object)  # region id, what the quality gate found fault with

    _told = Signal(object)  # an Entry, from whatever thread
    _handed = Signal()

    def __init__(self, session: Session, workshop: Workshop, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._workshop = session, workshop
        batches = Batches(self._companions, self._perform_together)
        self._queue = RenderQueue(self._perform, self._told.emit, batches)
        self._incoming: SimpleQueue[Handed] = SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._warms_up: tuple[int, ...] = ()  # the region whose pack is wanted soon
        self._seen: dict[int, State] = {}
        self._told.connect(self._take_note)
        self._handed.connect(self._take_over)

    @property
    def workshop(self) -> Workshop:
        """Return what renders."""
        return self._workshop

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return all jobs, those that wait in the order in which they will run."""
        return self._queue.entries

    @property
    def live(self) -> tuple[Entry, ...]:
        """Return the jobs that run or wait."""
        return tuple(entry for entry in self.entries if entry.state in LIVE)

    @property
    def shares(self) -> dict[int, float]:
        """Return how far, 0..1, each region that waits or is rendered now has come."""
        return {
            region_id: entry.progress.share if entry.progress is not None else 0.0
            for entry in reversed(self.live)
            for region_id in entry.job.region_ids
        }

    def render(
        self, region_ids: Collection[int], *, takes: int = 1, new_seed: bool = False
    ) -> tuple[int, ...]:
        """Return the numbers of the jobs that now wait for the regions, `takes` takes for each.

        With `new_seed` a locked seed is passed over, for a take that differs from the last one.
        """
        seed = draw_seed() if new_seed else None
        jobs = plan_jobs(self._session.song, region_ids, takes=takes, seed=seed)
        return self._add(*jobs)

    def vary(self, region_id: int, variation: Variation, *, takes: int = 1) -> int:
        """Return the number of the job that makes takes of the region from one of its takes."""
        return self._add(Job((region_id,), takes, draw_seed(), variation=variation))[0]

    def sweep(self, region_id: int, prompts: Sequence[str], *, takes: int) -> int:
        """Return the number of the job that gives the region `takes` takes of each prompt."""
        return self._add(Job((region_id,), takes, prompts=tuple(prompts)))[0]

    def render_stems(self, region_ids: Collection[int]) -> tuple[int, ...]:
        """Return the numbers of the jobs that render the regions' tracks one after another.

        Each hears the tracks before it.
        """
        return self._add(*plan_stems(self._session.song, region_ids))

    def again(self, number: int) -> None:
        """Let a job that has ended wait once more."""
        self._add(next(entry.job for entry in self.entries if entry.number == number))

    def mend(self, number: int, mend: Mend) -> None:
        """Let a job that has failed wait once more, with what may help it."""
        job = next(entry.job for entry in self.entries if entry.number == number)
        self._add(mended(job, mend))

    def cancel(self, number: int) -> None:
        """Stop a job within a step, or take it out of the queue."""
        self._queue.cancel(number)

    def cancel_all(self) -> None:
        """Stop every job."""
        self._queue.cancel_all()

    def move(self, number: int, before: int | None) -> None:
        """Let a waiting job run before job `before`, for None as the last."""
        self._queue.move(number, before)
        self.changed.emit()

    def forget_ended(self) -> None:
        """Drop the jobs that have ended."""
        self._queue.forget_ended()
        self.changed.emit()

    def warm_up_for_regions(self) -> None:
        """Load a region's pack once one is selected, so that its render begins at once."""
        self._session.selection_changed.connect(self._warm_up)

    def close(self) -> None:
        """Stop every job; takes that are finished still come into the song."""
        self.cancel_all()
        while (thread := self._thread) is not None:
            thread.join(JOIN_S)
            self._take_over()

    def _add(self, *jobs: Job) -> tuple[int, ...]:
        song = self._session.history.song
        numbers = self._queue.add_all([replace(job, asked=job.asked or song) for job in jobs])
        self._start()
        return numbers

    def _start(self) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="rendering", daemon=True)
                self._thread.start()

    # In the window's thread

    def _warm_up(self, selection: Selection) -> None:
        regions = (part for part in selection.parts if has_region(self._session.song, part))
        if (region_id := next(regions, None)) is not None:
            self._session.selection_changed.disconnect(self._warm_up)
            self._warms_up = (region_id,)
            self._start()

    def _take_note(self, entry: Entry) -> None:
        known, self._seen[entry.number] = self._seen.get(entry.number), entry.state
        if known is entry.state:
            self.progressed.emit()
            return
        if entry.state is State.FAILED:
            self._session.failed.emit(str(entry.error))
        self.changed.emit()

    def _take_over(self) -> None:
        """Put what was finished into the song."""
        with suppress(Empty):
            while True:
                handed = self._incoming.get_nowait()
                try:
                    self._session.keep_takes(handed.takes, handed.play, handed.repainted)
                finally:
                    handed.arrived.set()  # the job waits for it, and who closes waits for the job

    # In the rendering thread

    def _work(self) -> None:
        while True:
            if self._warms_up:
                region_ids, self._warms_up = self._warms_up, ()
                with suppress(Exception):  # its job will say so
                    pack = pack_for(self._session.history.song, region_ids)
                    self._workshop.worker().open(pack.folder)
            self._queue.run()
            self._workshop.close_spare()
            with self._lock:
                if not self._warms_up and not any(e.state is State.WAITING for e in self.entries):
                    self._thread = None
                    return

    def _perform(
        self, job: Job, on_progress: Callable[[JobProgress], None], cancel: CancelToken
    ) -> None:
        self._renderer(job).perform(job, on_progress, cancel)

    def _perform_together(self, tasks: Sequence[Task]) -> None:
        from desktop.rendering.together import perform_together  # noqa: PLC0415 (slow to import)

        worker = self._workshop.worker(tasks[0].job.device)
        perform_together(tasks, lambda task: self._renderer(task.job).work(task), worker)

    def _companions(self, first: Job, waiting: Sequence[Job]) -> Sequence[int]:
        """Return the places of the waiting jobs that are rendered together with the first."""
        from desktop.rendering.likeness import companions  # noqa: PLC0415 (slow to import)

        song = song_of(first, self._session.history.song)
        try:
            pack = pack_for(song, first.region_ids, first.pack_id)
            most = self._most_together(song, first, pack)
        except Exception:  # the job itself will say so; without this thread nothing would render
            return ()
        return companions(song, first, waiting, pack, most) if most > 1 else ()

    def _most_together(self, song: Song, job: Job, pack: Pack) -> int:
        """Return how many jobs like this one fill a run of the denoiser; one does so on a CPU."""
        from desktop.rendering.likeness import windows  # noqa: PLC0415 (slow to import)
        from inference.pipeline import most_rows  # noqa: PLC0415 (slow to import)

        if self._workshop.together is not None:
            return self._workshop.together
        if pack.manifest.sampling.rows == 1 or job.thrift:
            return 1
        device = self._workshop.worker(job.device).open(pack.folder)
        return most_rows(device.name, pack) // windows(song, job, pack)

    def _renderer(self, job: Job) -> "Renderer":
        """Return what performs the job by the pack that its regions want."""
        from desktop.rendering.render import Renderer  # noqa: PLC0415 (slow to import)

        door, worker = Door(self._session, self._hand, job), self._workshop.worker(job.device)
        pack = pack_for(door.song, job.region_ids, job.pack_id)
        return Renderer(door, pack, worker, self._tell)

    def _tell(self, result: "Kept | Refused") -> None:
        from desktop.rendering.render import Kept  # noqa: PLC0415 (slow to import)

        if isinstance(result, Kept):
            self.take_made.emit(result.region_id, result.take)
        else:
            self.refused.emit(result.region_id, result.failures)

    def _hand(self, handed: Handed) -> None:
        self._incoming.put(handed)
        self._handed.emit()
