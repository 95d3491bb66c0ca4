"""Drags of the loop's range in the ruler."""

from desktop.document.time import Tick
from ui.timeline.arrangement import Arrangement

EDGE_PX = 6


def loop_zone(arrangement: Arrangement, x: float) -> str | None:
    """Return which part of the loop is at a pixel: start, body, end or None."""
    loop = arrangement.transport.loop
    if loop is None:
        return None
    left, right = (arrangement.scale.x(tick) for tick in loop)
    if not left - EDGE_PX <= x <= right + EDGE_PX:
        return None
    if abs(x - right) <= EDGE_PX:
        return "end"
    return "start" if abs(x - left) <= EDGE_PX else "body"


class LoopDrag:
    """Makes a loop from where it began, or moves or resizes the one there is."""

    def __init__(self, arrangement: Arrangement, x: float, zone: str | None) -> None:
        self._arrangement, self._zone = arrangement, zone
        self._origin = arrangement.scale.tick(x)
        self._was = arrangement.transport.loop, arrangement.transport.loops
        self.began = False

    def move(self, x: float, *, free: bool) -> None:
        """Let the loop be what it is when the pointer is here."""
        self.began = True
        start, end = self._span(self._arrangement.scale.tick(x), free)
        if end > start:
            self._arrangement.transport.set_loop((start, end), self._zone is None or self._was[1])

    def cancel(self) -> None:
        """Go back to the loop as it was."""
        self._arrangement.transport.set_loop(*self._was)

    def _span(self, tick: float, free: bool) -> tuple[Tick, Tick]:
        near, loop = self._arrangement.grid.near, self._was[0]
        if loop is None or self._zone is None:
            first, last = sorted((self._origin, tick))
            return self._arrangement.grid.before(first, free), near(last, free)
        if self._zone == "body":
            start = near(loop[0] + tick - self._origin, free)
            return start, Tick(start + loop[1] - loop[0])
        if self._zone == "start":
            return near(tick, free), loop[1]
        return loop[0], near(tick, free)
