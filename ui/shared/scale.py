"""The time scale: which tick lies at which pixel; shared by all that is drawn over time."""

from typing import Final

from PySide6.QtCore import QObject, Signal

from desktop.document.time import MAX_TICK

MIN_PIXELS_PER_TICK: Final = 1 / 4800
MAX_PIXELS_PER_TICK: Final = 2.0


class TimeScale(QObject):
    """Maps ticks to pixels from the left edge of a view; announces when it changes."""

    changed = Signal()

    def __init__(self, pixels_per_tick: float = 0.05, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pixels_per_tick = pixels_per_tick
        self.left_tick = 0.0

    def x(self, tick: float) -> float:
        """Return the pixel at which `tick` lies."""
        return (tick - self.left_tick) * self.pixels_per_tick

    def tick(self, x: float) -> float:
        """Return the tick at pixel `x`, 0 or more."""
        return max(0.0, self.left_tick + x / self.pixels_per_tick)

    def scroll_to(self, left_tick: float) -> None:
        """Let `left_tick`, as far as it may be in a song, lie at pixel 0."""
        left_tick = in_song(left_tick)
        if left_tick != self.left_tick:
            self.left_tick = left_tick
            self.changed.emit()

    def look(self, left_tick: float, pixels_per_tick: float) -> None:
        """Show what was in view with these values, as far as they may be had."""
        self.pixels_per_tick = min(MAX_PIXELS_PER_TICK, max(MIN_PIXELS_PER_TICK, pixels_per_tick))
        self.left_tick = in_song(left_tick)
        self.changed.emit()

    def zoom(self, factor: float, x: float) -> None:
        """Magnify by `factor`; the tick at pixel `x` stays where it is."""
        fixed = self.left_tick + x / self.pixels_per_tick
        wanted = self.pixels_per_tick * factor
        self.pixels_per_tick = min(MAX_PIXELS_PER_TICK, max(MIN_PIXELS_PER_TICK, wanted))
        self.left_tick = in_song(fixed - x / self.pixels_per_tick)
        self.changed.emit()

    def show(self, start: float, end: float, width: float) -> None:
        """Let [start, end] fill `width` pixels, but for a margin of 4%."""
        wanted = width / max(1.0, (end - start) * 1.04)
        self.pixels_per_tick = min(MAX_PIXELS_PER_TICK, max(MIN_PIXELS_PER_TICK, wanted))
        self.left_tick = in_song(start - (end - start) * 0.02)
        self.changed.emit()


def in_song(tick: float) -> float:
    """Return the tick nearest to `tick` at which something may be in a song."""
    return min(float(MAX_TICK), max(0.0, tick))
