"""The render worker: engines in a process of its own, which may die without harm to ours.

A job that loses its worker is tried once more in a new one. The worker ends when its pipe or its
parent ends.
"""

import ctypes
import gc
import multiprocessing
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TypeAlias

import numpy as np

from inference.arrays import Audio
from inference.errors import (
    Cancelled,
    InferenceError,
    RenderError,
    WorkerDied,
    WorkerKilled,
)
from inference.pack import load_pack
from inference.pipeline import Engine, Rendered
from inference.progress import CancelToken, OnProgress, Progress, ignore_progress, when_all
from inference.provenance import Recipe
from inference.request import RenderRequest
from inference.sessions import Device, out_of_memory

ENGINES_KEPT: Final = 2
ATTEMPTS: Final = 2
WATCH_S: Final = 0.5
NO_MEMORY_EXIT: Final = 12  # ENOMEM
MEMORY_EXITS: Final = frozenset({-9, NO_MEMORY_EXIT})  # SIGKILL, that of the OOM killer

Chain: TypeAlias = tuple[RenderRequest, ...]
Chains: TypeAlias = Sequence[Sequence[RenderRequest]]
Together: TypeAlias = list[list[Rendered] | None]  # by chain, None for one that was cancelled


@dataclass(frozen=True, slots=True)
class Job:
    """Work for the engine of a pack: to render chains side by side, or without any to open it."""

    number: int
    pack: Path
    chains: tuple[Chain, ...] = ()
    thrift: int = 0
    hear: bool = False


@dataclass(frozen=True, slots=True)
class Stop:
    """A wish to cancel a chain of the job of that number."""

    number: int
    chain: int


@dataclass(frozen=True, slots=True)
class Opened:
    """The pack of a job is open, on that device."""

    device: Device


@dataclass(frozen=True, slots=True)
class Done:
    """A job has ended. Recipes and shapes of audio, by chain; the audio follows as bytes."""

    device: Device
    parts: tuple[tuple[tuple[Recipe, tuple[int, ...]], ...] | None, ...]


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
        self._device: Device | None = None
        self._process: Any = None
        self._pipe: Connection[Any, Any] | None = None

    def open(self, pack: Path) -> Device:
        """Return the device on which the pack in folder `pack` is now open."""
        return self._run(Job(0, pack), ignore_progress, [CancelToken()])[0]

    def render(
        self,
        pack: Path,
        request: RenderRequest,
        on_progress: OnProgress = ignore_progress,
        cancel: CancelToken | None = None,
        *,
        hear: bool = False,
    ) -> Rendered:
        """Return `request` rendered by the pack in folder `pack`; see `Engine.render`."""
        tokens = [cancel or CancelToken()]
        (rendered,) = self.render_together(pack, [[request]], on_progress, tokens, hear=hear)
        if rendered is None:
            raise Cancelled("the render was cancelled")
        return rendered[0]

    def render_chain(
        self,
        pack: Path,
        requests: Sequence[RenderRequest],
        on_progress: OnProgress = ignore_progress,
        cancel: CancelToken | None = None,
        *,
        thrift: int = 0,
    ) -> list[Rendered]:
        """Return touching requests rendered as one piece; see `Engine.thrifty` for `thrift`."""
        tokens = [cancel or CancelToken()]
        (rendered,) = self.render_together(pack, [requests], on_progress, tokens, thrift=thrift)
        if rendered is None:
            raise Cancelled("the render was cancelled")
        return rendered

    def render_together(
        self,
        pack: Path,
        chains: Chains,
        on_progress: OnProgress = ignore_progress,
        cancels: Sequence[CancelToken] = (),
        *,
        thrift: int = 0,
        hear: bool = False,
    ) -> Together:
        """Return independent chains rendered side by side, None for one that was cancelled.

        Each may have a token of its own; Cancelled is raised once all are cancelled.
        """
        tokens = cancels or [CancelToken() for _ in chains]
        job = Job(0, pack, tuple(map(tuple, chains)), thrift, hear)
        return self._run(job, on_progress, tokens)[1]

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
        self, job: Job, on_progress: OnProgress, cancels: Sequence[CancelToken]
    ) -> tuple[Device, Together]:
        with self._lock, when_all(cancels) as cancel:
            self._device = None
            for _ in range(ATTEMPTS):
                cancel.raise_if_cancelled()
                self._number += 1
                try:
                    numbered = replace(job, number=self._number)
                    return self._attempt(numbered, on_progress, cancel, cancels)
                except LostWorkerError:
                    code = self._discard()
            cancel.raise_if_cancelled()
            raise self._located(death(code))

    def _located(self, error: InferenceError) -> InferenceError:
        """Return `error` with the device on which it happened."""
        error.device = self._device.name if self._device is not None else None
        return error

    def _attempt(
        self, job: Job, on_progress: OnProgress, cancel: CancelToken, cancels: Sequence[CancelToken]
    ) -> tuple[Device, Together]:
        """Return the device and the result of `job`; LostWorkerError when the worker dies."""
        pipe = self._started()
        try:
            self._send(job)
            with ExitStack() as stack:
                for chain, token in enumerate(cancels):
                    stop = partial(self._send, Stop(job.number, chain))
                    stack.enter_context(token.linked(stop))
                answer = self._answer(pipe, on_progress, cancel)
            if isinstance(answer, Done):
                return answer.device, received(pipe, answer)
        except LostWorkerError:
            raise
        except BaseException:
            self._discard()  # whatever is left in the pipe belongs to no later job
            raise
        raise self._located(answer.error)

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
            elif isinstance(message, Opened):
                self._device = message.device
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


def death(code: int | None) -> WorkerDied:
    """Return what to say of a worker that ended with exit code `code` each time."""
    if code in MEMORY_EXITS:
        return WorkerKilled(
            f"the render worker was killed {ATTEMPTS} times at this job (exit code {code}), as "
            "happens when memory runs out; try again with a smaller tile, or a shorter region"
        )
    return WorkerDied(
        f"the render worker died {ATTEMPTS} times at this job (exit code {code}); "
        "try a shorter region, or the device cpu"
    )


Message: TypeAlias = Progress | Opened | Done | Failed


def next_message(pipe: "Connection[Any, Any]") -> Message | None:
    """Return the worker's next message, or None if there is none yet."""
    try:
        message: Message | None = pipe.recv() if pipe.poll(WATCH_S) else None
    except (EOFError, OSError) as error:
        raise LostWorkerError from error
    return message


def received(pipe: "Connection[Any, Any]", answer: Done) -> Together:
    """Return a job's result with the audio that follows it in the pipe."""
    return [
        None
        if parts is None
        else [Rendered(received_audio(pipe, shape), recipe) for recipe, shape in parts]
        for parts in answer.parts
    ]


def received_audio(pipe: "Connection[Any, Any]", shape: tuple[int, ...]) -> Audio:
    """Return the audio that comes next in the pipe."""
    audio = np.empty(shape, np.float32)
    try:
        pipe.recv_bytes_into(audio.data.cast("B"))
    except (EOFError, OSError) as error:
        raise LostWorkerError from error
    return audio


class Desk:
    """The worker's side: its thread takes messages, the main thread does the jobs."""

    def __init__(self, pipe: "Connection[Any, Any]", parent: int) -> None:
        self._pipe, self._parent = pipe, parent
        self._cancels: dict[int, list[CancelToken]] = {}
        self.jobs: queue.SimpleQueue[tuple[Job, list[CancelToken]]] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        """Take messages until the parent is gone, then end the process at once."""
        try:
            while True:
                if self._pipe.poll(WATCH_S):
                    self._take(self._pipe.recv())
                elif os.getppid() != self._parent:
                    break
        except MemoryError:
            os._exit(NO_MEMORY_EXIT)
        finally:
            os._exit(0)

    def _take(self, message: Job | Stop) -> None:
        if isinstance(message, Stop):
            if message.number in self._cancels:
                self._cancels[message.number][message.chain].cancel()
            return
        self._cancels = {message.number: [CancelToken() for _ in message.chains]}
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
        job, cancels = desk.jobs.get()
        if not engines:  # at first, and after a failure
            give_back_memory()
        try:
            do(job, cancels, pipe, lambda pack: engine_for(pack, engines, device, threads))
        except Cancelled as error:
            pipe.send(Failed(error))
        except InferenceError as error:
            engines.clear()
            pipe.send(Failed(error))
        except MemoryError as error:
            engines.clear()
            pipe.send(Failed(out_of_memory("the render worker", str(error))))
        except Exception as error:  # told to the parent, which has a face to show it with
            engines.clear()
            pipe.send(Failed(RenderError(f"the render failed: {type(error).__name__}: {error}")))


def give_back_memory() -> None:
    """Return freed memory to the system, where glibc would keep it for this process."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)


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


def do(
    job: Job,
    cancels: Sequence[CancelToken],
    pipe: "Connection[Any, Any]",
    opened: Callable[[Path], Engine],
) -> None:
    """Send the result of `job`; once it has failed, nothing here holds the engine any more."""
    engine, result = opened(job.pack), Together()
    pipe.send(Opened(engine.device))
    if job.chains:
        engine = engine.thrifty(job.thrift)
        result = engine.render_together(job.chains, pipe.send, cancels, hear=job.hear)
    pipe.send(Done(engine.device, tuple(map(described, result))))
    for rendered in (one for parts in result for one in parts or ()):
        pipe.send_bytes(np.ascontiguousarray(rendered.audio).data.cast("B"))


def described(parts: list[Rendered] | None) -> tuple[tuple[Recipe, tuple[int, ...]], ...] | None:
    """Return the recipes and shapes of a chain's parts, None for None."""
    return None if parts is None else tuple((r.recipe, r.audio.shape) for r in parts)
