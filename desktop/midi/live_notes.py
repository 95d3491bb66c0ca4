"""Notes from recorded strikes, each within the round of the song that it was played in."""

from collections.abc import Set
from typing import Final, NamedTuple

from desktop.document.query import PlacedNote
from desktop.document.time import Tick
from desktop.midi.live import Source, Strike
from desktop.midi.live_clock import HeardClock, Place

EARLY_S: Final = 0.15  # so much before the start a first note may be struck; it is put at the start


class Taken(NamedTuple):
    """A note, and the tracks for which it was played."""

    tracks: frozenset[int]
    note: PlacedNote


class _Held(NamedTuple):
    tracks: frozenset[int]
    place: Place
    velocity: int


class NoteTaker:
    """Takes what is played from `start` on until it is stopped.

    A note that is held where a round ends, as at the end of a loop, is cut there.
    """

    def __init__(self, clock: HeardClock, start: Place, early_s: float = 0.0) -> None:
        self._clock, self._start, self._early_s = clock, start, early_s
        self._held: dict[tuple[Source, int], _Held] = {}
        self._done: list[Taken] = []

    def take(self, strike: Strike, tracks: Set[int]) -> None:
        """Begin a note for `tracks`, or end the one of this source and pitch."""
        key = strike.source, strike.pitch
        self._end(key, strike.at_s)
        place = self._place(strike.at_s)
        if strike.velocity and place is not None and tracks:
            self._held[key] = _Held(frozenset(tracks), place, strike.velocity)

    def finished(self, at_s: float) -> list[Taken]:
        """Return the notes that have ended by the moment `at_s` and were not returned yet."""
        now = self._clock.place_at(at_s)
        for key in [key for key, held in self._held.items() if held.place.round < now.round]:
            self._end(key, at_s)
        done, self._done = self._done, []
        return done

    def end_all(self, at_s: float) -> None:
        """End the notes that are held."""
        for key in list(self._held):
            self._end(key, at_s)

    def _place(self, at_s: float) -> Place | None:
        """Return where a note that begins at `at_s` is put; None before the recording."""
        place, start = self._clock.place_at(at_s), self._start
        if place >= start:
            return place
        return start if self._clock.place_at(at_s + self._early_s) >= start else None

    def _end(self, key: tuple[Source, int], at_s: float) -> None:
        held = self._held.pop(key, None)
        if held is not None:
            span = self._span(held.place, self._clock.place_at(at_s))
            self._done.append(Taken(held.tracks, PlacedNote(*span, key[1], held.velocity)))

    def _span(self, begin: Place, end: Place) -> tuple[Tick, Tick]:
        """Return the whole ticks from `begin` to `end`, or to where the round ended."""
        first, last = self._clock.start_of(begin.round), self._clock.end_of(begin.round)
        low = round(self._start.tick if begin.round == self._start.round else first)
        start = max(low, round(begin.tick))
        stop = round(end.tick) if end.round == begin.round or last is None else round(last)
        if last is not None:
            start = max(low, min(start, round(last) - 1))
        return Tick(start), Tick(max(start + 1, stop))
