"""The render worker: engines in a process of its own, which may die without harm to ours.

A job that loses its worker is tried once more in a new one. The worker ends when its pipe or its
parent ends.
"""

import multiprocessing
import os
import queue
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import numpy as np

from inference.errors import Cancelled, InferenceError, RenderError, WorkerDied
from inference.pack import load_pack
from inference.pipeline import Engine, Rendered
from inference.progress import CancelToken, OnProgress, Progress, ignore_progress
from inference.request import RenderRequest
from inference.sessions import Device

ENGINES_KEPT: Final = 2
ATTEMPTS: Final = 2
WATCH_S: Final = 0.5


@dataclass(frozen=True, slots=True)
class Job:
    """Work for the engine of a pack: its method `verb` is called with the requests."""

    number: int
    verb: str
    pack: Path
    requests: tuple[RenderRequest, ...] = ()


@dataclass(frozen=True, slots=True)
class Stop:
    """A wish to cancel the job of that number."""

    number: int


@dataclass(frozen=True, slots=True)
class Done:
    """A job's result; the audio of each recipe follows as bytes."""

    value: Any
    shapes: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """A job's error."""

    error: InferenceError


class LostWorkerError(Exception):
    """The pipe ended before the job's answer: the process died."""


class RenderWorker:
    """Renders like `Engine`, elsewhere. Any thread may call; jobs run one after another."""

    def __init__(
        self, device: str = "auto", threads: int | None = None, *, grace_s: float = 10.0
    ) -> None:
        """`grace_s` is how long a cancelled job may go on before its process is killed."""
        self._settings = (device, threads)
        self._grace_s = grace_s
        self._lock = threading.Lock()
        self._send_lock = threading.Lock()
        self._number = 0
        self._process: Any = None
        self._pipe: Connection[Any, Any] | None = None

    def open(self, pack: Path) -> Device:
        """Return the device on which the pack in folder `pack` is now open."""
        device: Device = self._run("open", pack, (), ignore_progress, None)
        return device

    def render(
        self,
        pack: Path,
        request: RenderRequest,
        on_progress: OnProgress = ignore_progress,
        cancel: CancelToken | None = None,
    ) -> Rendered:
        """Return `request` rendered by the pack in folder `pack`."""
        return self.render_chain(pack, [request], on_progress, cancel)[0]

    def render_chain(
        self,
        pack: Path,
        requests: Sequence[RenderRequest],
        on_progress: OnProgress = ignore_progress,
        cancel: CancelToken | None = None,
    ) -> list[Rendered]:
        """Return touching requests rendered as one piece."""
        rendered: list[Rendered] = self._run("chain", pack, requests, on_progress, cancel)
        return rendered

    def render_batch(
        self,
        pack: Path,
        requests: Sequence[RenderRequest],
        on_progress: OnProgress = ignore_progress,
        cancel: CancelToken | None = None,
    ) -> list[Rendered]:
        """Return independent requests rendered side by side."""
        rendered: list[Rendered] = self._run("batch", pack, requests, on_progress, cancel)
        return rendered

    @property
    def process_id(self) -> int | None:
        """Return the id of the worker's process, None while there is none."""
        process = self._process
        return process.pid if process is not None else None

    def close(self) -> None:
        """End the process; a later job starts a new one."""
        with self._lock:
            self._discard()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _run(
        self,
        verb: str,
        pack: Path,
        requests: Sequence[RenderRequest],
        on_progress: OnProgress,
        cancel: CancelToken | None,
    ) -> Any:
        cancel = cancel or CancelToken()
        with self._lock:
            for _ in range(ATTEMPTS):
                cancel.raise_if_cancelled()
                self._number += 1
                job = Job(self._number, verb, pack, tuple(requests))
                try:
                    return self._attempt(job, on_progress, cancel)
                except LostWorkerError:
                    code = self._discard()
        cancel.raise_if_cancelled()
        raise WorkerDied(
            f"the render worker died {ATTEMPTS} times at this job (exit code {code}); "
            "try a shorter region, or the device cpu"
        )

    def _attempt(self, job: Job, on_progress: OnProgress, cancel: CancelToken) -> Any:
        """Return the result of `job`; raises LostWorkerError when the worker dies."""
        pipe = self._started()
        try:
            self._send(job)
            with cancel.linked(lambda: self._send(Stop(job.number))):
                answer = self._answer(pipe, on_progress, cancel)
            if isinstance(answer, Done):
                return received(pipe, answer)
        except LostWorkerError:
            raise
        except BaseException:
            self._discard()  # whatever is left in the pipe belongs to no later job
            raise
        raise answer.error

    def _answer(
        self, pipe: "Connection[Any, Any]", on_progress: OnProgress, cancel: CancelToken
    ) -> Done | Failed:
        """Return the worker's last word, and pass on its progress until then."""
        deadline: float | None = None
        while True:
            if cancel.cancelled and deadline is None:
                deadline = time.monotonic() + self._grace_s
            if deadline is not None and time.monotonic() > deadline:
                raise Cancelled("the render was cancelled; its process did not answer")
            message = next_message(pipe)
            if isinstance(message, Progress):
                on_progress(message)
            elif message is not None:
                return message

    def _send(self, message: Job | Stop) -> None:
        with self._send_lock:
            if self._pipe is not None:
                try:
                    self._pipe.send(message)
                except OSError as error:
                    if isinstance(message, Job):  # a Stop for a dead worker is already fulfilled
                        raise LostWorkerError from error

    def _started(self) -> "Connection[Any, Any]":
        """Return the pipe to the worker, started if it is not running."""
        if self._pipe is None:
            # no fork: it would copy threads' locks, and CUDA does not survive it
            context = multiprocessing.get_context("spawn")
            ours, theirs = context.Pipe()
            process = context.Process(
                target=serve, args=(theirs, os.getpid(), *self._settings), daemon=True
            )
            with deaf_to_ctrl_c():
                process.start()
            theirs.close()
            self._process, self._pipe = process, ours
        return self._pipe

    def _discard(self) -> int | None:
        """End the process if there is one; return its exit code."""
        with self._send_lock:
            process, pipe, self._process, self._pipe = self._process, self._pipe, None, None
        if pipe is None:
            return None
        pipe.close()
        process.kill()
        process.join()
        code: int | None = process.exitcode
        return code


@contextmanager
def deaf_to_ctrl_c() -> Iterator[None]:
    """Keep SIGINT from this thread, and for good from the processes that it starts.

    Ctrl+C in a terminal reaches those too, and Python would print a traceback while it starts.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # its own start would let SIGINT through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def next_message(pipe: "Connection[Any, Any]") -> Progress | Done | Failed | None:
    """Return the worker's next message, or None if there is none yet."""
    try:
        message: Progress | Done | Failed | None = pipe.recv() if pipe.poll(WATCH_S) else None
    except (EOFError, OSError) as error:
        raise LostWorkerError from error
    return message


def received(pipe: "Connection[Any, Any]", answer: Done) -> Any:
    """Return a job's result with the audio that follows it in the pipe."""
    if not answer.shapes:
        return answer.value
    rendered = []
    for recipe, shape in zip(answer.value, answer.shapes, strict=True):
        audio = np.empty(shape, np.float32)
        try:
            pipe.recv_bytes_into(audio.data.cast("B"))
        except (EOFError, OSError) as error:
            raise LostWorkerError from error
        rendered.append(Rendered(audio, recipe))
    return rendered


class Desk:
    """The worker's side: its thread takes messages, the main thread does the jobs."""

    def __init__(self, pipe: "Connection[Any, Any]", parent: int) -> None:
        self._pipe, self._parent = pipe, parent
        self._cancels: dict[int, CancelToken] = {}
        self.jobs: queue.SimpleQueue[tuple[Job, CancelToken]] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        """Take messages until the parent is gone, then end the process at once."""
        try:
            while True:
                if self._pipe.poll(WATCH_S):
                    self._take(self._pipe.recv())
                elif os.getppid() != self._parent:
                    break
        finally:
            os._exit(0)

    def _take(self, message: Job | Stop) -> None:
        if isinstance(message, Stop):
            if message.number in self._cancels:
                self._cancels[message.number].cancel()
            return
        self._cancels = {message.number: CancelToken()}
        self.jobs.put((message, self._cancels[message.number]))


def serve(pipe: "Connection[Any, Any]", parent: int, device: str, threads: int | None) -> None:
    """Do jobs from `pipe` until it ends; the worker's main function."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to handle
    np.seterr(all="ignore")  # what is no number is an error of the graph, said in words
    with suppress(ConnectionError):  # a parent that is gone wants no answer
        work(pipe, Desk(pipe, parent), device, threads)


def work(pipe: "Connection[Any, Any]", desk: "Desk", device: str, threads: int | None) -> None:
    """Do the jobs that come to `desk`; raises ConnectionError when the parent is gone."""
    engines: dict[tuple[Path, str], Engine] = {}
    while True:
        job, cancel = desk.jobs.get()
        try:
            engine = engine_for(job.pack, engines, device, threads)
            answer(pipe, perform(engine, job, pipe.send, cancel))
        except Cancelled as error:
            pipe.send(Failed(error))
        except InferenceError as error:
            engines.clear()
            pipe.send(Failed(error))
        except Exception as error:  # told to the parent, which has a face to show it with
            engines.clear()
            pipe.send(Failed(RenderError(f"the render failed: {type(error).__name__}: {error}")))


def engine_for(
    folder: Path,
    engines: dict[tuple[Path, str], Engine],
    device: str,
    threads: int | None,
) -> Engine:
    """Return the engine of the pack as it now stands in `folder`, kept in `engines`."""
    pack = load_pack(folder)
    key = (folder, pack.sha256)
    engine = engines.pop(key, None) or Engine(pack, device, threads)
    while len(engines) >= ENGINES_KEPT:
        del engines[next(iter(engines))]
    engines[key] = engine
    return engine


def perform(
    engine: Engine, job: Job, on_progress: OnProgress, cancel: CancelToken
) -> Device | list[Rendered]:
    """Return what `job` asks of `engine`."""
    if job.verb == "open":
        return engine.device
    render = engine.render_chain if job.verb == "chain" else engine.render_batch
    return render(job.requests, on_progress, cancel)


def answer(pipe: "Connection[Any, Any]", result: Device | list[Rendered]) -> None:
    """Send the result of a job, its audio as bytes behind."""
    if isinstance(result, Device):
        pipe.send(Done(result))
        return
    pipe.send(Done([r.recipe for r in result], tuple(r.audio.shape for r in result)))
    for rendered in result:
        pipe.send_bytes(np.ascontiguousarray(rendered.audio).data.cast("B"))
