"""Tells the window what happens, without ever keeping the sound waiting for it."""

import threading
from collections import deque
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Final

from desktop.engine.messages import Event, Level, Meters, Position
from desktop.engine.mixer import MASTER

INTERVAL_S: Final = 0.02
Levels = dict[int, tuple[float, float]]  # peak, mean square


class Reporter:
    """A thread that sends; while the window takes nothing, the newest position waits for it."""

    def __init__(self, pipe: "Connection[Any, Any]") -> None:
        self._pipe = pipe
        self._news: deque[Event] = deque()
        self._latest: tuple[Event, ...] = ()
        self._input: Event | None = None
        self._changed = threading.Condition()
        self._ended = False
        self._thread = threading.Thread(target=self._run, name="reporter", daemon=True)
        self._thread.start()

    def tell(self, event: Event) -> None:
        """Send `event`, in the order of calls."""
        with self._changed:
            self._news.append(event)
            self._changed.notify()

    def show(self, *events: Event) -> None:
        """Send `events` unless newer ones come first."""
        with self._changed:
            self._latest = events
            self._changed.notify()

    def show_input(self, event: Event) -> None:
        """Send `event`, of the input, unless a newer one comes first."""
        with self._changed:
            self._input = event
            self._changed.notify()

    def close(self) -> None:
        """Send what is left and end the thread."""
        with self._changed:
            self._ended = True
            self._changed.notify()
        self._thread.join(1.0)

    def _run(self) -> None:
        try:
            while events := self._next():
                for event in events:
                    self._pipe.send(event)
        except OSError:
            return  # the window is gone, and this process is about to be

    def _next(self) -> tuple[Event, ...]:
        with self._changed:
            self._changed.wait_for(lambda: self._news or self._latest or self._input or self._ended)
            of_input = () if self._input is None else (self._input,)
            events = (*self._news, *self._latest, *of_input)
            self._news.clear()
            self._latest, self._input = (), None
            return events


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """A block on its way to the ear: the frames [start_frame, end_frame) of all written."""

    start_frame: int
    end_frame: int
    position: Position
    levels: Levels


class Heard:
    """What is heard by now of what was written."""

    def __init__(self) -> None:
        self._blocks: deque[Written] = deque()
        self._count = 0
        self._peaks: dict[int, float] = {}
        self._squares: dict[int, float] = {}

    def write(self, block: Written) -> None:
        """Take note of a block."""
        self._blocks.append(block)

    def until(self, frame: int) -> Written | None:
        """Return the block with `frame` of all that was written; None before the first."""
        while len(self._blocks) > 1 and self._blocks[0].end_frame <= frame:
            self._add(self._blocks.popleft().levels)
        return self._blocks[0] if self._blocks else None

    def meters(self) -> Meters:
        """Return the levels since the last call."""
        count = max(1, self._count)
        tracks: dict[int, Level] = {
            key: (peak, (self._squares[key] / count) ** 0.5) for key, peak in self._peaks.items()
        }
        self._peaks, self._squares, self._count = {}, {}, 0
        master = tracks.pop(MASTER, (0.0, 0.0))
        return Meters(tracks, master)

    def _add(self, levels: Levels) -> None:
        self._count += 1
        for key, (peak, square) in levels.items():
            self._peaks[key] = max(peak, self._peaks.get(key, 0.0))
            self._squares[key] = square + self._squares.get(key, 0.0)
