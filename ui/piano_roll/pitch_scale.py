"""Which pitch lies at which pixel of height; the twin of the shared TimeScale."""

from typing import Final

from PySide6.QtCore import QObject, Signal

PITCHES: Final = 128
MIN_ROW_PX: Final = 4.0
MAX_ROW_PX: Final = 40.0


class PitchScale(QObject):
    """Maps pitches to rows of equal height, the highest on top; announces when it changes."""

    changed = Signal()

    def __init__(self, row_px: float = 14.0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.row_px = row_px
        self.top_px = 0.0  # how much of the 128 rows lies above the view

    @property
    def height_px(self) -> float:
        """Return the height of all rows."""
        return PITCHES * self.row_px

    def y(self, pitch: float) -> float:
        """Return the upper edge of a pitch's row."""
        return (PITCHES - 1 - pitch) * self.row_px - self.top_px

    def pitch(self, y: float) -> int:
        """Return the pitch whose row lies at `y`, 0..127."""
        row = int((y + self.top_px) // self.row_px)
        return min(PITCHES - 1, max(0, PITCHES - 1 - row))

    def scroll_to(self, top_px: float, view_px: float) -> None:
        """Let `top_px` of the rows lie above a view of `view_px`."""
        top_px = min(max(0.0, top_px), max(0.0, self.height_px - view_px))
        if top_px != self.top_px:
            self.top_px = top_px
            self.changed.emit()

    def zoom(self, factor: float, y: float, view_px: float) -> None:
        """Magnify by `factor`; what lies at `y` stays there."""
        fixed = (y + self.top_px) / self.row_px
        lowest = max(MIN_ROW_PX, view_px / PITCHES)
        self.row_px = min(MAX_ROW_PX, max(lowest, self.row_px * factor))
        self.top_px = -1.0  # announce even where the clamped top is the same
        self.scroll_to(fixed * self.row_px - y, view_px)

    def show(self, low: int, high: int, view_px: float) -> None:
        """Let the pitches low..high stand in the middle of the view, in rows of readable height."""
        rows = max(24, high - low + 7)
        self.row_px = min(18.0, max(12.0, view_px / rows))
        middle = (PITCHES - (low + high + 1) / 2) * self.row_px
        self.top_px = -1.0
        self.scroll_to(middle - view_px / 2, view_px)
