"""Which tick of the song was heard at which moment: what is played in is placed by it.

A musician plays to what they hear. The engine says which tick is heard when, its output latency
taken off already; between two such words time runs on by the tempo map. A note that came in at
moment t therefore lies at

    tick(t) = second_to_tick(tick_to_second(tick_heard) + (t - input_latency - at_heard))

where the engine said that `tick_heard` was heard at `at_heard`. Those moments come from another
process and waver by some milliseconds, so they are averaged over the last ten or so.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

from desktop.document.tempo import TempoMap

SAME_S: Final = 0.08  # what was said is this close to what was expected, or else a jump was made
NEWEST_WEIGHT: Final = 0.1  # in the average
SHORTEST_LOOP_S: Final = 0.01  # the engine plays no shorter one


class Place(NamedTuple):
    """A tick of a round; the song comes to a new round where a loop or a jump leads back or on."""

    round: int
    tick: float


@dataclass(frozen=True, slots=True)
class _Round:
    """Playing runs without a jump from `start_s` on, counted in seconds of what has been heard.

    It is `ahead_s` ahead of the song's own time.
    """

    start_s: float
    ahead_s: float


class HeardClock:
    """Follows the song from the first word of the engine on."""

    def __init__(self, tempo_map: TempoMap, loop: tuple[int, int] | None = None) -> None:
        self.tempo_map = tempo_map
        self._loop = loop
        self._loops_from_s = 0.0  # the loop is there since then
        self._rounds: list[_Round] = []
        self._late_s = 0.0  # a moment is this much later than the seconds heard
        self._words = 0

    @property
    def is_running(self) -> bool:
        """Return whether the engine has said anything yet."""
        return bool(self._rounds)

    @property
    def first(self) -> Place:
        """Return where it was when the engine spoke first."""
        return Place(0, self._tick(0, self._rounds[0].start_s))

    def hear(self, tick: float, at_s: float) -> None:
        """Take note that `tick` is heard at the moment `at_s`."""
        second = self.tempo_map.tick_to_second(tick)
        if not self._rounds:
            self._rounds, self._late_s = [_Round(second, 0.0)], at_s - second
            self._loops_from_s = second
        expected_s = at_s - self._late_s
        self._go_on_to(expected_s + SAME_S)
        found_s = min(
            (second + each.ahead_s for each in self._rounds[-3:]),
            key=lambda heard_s: abs(heard_s - expected_s),
        )
        if abs(found_s - expected_s) > SAME_S:
            self._jump(expected_s, second)
            return
        self._words += 1
        weight = max(NEWEST_WEIGHT, 1 / self._words)
        self._late_s += (at_s - found_s - self._late_s) * weight

    def set_loop(self, loop: tuple[int, int] | None, at_s: float) -> None:
        """Take note that the song is played in `loop`, or not in one, from the moment `at_s` on."""
        if self._rounds:
            now_s = at_s - self._late_s
            self._go_on_to(now_s)
            self._forget_after(now_s)
            self._loops_from_s = now_s
        self._loop = loop

    def place_at(self, at_s: float) -> Place:
        """Return where the song was at the moment `at_s`; before its start, ticks before that."""
        heard_s = at_s - self._late_s
        self._go_on_to(heard_s)
        number = len(self._rounds) - 1
        while number and self._rounds[number].start_s > heard_s:
            number -= 1
        return Place(number, self._tick(number, heard_s))

    def moment_of(self, place: Place) -> float:
        """Return the moment at which the song was at `place`."""
        second = self.tempo_map.tick_to_second(place.tick)
        return second + self._rounds[place.round].ahead_s + self._late_s

    def start_of(self, number: int) -> float:
        """Return the tick at which a round began."""
        return self._tick(number, self._rounds[number].start_s)

    def end_of(self, number: int) -> float | None:
        """Return the tick at which a round ended, None while it lasts."""
        if number + 1 >= len(self._rounds):
            return None
        return self._tick(number, self._rounds[number + 1].start_s)

    def _tick(self, number: int, heard_s: float) -> float:
        return self.tempo_map.second_to_fractional_tick(heard_s - self._rounds[number].ahead_s)

    def _go_on_to(self, heard_s: float) -> None:
        """Begin the rounds that a loop brings until then."""
        while (wrap := self._next_wrap()) is not None and wrap.start_s <= heard_s:
            self._rounds.append(wrap)

    def _next_wrap(self) -> _Round | None:
        if self._loop is None:
            return None
        start, end = (self.tempo_map.tick_to_second(tick) for tick in self._loop)
        last = self._rounds[-1]
        now = max(last.start_s, self._loops_from_s) - last.ahead_s
        if end - start < SHORTEST_LOOP_S or now >= end - 1e-9:
            return None
        return _Round(end + last.ahead_s, end + last.ahead_s - start)

    def _jump(self, heard_s: float, second: float) -> None:
        self._forget_after(heard_s)
        self._rounds.append(_Round(heard_s, heard_s - second))

    def _forget_after(self, heard_s: float) -> None:
        while len(self._rounds) > 1 and self._rounds[-1].start_s > heard_s:
            self._rounds.pop()
