"""Jobs performed together: what each wants rendered next is rendered side by side."""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Protocol, TypeAlias

from desktop.rendering.jobs import Task
from inference.errors import Cancelled, InferenceError
from inference.pack import Pack
from inference.pipeline import Rendered, batch_shape
from inference.progress import CancelToken, OnProgress, Progress
from inference.request import RenderRequest

Chain: TypeAlias = Sequence[RenderRequest]


class Renders(Protocol):
    """What renders touching requests, or several such chains: `inference.worker.RenderWorker`."""

    def render_together(
        self,
        pack: Path,
        chains: Sequence[Chain],
        on_progress: OnProgress,
        cancels: Sequence[CancelToken],
        *,
        thrift: int,
    ) -> list[list[Rendered] | None]: ...


@dataclass(frozen=True, slots=True, eq=False)
class Wish:
    """What a job wants rendered before it can go on."""

    pack: Pack
    requests: tuple[RenderRequest, ...]
    on_progress: OnProgress
    thrift: int


Work: TypeAlias = Generator[Wish, list[Rendered], None]  # a job, from one wish to the next


class Part:
    """A job under way: what it wants next, until it has ended."""

    def __init__(self, task: Task, work: Work) -> None:
        self.task, self._work = task, work
        self.wish: Wish | None = None
        self._step(lambda: next(work))

    def go_on(self, rendered: list[Rendered]) -> None:
        """Give the job what it wanted, unless nobody waits for it any more."""
        if self.task.cancel.cancelled:
            self.fail(Cancelled("the render was cancelled"))
        else:
            self._step(partial(self._work.send, rendered))

    def fail(self, error: Exception) -> None:
        """Let the rendering that the job wanted end by `error`."""
        self._step(partial(self._work.throw, error))

    def _step(self, move: Callable[[], Wish]) -> None:
        self.wish, error = None, None
        try:
            self.task.cancel.raise_if_cancelled()
            self.wish = move()
            return
        except StopIteration:
            pass
        except Exception as found:
            error = found
        self._work.close()
        self.task.on_end(error)


def perform_together(
    tasks: Sequence[Task], work_of: Callable[[Task], Work], worker: Renders
) -> None:
    """Perform the tasks, each to its own end: of the wishes of all, like ones side by side."""

    def begun(task: Task) -> Work:
        yield from work_of(task)  # so that one that cannot begin ends by itself

    parts = [Part(task, begun(task)) for task in tasks]
    while going := [part for part in parts if part.wish is not None]:
        for group in alike(going):
            render_group(group, worker)


def alike(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """Yield the parts by what can be rendered in one batch, in their order."""

    def key(part: Part) -> str:
        assert part.wish is not None
        pack, requests = part.wish.pack, part.wish.requests
        return repr((pack.sha256, part.wish.thrift, batch_shape(pack, requests)))

    if len(parts) == 1:
        yield list(parts)
        return
    for _, group in groupby(sorted(parts, key=key), key):
        yield list(group)


def render_group(parts: Sequence[Part], worker: Renders) -> None:
    """Render what the parts want; where that fails, each by itself, as it may be one's fault."""
    try:
        rendered = rendered_together(parts, worker)
    except Exception as error:
        for part in parts:
            if isinstance(error, InferenceError) and len(parts) > 1:
                render_group([part], worker)
            else:
                part.fail(error)
        return
    for part, one in zip(parts, rendered, strict=True):
        if one is None:
            part.fail(Cancelled("the render was cancelled"))
        else:
            part.go_on(one)


def rendered_together(parts: Sequence[Part], worker: Renders) -> list[list[Rendered] | None]:
    """Return what each of the parts wants; of several, one that is cancelled ends at once."""
    wishes = [part.wish for part in parts if part.wish is not None]
    cancels = [part.task.cancel for part in parts]

    def on_progress(progress: Progress) -> None:
        for wish, cancel in zip(wishes, cancels, strict=True):
            if not cancel.cancelled:
                wish.on_progress(progress)

    with ExitStack() as stack:
        for part in parts if len(parts) > 1 else ():
            cancelled = Cancelled("the render was cancelled")
            end = partial(part.task.on_end, cancelled)
            stack.enter_context(part.task.cancel.linked(end))
        return worker.render_together(
            wishes[0].pack.folder,
            [wish.requests for wish in wishes],
            on_progress,
            cancels,
            thrift=wishes[0].thrift,
        )
