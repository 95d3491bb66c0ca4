"""From a press of a button in the lanes to its release."""

from collections.abc import Callable
from typing import Final, Protocol

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent

from desktop.document.song import Track
from ui.timeline.arrangement import Arrangement
from ui.timeline.gestures import Draw, Gesture, Move, Place, Resize
from ui.timeline.part_edits import Part
from ui.timeline.rows import clip_band, region_band
from ui.timeline.spots import Spot, spot_in

START_PX: Final = 4.0
translate = QCoreApplication.translate


class Drag(Protocol):
    """What lasts from a press to its release."""

    @property
    def band(self) -> QRectF | None:
        """Return the rubber band in pixels of the lanes, if there is one."""
        ...

    @property
    def carries(self) -> bool:
        """Return whether parts go with the pointer, maybe out of the window."""
        ...

    def move(self, event: QMouseEvent, at: Place) -> None:
        """Take note of where the pointer is."""
        ...

    def end(self, at: Place) -> None:
        """Take note that the button was let go."""
        ...


class GestureDrag:
    """Shows what a gesture does once the pointer has moved, and makes it a step at its end."""

    band: QRectF | None = None

    def __init__(
        self,
        arrangement: Arrangement,
        gesture: Gesture,
        name: str,
        event: QMouseEvent,
        click: Callable[[], None] | None = None,
    ) -> None:
        self._arrangement, self._gesture, self._name = arrangement, gesture, name
        self._from, self._click, self._began = event.position(), click, False

    @property
    def carries(self) -> bool:
        """Return whether it moves parts."""
        return self._began and isinstance(self._gesture, Move)

    def move(self, event: QMouseEvent, at: Place) -> None:
        """Show what the gesture does here."""
        if (event.position() - self._from).manhattanLength() >= START_PX:
            self._began = True
        if self._began:
            self._arrangement.session.preview(self._gesture(at))

    def end(self, at: Place) -> None:
        """Make it a step, or a click if it never began."""
        if not self._began:
            if self._click is not None:
                self._click()
            return
        session = self._arrangement.session
        session.preview(self._gesture(at))
        first_id = session.next_id
        session.commit(self._name)
        made = frozenset(range(first_id, session.song.next_id))
        if made:
            self._arrangement.choose(made)


class BandDrag:
    """Chooses the parts that a rubber band touches."""

    carries = False

    def __init__(self, arrangement: Arrangement, event: QMouseEvent, at: Place) -> None:
        self._arrangement = arrangement
        self._keeps = arrangement.selection.parts if at.free or at.copies else frozenset[int]()
        self._origin = self._at = self._content(event.position())
        self._row = at.row

    @property
    def band(self) -> QRectF:
        """Return the band."""
        start, end, top, bottom = self._span()
        scale, scrolled = self._arrangement.scale, self._arrangement.top_px
        return QRectF(
            QPointF(scale.x(start), top - scrolled), QPointF(scale.x(end), bottom - scrolled)
        )

    def move(self, event: QMouseEvent, at: Place) -> None:  # noqa: ARG002 - as in Drag
        """Let the band reach to here, and choose what it touches."""
        self._at = self._content(event.position())
        self._arrangement.choose(self._keeps | self._touched())

    def end(self, at: Place) -> None:  # noqa: ARG002 - as in Drag
        """A mere click on nothing chooses nothing but the track."""
        chosen = self._keeps | (self._touched() if self._at != self._origin else frozenset())
        track = self._arrangement.track_in(self._row)
        self._arrangement.choose(chosen, track.id if track else None)

    def _content(self, at: QPointF) -> QPointF:
        return QPointF(self._arrangement.scale.tick(at.x()), at.y() + self._arrangement.top_px)

    def _span(self) -> tuple[float, float, float, float]:
        start, end = sorted((self._origin.x(), self._at.x()))
        top, bottom = sorted((self._origin.y(), self._at.y()))
        return start, end, top, bottom

    def _touched(self) -> frozenset[int]:
        start, end, top, bottom = self._span()
        rows = self._arrangement.rows
        found = set[int]()
        for number in rows.between(top, bottom + 1):
            row, track = rows.rows[number], self._arrangement.song.tracks[number]
            inside = (top - row.top, bottom - row.top)
            found |= {p.id for p in _parts_between(track, row.height, inside, start, end)}
        return frozenset(found)


class PanDrag:
    """Moves the view with the pointer."""

    band: QRectF | None = None
    carries = False

    def __init__(self, arrangement: Arrangement, event: QMouseEvent) -> None:
        self._arrangement, self._last = arrangement, event.position()

    def move(self, event: QMouseEvent, at: Place) -> None:  # noqa: ARG002 - as in Drag
        """Go along with the pointer."""
        by, self._last = event.position() - self._last, event.position()
        scale = self._arrangement.scale
        scale.scroll_to(scale.left_tick - by.x() / scale.pixels_per_tick)
        self._arrangement.scroll_rows(self._arrangement.top_px - by.y())

    def end(self, at: Place) -> None:
        """Stay."""


def spot_at(arrangement: Arrangement, at: QPointF) -> Spot | None:
    """Return what lies at a point of the lanes; None below the tracks."""
    y = at.y() + arrangement.top_px
    number = arrangement.rows.at(y)
    track = arrangement.track_in(number)
    if number is None or track is None:
        return None
    row = arrangement.rows.rows[number]
    return spot_in(row, track, arrangement.scale.x, at.x(), y - row.top)


def begin_drag(arrangement: Arrangement, event: QMouseEvent, at: Place) -> Drag | None:
    """Return what a press begins."""
    if event.button() == Qt.MouseButton.MiddleButton:
        return PanDrag(arrangement, event)
    if event.button() != Qt.MouseButton.LeftButton:
        return None
    spot = spot_at(arrangement, event.position())
    draws_region = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
    if spot is not None and (draws_region or (arrangement.tool == "draw" and spot.part is None)):
        return _drawing(arrangement, event, at, spot, draws_region or spot.among_regions)
    if spot is not None and spot.part is not None:
        return _grab(arrangement, event, at, spot, spot.part)
    return BandDrag(arrangement, event, at)


def _drawing(
    arrangement: Arrangement, event: QMouseEvent, at: Place, spot: Spot, region: bool
) -> GestureDrag:
    name = translate("Timeline", "Add region") if region else translate("Timeline", "Add clip")
    arrangement.choose_track(spot.track.id)
    gesture = Draw(arrangement.grid, spot.track.id, at, region)
    return GestureDrag(arrangement, gesture, name, event)


def _grab(
    arrangement: Arrangement, event: QMouseEvent, at: Place, spot: Spot, part: Part
) -> GestureDrag:
    """Return the drag of a part, which is chosen now if it was not."""
    chosen = arrangement.selection.parts
    adds, was_chosen = at.free or at.copies, part.id in chosen
    if not was_chosen:
        chosen = chosen | {part.id} if adds else frozenset({part.id})
    arrangement.choose(chosen, spot.track.id)

    def click() -> None:
        if was_chosen:
            arrangement.choose(chosen - {part.id} if adds else frozenset({part.id}))

    if spot.zone == "body":
        move = Move(arrangement.grid, chosen, part, at)
        return GestureDrag(arrangement, move, translate("Timeline", "Move"), event, click)
    resize = Resize(arrangement.grid, chosen, part, spot.zone)
    return GestureDrag(arrangement, resize, translate("Timeline", "Resize"), event, click)


def _parts_between(
    track: Track, height: int, inside: tuple[float, float], start: float, end: float
) -> list[Part]:
    found: list[Part] = []
    for band, parts in (
        (clip_band(track, height), track.clips),
        (region_band(track, height), track.regions),
    ):
        if inside[0] < band.top + band.height and inside[1] > band.top:
            found += [part for part in parts if part.start < end and part.end > start]
    return found
