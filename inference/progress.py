"""How a render tells how far it is, and how it is stopped."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from inference.arrays import Audio
from inference.errors import Cancelled


class Stage(StrEnum):
    """The stages of a render, in their order."""

    TEXT = "text"
    CONTEXT = "context"
    IMPROVISE = "improvise"
    DENOISE = "denoise"
    DECODE = "decode"


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """Finished sound of a render that goes on: float32 (channels, n) from `first_frame` on."""

    first_frame: int
    audio: Audio


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` prompts, tiles, hundredths of what is improvised, or steps are finished.

    Decoding hands over the `sound` of one chain tile by tile where that is wanted, but not where
    known audio is kept.
    """

    stage: Stage
    done: int
    total: int
    sound: Sound | None = None


OnProgress: TypeAlias = Callable[[Progress], None]


def ignore_progress(progress: Progress) -> None:
    """Do nothing; for callers that do not watch."""


class CancelToken:
    """A wish to stop, made once from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cancelled = False
        self._actions: list[Callable[[], None]] = []

    @property
    def cancelled(self) -> bool:
        return self._cancelled

    def cancel(self) -> None:
        """Stop whatever is linked to this token, now and from now on."""
        with self._lock:
            self._cancelled = True
            actions, self._actions = self._actions, []
        for action in actions:
            action()

    def raise_if_cancelled(self) -> None:
        """Raise Cancelled once `cancel` was called."""
        if self._cancelled:
            raise Cancelled("the render was cancelled")

    @contextmanager
    def linked(self, action: Callable[[], None]) -> Iterator[None]:
        """Call `action` once if the token is, or becomes, cancelled within the block."""
        with self._lock:
            cancelled = self._cancelled
            if not cancelled:
                self._actions.append(action)
        if cancelled:
            action()
        try:
            yield
        finally:
            with self._lock:
                if action in self._actions:
                    self._actions.remove(action)


@contextmanager
def when_all(tokens: Sequence[CancelToken]) -> Iterator[CancelToken]:
    """Give a token that is cancelled within the block once all of `tokens` are."""
    every = CancelToken()

    def look() -> None:
        if all(token.cancelled for token in tokens):
            every.cancel()

    with ExitStack() as stack:
        for token in tokens:
            stack.enter_context(token.linked(look))
        yield every
