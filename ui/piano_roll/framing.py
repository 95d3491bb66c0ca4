"""Which part of the music the view shows: the clip, the playhead, the scroll bars."""

from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QScrollBar, QWidget

from desktop.document.time import PPQ
from ui.piano_roll.roll import Roll

SCROLL_STEPS: Final = 10  # a scroll bar counts tens of a pixel, which are whole numbers
PAGE_FROM: Final = 0.92
MOST_DRUMS: Final = 10
USUAL_RANGE: Final = (55, 76)
ROLE_RANGES: Final = {"bass": (31, 48), "drums": (36, 46)}


def show_clip(roll: Roll, view: QWidget) -> None:
    """Let the clip fill the view, its notes in the middle."""
    clip, notes = roll.clip, roll.notes
    if clip is None:
        return
    width = max(200, view.width())
    bars_8 = 32 * PPQ
    roll.scale.show(clip.start, min(clip.end, clip.start + bars_8), width)
    low, high = _range(roll) if not len(notes) else _span(roll)
    roll.pitches.show(low, high, max(60, view.height()))


def _span(roll: Roll) -> tuple[int, int]:
    """Return the pitches of the notes; of drums the lower ones: a beat rests on them."""
    low, high = int(roll.notes.pitches.min()), int(roll.notes.pitches.max())
    return low, min(high, low + MOST_DRUMS) if roll.is_drums else high


def _range(roll: Roll) -> tuple[int, int]:
    """Return the pitches where notes of the track's role mostly lie."""
    return ROLE_RANGES.get("" if roll.track is None else roll.track.role, USUAL_RANGE)


def frame_clip(roll: Roll, view: QWidget) -> None:
    """Show the clip now, and again when the view gets the size that it is to have."""
    show_clip(roll, view)
    if not view.isVisible():
        view.installEventFilter(_Framing(roll, view))


class _Framing(QObject):
    def __init__(self, roll: Roll, view: QWidget) -> None:
        super().__init__(view)
        self._roll, self._view = roll, view

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Show:
            show_clip(self._roll, self._view)
            self._view.removeEventFilter(self)
            self.deleteLater()
        return super().eventFilter(watched, event)


def show_notes(roll: Roll, view: QWidget) -> None:
    """Let the selected notes, or else the whole clip, fill the view."""
    notes = roll.notes.where(roll.chosen) if roll.chosen.any() else roll.notes
    if not len(notes):
        show_clip(roll, view)
        return
    roll.scale.show(int(notes.starts.min()), int(notes.ends.max()), view.width())
    roll.pitches.show(int(notes.pitches.min()), int(notes.pitches.max()), view.height())


def follow(roll: Roll, view: QWidget, tick: float) -> None:
    """Turn the page when the playhead leaves the view, if it is followed.

    A playhead that stands is followed within the clip only: one goes on editing this clip.
    """
    transport, clip = roll.studio.transport, roll.clip
    if not (transport.follows and view.isVisible()):
        return
    if not (transport.is_playing or (clip is not None and clip.start <= tick <= clip.end)):
        return
    page_px = view.width() * (PAGE_FROM if transport.is_playing else 1)
    if not 0 <= roll.scale.x(tick) <= page_px:
        roll.scale.scroll_to(tick - view.width() * 0.08 / roll.scale.pixels_per_tick)


def tie_scroll_bars(roll: Roll, view: QWidget, across: QScrollBar, upward: QScrollBar) -> None:
    """Keep scroll bars and scales in step."""
    tie = _Tie(roll, view, across, upward)
    view.installEventFilter(tie)


class _Tie(QObject):
    def __init__(self, roll: Roll, view: QWidget, across: QScrollBar, upward: QScrollBar) -> None:
        super().__init__(view)
        self._roll, self._view = roll, view
        self._across, self._upward = across, upward
        across.setAccessibleName(self.tr("Scroll through time"))
        upward.setAccessibleName(self.tr("Scroll through pitches"))
        across.valueChanged.connect(self._scroll_time)
        upward.valueChanged.connect(self._scroll_pitches)
        roll.changed.connect(self._show)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Notice that the view has another size."""
        if event.type() == QEvent.Type.Resize:
            self._show()
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        clip, scale, pitches = self._roll.clip, self._roll.scale, self._roll.pitches
        width, height = self._view.width(), self._view.height()
        end = max(self._roll.song.end, 0 if clip is None else clip.end) + 8 * PPQ
        whole = max(end, scale.tick(width)) * scale.pixels_per_tick
        left = scale.left_tick * scale.pixels_per_tick
        _set(self._across, whole - width, width, left)
        _set(self._upward, pitches.height_px - height, height, pitches.top_px)

    def _scroll_time(self, value: int) -> None:
        self._roll.scale.scroll_to(value / SCROLL_STEPS / self._roll.scale.pixels_per_tick)

    def _scroll_pitches(self, value: int) -> None:
        self._roll.pitches.scroll_to(value / SCROLL_STEPS, self._view.height())


def _set(bar: QScrollBar, room_px: float, page_px: float, at_px: float) -> None:
    bar.blockSignals(True)
    bar.setRange(0, max(0, round(room_px * SCROLL_STEPS)))
    bar.setPageStep(round(page_px * SCROLL_STEPS))
    bar.setSingleStep(40 * SCROLL_STEPS)
    bar.setValue(round(at_px * SCROLL_STEPS))
    bar.blockSignals(False)
