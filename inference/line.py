"""A drawn line, from which a mix is realised: it stands while other parts are written around it."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import Final

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
LOWEST_LEAD: Final = 48  # a line that lies mostly below is a bass


def line_of(request: RenderRequest) -> tuple[Note, ...]:
    """Return the notes of a mix of which one line is drawn, and no chord; else ()."""
    if request.role != "mix" or request.drum_notes or request.initial_audio is not None:
        return ()
    notes = tuple(sorted(request.notes or ()))
    together = any(other.start_s - one.start_s < TOGETHER_S for one, other in pairwise(notes))
    return () if together else notes


def struck_on(grid: Grid, notes: Sequence[Note]) -> list[Struck]:
    """Return a line's notes at the ticks nearest to them, as a lead or a bass; one at a tick."""
    is_low = bool(notes) and median(note.pitch for note in notes) < LOWEST_LEAD
    part = "bass" if is_low else "lead"
    at_ticks: dict[int, Struck] = {}
    for start_s, lasts_s, pitch, velocity in notes:
        tick = max(grid.first, grid.tick_at(start_s))
        if tick < grid.end and pitch in PITCHES[part]:
            length = max(1, grid.tick_at(start_s + lasts_s) - tick)
            at_ticks[tick] = Struck(tick, part, pitch, length, velocity)
    return list(at_ticks.values())


@dataclass(slots=True)
class Line:
    """A drawn line as it is written; nothing else strikes notes of its part."""

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
