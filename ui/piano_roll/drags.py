"""From a press of a button to its release: which gesture it is, what is chosen, what is heard."""

from collections.abc import Callable
from typing import Final, Protocol

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent

from ui.piano_roll.gestures import Draw, Erase, Gesture, Move, Place, Resize, Slice, Velocity
from ui.piano_roll.pointing import Spot, spot_at
from ui.piano_roll.roll import Roll

START_PX: Final = 3.0
MOST_HEARD: Final = 6
translate = QCoreApplication.translate


class Drag(Protocol):
    """What lasts from a press to its release."""

    asks_menu: bool

    @property
    def band(self) -> QRectF | None:
        """Return the rubber band in pixels of the view, if there is one."""
        ...

    def move(self, event: QMouseEvent, at: Place) -> None:
        """Take note of where the pointer is."""
        ...

    def end(self, at: Place) -> None:
        """Take note that the button was let go."""
        ...


class GestureDrag:
    """Shows what a gesture does while it lasts, and makes it a step at its end.

    A gesture that is not `instant` begins after 3 px; before, a release is a click.
    """

    band: QRectF | None = None

    def __init__(
        self,
        roll: Roll,
        gesture: Gesture,
        name: str,
        event: QMouseEvent,
        origin: Place,
        *,
        instant: bool = False,
        click: Callable[[], None] | None = None,
    ) -> None:
        self._roll, self._gesture, self._name = roll, gesture, name
        self._from, self._click, self._began = event.position(), click, instant
        self.asks_menu = event.button() == Qt.MouseButton.RightButton
        self._heard: list[int] = []
        if isinstance(gesture, Move):
            self._heard = gesture.here.moving.pitches[:MOST_HEARD].tolist()
        if instant:
            self._show(origin)

    def move(self, event: QMouseEvent, at: Place) -> None:
        """Show what the gesture does here."""
        if (event.position() - self._from).manhattanLength() >= START_PX:
            self._began = True
        if self._began:
            self.asks_menu = False
            self._show(at)

    def end(self, at: Place) -> None:
        """Make it a step, or a click if it never began."""
        if not self._began:
            if self._click is not None:
                self._click()
            return
        preview = self._gesture(at)
        self._roll.commit(self._name, preview, choose=len(preview.shown) > 0)
        if len(preview.shown) and isinstance(self._gesture, Draw | Resize | Velocity):
            self._roll.remember(preview.shown)

    def _show(self, at: Place) -> None:
        preview = self._gesture(at)
        self._roll.show_preview(preview)
        if len(preview.shown) and isinstance(self._gesture, Move | Draw):
            self._hear(preview.shown.pitches[:MOST_HEARD].tolist())

    def _hear(self, pitches: list[int]) -> None:
        if pitches != self._heard:
            for pitch in pitches:
                self._roll.audition(pitch, self._roll.velocity)
        self._heard = pitches


class BandDrag:
    """Chooses the notes that a rubber band touches."""

    asks_menu = False

    def __init__(self, roll: Roll, origin: Place) -> None:
        self._roll, self._origin, self._at = roll, origin, origin
        self._kept = frozenset[int]()
        if origin.free or origin.copies:
            self._kept = roll.studio.session.selection.notes

    @property
    def band(self) -> QRectF:
        """Return the band: whole rows, from tick to tick."""
        start, end, low, high = self._span()
        scale, pitches = self._roll.scale, self._roll.pitches
        top_left = QPointF(scale.x(start), pitches.y(high))
        return QRectF(top_left, QPointF(scale.x(end), pitches.y(low - 1)))

    def move(self, event: QMouseEvent, at: Place) -> None:  # noqa: ARG002 - as in Drag
        """Let the band reach to here."""
        self._at = at

    def end(self, at: Place) -> None:
        """Choose what the band touches; a mere click on nothing chooses nothing."""
        self._at = at
        start, end, low, high = self._span()
        notes = self._roll.notes
        inside = notes.touching(start, end, low, high) if end - start >= 1 else notes.of(())
        self._roll.choose(self._kept | frozenset(notes.ids[inside].tolist()))

    def _span(self) -> tuple[float, float, int, int]:
        start, end = sorted((self._origin.tick, self._at.tick))
        low, high = sorted((self._origin.pitch, self._at.pitch))
        return start, end, low, high


class PanDrag:
    """Moves the view with the pointer."""

    band: QRectF | None = None
    asks_menu = False

    def __init__(self, roll: Roll, event: QMouseEvent, view_px: float) -> None:
        self._roll, self._last, self._view_px = roll, event.position(), view_px

    def move(self, event: QMouseEvent, at: Place) -> None:  # noqa: ARG002 - as in Drag
        """Go along with the pointer."""
        by, self._last = event.position() - self._last, event.position()
        scale, pitches = self._roll.scale, self._roll.pitches
        scale.scroll_to(scale.left_tick - by.x() / scale.pixels_per_tick)
        pitches.scroll_to(pitches.top_px - by.y(), self._view_px)

    def end(self, at: Place) -> None:
        """Stay."""


def begin_drag(
    roll: Roll, event: QMouseEvent, at: Place, view_px: float, *, twice: bool = False
) -> Drag | None:
    """Return what a press begins; `twice` is for the second press of a double-click."""
    buttons = Qt.MouseButton
    if event.button() == buttons.MiddleButton:
        return PanDrag(roll, event, view_px)
    if event.button() == buttons.RightButton:
        return _erasing(roll, event, at, instant=False)
    if event.button() == buttons.LeftButton:
        return _use_tool(roll, event, at, twice)
    return None


def _use_tool(roll: Roll, event: QMouseEvent, at: Place, twice: bool) -> Drag:
    spot = spot_at(roll, event.position())
    selects = roll.tool == "select"
    if roll.tool == "erase" or (selects and twice and spot is not None):
        return _erasing(roll, event, at, instant=True)
    if roll.tool == "slice":
        gesture, name = Slice(roll.surroundings(), at), translate("PianoRoll", "Cut notes")
        return GestureDrag(roll, gesture, name, event, at, instant=True)
    if spot is not None:
        return _grab(roll, event, at, spot)
    if roll.tool == "draw" or twice:
        name = translate("PianoRoll", "Draw notes")
        return GestureDrag(roll, _drawing(roll, at), name, event, at, instant=True)
    return BandDrag(roll, at)


def _erasing(roll: Roll, event: QMouseEvent, at: Place, *, instant: bool) -> GestureDrag:
    name = translate("PianoRoll", "Erase notes")
    return GestureDrag(roll, Erase(roll.surroundings(), at), name, event, at, instant=instant)


def _drawing(roll: Roll, at: Place) -> Draw:
    start = round(at.tick) if at.free else roll.division.before(roll.tempo_map, at.tick)
    here = roll.surroundings()
    start = max(here.clip_start, start)
    return Draw(here, at, start, roll.drawn_length, roll.velocity, roll.chord)


def _grab(roll: Roll, event: QMouseEvent, at: Place, spot: Spot) -> GestureDrag:
    """Return the drag of a note, which is chosen now if it was not."""
    note_id, chosen = int(roll.notes.ids[spot.row]), roll.studio.session.selection.notes
    adds = at.free or at.copies
    was_chosen = note_id in chosen
    if not was_chosen:
        roll.choose(chosen | {note_id} if adds else frozenset({note_id}))
    roll.audition(int(roll.notes.pitches[spot.row]), int(roll.notes.velocities[spot.row]))

    def click() -> None:
        if was_chosen:
            roll.choose(chosen - {note_id} if adds else frozenset({note_id}))

    gesture, name = _gesture(roll, event, at, spot)
    return GestureDrag(roll, gesture, name, event, at, click=click)


def _gesture(roll: Roll, event: QMouseEvent, at: Place, spot: Spot) -> tuple[Gesture, str]:
    here = roll.surroundings()
    if spot.part in ("start", "end"):
        resize = Resize(here, spot.row, starts=spot.part == "start")
        return resize, translate("PianoRoll", "Change length of notes")
    if spot.part == "upper" and event.modifiers() & Qt.KeyboardModifier.AltModifier:
        return Velocity(here, at), translate("PianoRoll", "Change velocity of notes")
    name = translate("PianoRoll", "Move notes")
    return Move(here, spot.row, at), name
