"""The tempo map: tempo and metre changes, and every conversion between kinds of time."""

import math
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final, TypeVar

from desktop.document.time import (
    PPQ,
    Tick,
    checked_tick,
    frame_to_second,
    second_to_frame,
)

MIN_BPM: Final = 4.0  # a MIDI tempo, 24 bits of microseconds, goes down to 3.6
MAX_BPM: Final = 1000.0
MAX_DENOMINATOR: Final = 64  # counts stay whole ticks down to a 256th; none is written past this

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TempoChange:
    """From `tick` on, `bpm` quarter notes a minute."""

    tick: Tick
    bpm: float

    def __post_init__(self) -> None:
        checked_tick("tempo change", self.tick)
        if not MIN_BPM <= self.bpm <= MAX_BPM:
            raise ValueError(f"bpm must be in {MIN_BPM:g}..{MAX_BPM:g}, got {self.bpm}")

    @property
    def tick_s(self) -> float:
        """Return how long a tick lasts, in seconds."""
        return 60.0 / (self.bpm * PPQ)


@dataclass(frozen=True, slots=True)
class MetreChange:
    """From `tick` on, bars of `numerator`/`denominator`; a new bar begins at `tick`."""

    tick: Tick
    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        checked_tick("metre change", self.tick)
        if not 1 <= self.numerator <= 255:
            raise ValueError(f"a metre's numerator must be in 1..255, got {self.numerator}")
        powers = [2**n for n in range(MAX_DENOMINATOR.bit_length())]
        if self.denominator not in powers:
            raise ValueError(f"a metre's denominator must be in {powers}, got {self.denominator}")

    @property
    def count_ticks(self) -> int:
        """Return the ticks of one count: a quarter in 3/4, an eighth in 6/8."""
        return 4 * PPQ // self.denominator

    @property
    def bar_ticks(self) -> int:
        """Return the ticks of a whole bar."""
        return self.numerator * self.count_ticks


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place as musicians count it, bar.beat.tick: bar and beat from 1, tick from 0.

    Here alone a beat is the metre's count, so that 6/8 counts to six.
    """

    bar: int
    beat: int
    tick: int

    def __str__(self) -> str:
        return f"{self.bar}.{self.beat}.{self.tick:03}"


@dataclass(frozen=True, slots=True)
class Bar:
    """Bar `number` (from 1) and its span; the bar before a metre change may be cut short."""

    number: int
    start: Tick
    length: int


class _Sums:
    # What is derived from the changes is no field, so that it is neither compared nor saved.
    __slots__ = ("_metre_bars", "_tempo_starts_s")
    _tempo_starts_s: tuple[float, ...]
    _metre_bars: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TempoMap(_Sums):
    """Tempo and metre changes, each in order, the first of both at tick 0.

    Conversions are linear between changes and go on past both ends of the song, so that ticks
    before 0 mean seconds before 0.
    """

    tempos: tuple[TempoChange, ...] = (TempoChange(Tick(0), 120.0),)
    metres: tuple[MetreChange, ...] = (MetreChange(Tick(0), 4, 4),)

    def __post_init__(self) -> None:
        _check_order("tempo", [change.tick for change in self.tempos])
        _check_order("metre", [change.tick for change in self.metres])
        spans_s = ((b.tick - a.tick) * a.tick_s for a, b in pairwise(self.tempos))
        bars = (-(-(b.tick - a.tick) // a.bar_ticks) for a, b in pairwise(self.metres))
        object.__setattr__(self, "_tempo_starts_s", tuple(accumulate(spans_s, initial=0.0)))
        object.__setattr__(self, "_metre_bars", tuple(accumulate(bars, initial=1)))

    def __reduce__(self) -> tuple[type["TempoMap"], tuple[object, ...]]:
        return TempoMap, (self.tempos, self.metres)

    def tick_to_second(self, tick: float) -> float:
        """Return the moment of `tick`, which may be fractional."""
        at = _last_at_or_before(self.tempos, tick, _tick)
        change = self.tempos[at]
        return self._tempo_starts_s[at] + (tick - change.tick) * change.tick_s

    def second_to_fractional_tick(self, second: float) -> float:
        """Return the place of `second` in ticks, unrounded."""
        at = max(0, bisect_right(self._tempo_starts_s, second) - 1)
        change = self.tempos[at]
        return change.tick + (second - self._tempo_starts_s[at]) / change.tick_s

    def second_to_tick(self, second: float) -> Tick:
        """Return the tick nearest to `second`."""
        return Tick(math.floor(self.second_to_fractional_tick(second) + 0.5))

    def tick_to_frame(self, tick: float, sample_rate_hz: int) -> int:
        """Return the audio frame nearest to `tick`."""
        return second_to_frame(self.tick_to_second(tick), sample_rate_hz)

    def frame_to_tick(self, frame: int, sample_rate_hz: int) -> Tick:
        """Return the tick nearest to audio frame `frame`."""
        return self.second_to_tick(frame_to_second(frame, sample_rate_hz))

    def span_frames(self, start: Tick, end: Tick, sample_rate_hz: int) -> int:
        """Return the frames of [start, end); touching spans add up to the frames of both."""
        return self.tick_to_frame(end, sample_rate_hz) - self.tick_to_frame(start, sample_rate_hz)

    def tick_to_position(self, tick: int) -> Position:
        """Return bar.beat.tick at `tick`."""
        at = _last_at_or_before(self.metres, tick, _tick)
        metre = self.metres[at]
        bars, in_bar = divmod(tick - metre.tick, metre.bar_ticks)
        beats, rest = divmod(in_bar, metre.count_ticks)
        return Position(self._metre_bars[at] + bars, 1 + beats, rest)

    def place_text(self, tick: int) -> str:
        """Return `tick` in words, as "bar 3 beat 1", or "bar 3 beat 1.5" between two beats."""
        place = self.tick_to_position(tick)
        metre = self.metres[_last_at_or_before(self.metres, tick, _tick)]
        hundredths = 100 * place.tick // metre.count_ticks
        return f"bar {place.bar} beat {place.beat + hundredths / 100:g}"

    def position_to_tick(self, position: Position) -> Tick:
        """Return the tick of bar.beat.tick."""
        at = max(0, bisect_right(self._metre_bars, position.bar) - 1)
        metre = self.metres[at]
        bars, beats = position.bar - self._metre_bars[at], position.beat - 1
        in_bars = bars * metre.bar_ticks + beats * metre.count_ticks
        return Tick(metre.tick + in_bars + position.tick)

    def bar_at(self, tick: float) -> Bar:
        """Return the bar that holds `tick`, which may be fractional."""
        at = _last_at_or_before(self.metres, tick, _tick)
        metre = self.metres[at]
        bars = math.floor((tick - metre.tick) / metre.bar_ticks)
        start, end = (metre.tick + n * metre.bar_ticks for n in (bars, bars + 1))
        if at + 1 < len(self.metres):
            end = min(end, self.metres[at + 1].tick)
        return Bar(self._metre_bars[at] + bars, Tick(start), end - start)

    def bars(self, start: Tick, end: Tick) -> Iterator[Bar]:
        """Yield the bars that share a tick with [start, end)."""
        while start < end:
            bar = self.bar_at(start)
            yield bar
            start = Tick(bar.start + bar.length)

    def bpm_at(self, tick: float) -> float:
        """Return the tempo at `tick`, in quarter notes a minute."""
        return self.tempos[_last_at_or_before(self.tempos, tick, _tick)].bpm

    def metre_at(self, tick: float) -> MetreChange:
        """Return the metre change that holds at `tick`."""
        return self.metres[_last_at_or_before(self.metres, tick, _tick)]


def _tick(change: TempoChange | MetreChange) -> Tick:
    return change.tick


def _last_at_or_before(changes: tuple[T, ...], tick: float, key: Callable[[T], Tick]) -> int:
    return max(0, bisect_right(changes, tick, key=key) - 1)


def _check_order(name: str, ticks: list[Tick]) -> None:
    if not ticks or ticks[0] != 0:
        raise ValueError(f"the first {name} change must be at tick 0, got {ticks[:1]}")
    for before, after in pairwise(ticks):
        if after <= before:
            raise ValueError(f"{name} changes must be in order, got {after} after {before}")
