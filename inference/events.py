"""Improvised music as a string of events: waits, and notes with their length and loudness.

A bar of a waltz's bass is: strike C2, length 12, velocity 95, wait 24, wait 12. Times are ticks,
twelfths of a quarter note, so that triplets and sixteenths both lie on them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

TICKS_PER_BEAT: Final = 12
LONGEST_WAIT: Final = 24  # ticks; longer ones are several waits
PITCHES: Final = {  # what each part can strike, in the order of events
    "drums": range(35, 82),  # General MIDI's drum keys
    "bass": range(24, 108),
    "harmony": range(24, 108),
    "lead": range(24, 108),
}
LENGTHS: Final = (1, 2, 3, 4, 6, 8, 9, 12, 16, 18, 24, 30, 36, 48, 72, 96)  # ticks
VELOCITIES: Final = (15, 31, 47, 63, 79, 95, 111, 127)

FIRST_STRIKE: Final = LONGEST_WAIT
FIRST_PITCHED: Final = FIRST_STRIKE + len(PITCHES["drums"])
FIRST_LENGTH: Final = FIRST_STRIKE + sum(map(len, PITCHES.values()))
FIRST_VELOCITY: Final = FIRST_LENGTH + len(LENGTHS)
EVENTS: Final = FIRST_VELOCITY + len(VELOCITIES)
ALL: Final = np.arange(EVENTS)
NOTHING: Final = EVENTS  # stands for the event before the first, and for no event bars ago
LOOKED_BACK: Final = 6  # strikes that are told of each of the bars ago
REMEMBERED: Final = 12  # strikes of pitches that are told as the last ones
MOST_AT_ONCE: Final = 24  # strikes at one tick

Mask = npt.NDArray[np.bool_]


class Struck(NamedTuple):
    """A note of `part`, from `tick` on for `length` ticks."""

    tick: int
    part: str
    pitch: int
    length: int
    velocity: int


@cache
def first_strike(part: str) -> int:
    """Return the event that strikes the lowest pitch of `part`."""
    before = list(PITCHES)[: list(PITCHES).index(part)]
    return FIRST_STRIKE + sum(len(PITCHES[other]) for other in before)


@cache
def strikes_of(role: str) -> Mask:
    """Return which events strike a note that `role` may play; a mix may play all."""
    mask = np.zeros(EVENTS, np.bool_)
    for part, pitches in PITCHES.items():
        first = first_strike(part)
        mask[first : first + len(pitches)] = role in ("mix", part)
    return mask


def struck_by(event: int) -> tuple[str, int]:
    """Return the part and the pitch of a strike."""
    part = next(p for p in reversed(PITCHES) if event >= first_strike(p))
    return part, PITCHES[part][event - first_strike(part)]


@cache
def pitch_class(event: int) -> int | None:
    """Return the pitch class that an event strikes, None where it strikes no pitch."""
    return struck_by(event)[1] % 12 if FIRST_PITCHED <= event < FIRST_LENGTH else None


def nearest(value: float, values: tuple[int, ...]) -> int:
    """Return the index of what of `values` is nearest to `value`."""
    return int(np.abs(np.subtract(values, value)).argmin())


def events_of(notes: Iterable[Struck], tick: int, end: int) -> Iterator[int]:
    """Yield the events that play `notes` from `tick` on, and wait until `end` at the least."""
    playable = [note for note in notes if note.pitch in PITCHES[note.part]]
    striking = {(note.tick, strike(note)): note for note in playable if tick <= note.tick < end}
    for (at, _), note in sorted(striking.items()):
        yield from waits(at - tick)
        tick = at
        yield from played(note)
    yield from waits(end - tick)


def strike(note: Struck) -> int:
    """Return the event that strikes `note`."""
    return first_strike(note.part) + PITCHES[note.part].index(note.pitch)


def played(note: Struck) -> Iterator[int]:
    """Yield the events that play `note` at its tick."""
    event = strike(note)
    yield event
    if event >= FIRST_PITCHED:
        yield FIRST_LENGTH + nearest(note.length, LENGTHS)
    yield FIRST_VELOCITY + nearest(note.velocity, VELOCITIES)


def waits(ticks: int) -> Iterator[int]:
    """Yield events that wait for `ticks`."""
    for waited in range(0, ticks, LONGEST_WAIT):
        yield min(ticks - waited, LONGEST_WAIT) - 1


def told_numbers(distances: int) -> int:
    """Return how many numbers `Sheet.told` has where it looks `distances` times back."""
    return 1 + distances * (1 + LOOKED_BACK) + REMEMBERED


def filled_up(events: list[int], count: int) -> list[int]:
    """Return `events` with NOTHING after them, `count` in all."""
    return events + [NOTHING] * (count - len(events))


@dataclass(slots=True)
class Sheet:
    """What is written so far; the next event is written at `tick`."""

    tick: int
    bar_ticks: int
    bars_ago: tuple[int, ...] = (1,)  # how far it looks back
    last: int = NOTHING
    highest: int = -1  # the last strike at this tick: others follow in order
    strikes: dict[int, list[int]] = field(default_factory=dict)  # by tick
    pitched: list[int] = field(default_factory=list)  # the last strikes of pitches
    notes: list[Struck] = field(default_factory=list)
    _pending: tuple[int, int] = (0, 0)  # a strike, and the length chosen for it

    def copy(self) -> "Sheet":
        """Return a sheet to write on; what was struck before this tick is shared."""
        return replace(self, strikes=dict(self.strikes), notes=list(self.notes))

    def add(self, event: int) -> None:
        """Write `event`."""
        self.last = event
        if event < FIRST_STRIKE:
            self.tick += event + 1
            self.highest = -1
        elif event < FIRST_LENGTH:
            self.highest = event
            self.strikes.setdefault(self.tick, []).append(event)
            if event >= FIRST_PITCHED:
                self.pitched = [*self.pitched[1 - REMEMBERED :], event]
            self._pending = event, 1
        elif event < FIRST_VELOCITY:
            self._pending = self._pending[0], LENGTHS[event - FIRST_LENGTH]
        else:
            struck, length = self._pending
            velocity = VELOCITIES[event - FIRST_VELOCITY]
            self.notes.append(Struck(self.tick, *struck_by(struck), length, velocity))

    def told(self) -> list[int]:
        """Return the last event, what stood bars ago, and the last strikes of pitches.

        Of each of `bars_ago` that is the wait to the next strike then, and the strikes then;
        NOTHING stands for what is not there, `told_numbers` in all.
        """
        then = [self.tick - bars * self.bar_ticks for bars in self.bars_ago]
        stood = [number for tick in then for number in self._stood(tick)]
        return [self.last, *stood, *filled_up(self.pitched, REMEMBERED)]

    def _stood(self, then: int) -> list[int]:
        wait = next((w for w in range(1, LONGEST_WAIT + 1) if then + w in self.strikes), None)
        waited = NOTHING if wait is None else wait - 1
        return [waited, *filled_up(self.strikes.get(then, [])[:LOOKED_BACK], LOOKED_BACK)]

    def allowed(self, role: str) -> Mask:
        """Return which events may come next under `role`."""
        if FIRST_PITCHED <= self.last < FIRST_LENGTH:
            return (FIRST_LENGTH <= ALL) & (ALL < FIRST_VELOCITY)
        if FIRST_STRIKE <= self.last < FIRST_VELOCITY:  # a drum, or a length
            return ALL >= FIRST_VELOCITY
        crowded = len(self.strikes.get(self.tick, ())) >= MOST_AT_ONCE
        higher = strikes_of(role) & (self.highest < ALL)
        return (ALL < FIRST_STRIKE) | (higher & (not crowded))
