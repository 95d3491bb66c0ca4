"""What is drawn of a mix that is to be realised: it stands while the rest is written around it."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Final, NamedTuple

from inference.events import (
    ALL,
    FIRST_LENGTH,
    FIRST_STRIKE,
    PITCHES,
    Mask,
    Struck,
    played,
    strike,
    strikes_of,
)
from inference.grid import Grid
from inference.request import Note, RenderRequest

TOGETHER_S: Final = 0.03  # notes that begin nearer to each other are a chord
CHORD: Final = 3  # notes, at least
LOWEST_LEAD: Final = 48  # a line that lies mostly below is a bass


class Drawn(NamedTuple):
    """The one part of a mix that is drawn; "" and no notes where all of it is, or nothing."""

    part: str = ""
    notes: tuple[Note, ...] = ()


def drawn_of(request: RenderRequest) -> Drawn:
    """Return the one part of a mix that is drawn: a line, chords, or drums."""
    if request.role != "mix" or request.initial_audio is not None:
        return Drawn()
    if request.drum_notes:
        return Drawn("drums", request.drum_notes) if request.notes is None else Drawn()
    notes = tuple(sorted(request.notes or ()))
    part = part_of(notes)
    return Drawn(part, notes) if part else Drawn()


def part_of(notes: Sequence[Note]) -> str:
    """Return "lead" or "bass" of a line, "harmony" of nothing but chords, "" of anything else.

    `notes` are in order; those of a chord begin together, at most TOGETHER_S after one another.
    """
    sizes = list[int]()
    before_s = -float("inf")
    for note in notes:
        if note.start_s - before_s < TOGETHER_S:
            sizes[-1] += 1
        else:
            sizes.append(1)
        before_s = note.start_s
    if max(sizes, default=0) != 1:
        return "harmony" if min(sizes, default=0) >= CHORD else ""
    return "bass" if median(note.pitch for note in notes) < LOWEST_LEAD else "lead"


def struck_on(grid: Grid, drawn: Drawn) -> list[Struck]:
    """Return what is drawn at the ticks nearest to it, each pitch once at a tick."""
    at_ticks: dict[tuple[int, int], Struck] = {}
    for start_s, lasts_s, pitch, velocity in drawn.notes:
        tick = max(grid.first, grid.tick_at(start_s))
        if tick < grid.end and pitch in PITCHES[drawn.part]:
            length = max(1, grid.tick_at(start_s + lasts_s) - tick)
            at_ticks[tick, pitch] = Struck(tick, drawn.part, pitch, length, velocity)
    return list(at_ticks.values())


@dataclass(slots=True)
class Line:
    """What is drawn, as it is written; nothing else strikes notes of its part."""

    part: str  # "" for no line
    free: Mask  # the events that may be improvised beside it
    rest: deque[Struck]
    _saying: deque[int] = field(default_factory=deque)  # the length and velocity of a note begun

    @classmethod
    def of(cls, notes: Iterable[Struck]) -> "Line":
        """Return the line of `notes`, all of one part; of none, nothing is kept from anything."""
        rest = deque(sorted(notes))
        part = rest[0].part if rest else ""
        return cls(part, ~strikes_of(part) if part else ALL >= 0, rest)

    def copy(self) -> "Line":
        """Return the same line, to be written apart."""
        return replace(self, rest=self.rest.copy(), _saying=self._saying.copy())

    def due(self, tick: int) -> int | None:
        """Return the strike that is next to be written at `tick`, if any."""
        return strike(self.rest[0]) if self.rest and self.rest[0].tick <= tick else None

    def instead(self, event: int, tick: int) -> int:
        """Return what is written at `tick` where `event` would be: it, or what the line plays."""
        if self._saying:
            return self._saying.popleft()
        if not self.rest or event >= FIRST_LENGTH:
            return event
        due = self.due(tick)
        if due is None:
            return min(event, self.rest[0].tick - tick - 1) if event < FIRST_STRIKE else event
        if FIRST_STRIKE <= event < due:  # within a tick strikes rise
            return event
        self._saying.extend(played(self.rest.popleft()))
        return self._saying.popleft()
