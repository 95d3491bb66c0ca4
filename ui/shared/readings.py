"""How positions, times and metres are written and read. No Qt."""

import re
from typing import Final

from desktop.document.tempo import Position, TempoMap
from desktop.document.time import MAX_TICK, Tick

_METRE: Final = re.compile(r"\s*(\d{1,3})\s*/\s*(\d{1,3})\s*")


def position_text(tempo_map: TempoMap, tick: float) -> str:
    """Return bar.beat.tick at `tick`."""
    return str(tempo_map.tick_to_position(int(tick)))


def time_text(tempo_map: TempoMap, tick: float) -> str:
    """Return minutes, seconds and milliseconds at `tick`, as 1:05.250."""
    return minutes_text(tempo_map.tick_to_second(tick))


def minutes_text(second: float) -> str:
    """Return a time in minutes, seconds and milliseconds, as 1:05.250."""
    ms = round(second * 1000)
    minutes, ms = divmod(ms, 60_000)
    return f"{minutes}:{ms // 1000:02}.{ms % 1000:03}"


def length_text(tempo_map: TempoMap, start: Tick, end: Tick) -> str:
    """Return how long [start, end) lasts."""
    length_s = tempo_map.tick_to_second(end) - tempo_map.tick_to_second(start)
    return f"{length_s:.3f} s" if length_s < 60 else minutes_text(length_s) + " min"


def tick_of_position(tempo_map: TempoMap, text: str) -> Tick:
    """Return the tick of `text`, as 5, 5.2 or 5.2.480; ValueError where that is no place."""
    try:
        parts = [int(part) for part in text.replace(",", ".").strip().split(".")]
    except ValueError as error:
        raise ValueError(f"a position is bar.beat.tick, as 5.1.000; got {text!r}") from error
    bar, beat, tick = (*parts, *(1, 1, 0)[len(parts) :])[:3]
    if len(parts) > 3 or bar < 1 or beat < 1 or tick < 0:
        raise ValueError(f"bars and beats count from 1, ticks from 0; got {text!r}")
    return _within(tempo_map.position_to_tick(Position(bar, beat, tick)), text)


def tick_of_time(tempo_map: TempoMap, text: str) -> Tick:
    """Return the tick of `text`, as 9.6 or 1:05.25; ValueError where that is no time."""
    try:
        second = 0.0
        for part in text.replace(",", ".").removesuffix("s").strip().split(":"):
            second = 60 * second + float(part)
        return _within(tempo_map.second_to_tick(second), text)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"a time is minutes:seconds, as 1:05.25; got {text!r}") from error


def metre_of(text: str) -> tuple[int, int]:
    """Return numerator and denominator of `text`, as 6/8; ValueError where that is no metre."""
    found = _METRE.fullmatch(text)
    if found is None:
        raise ValueError(f"a metre is as 3/4 or 6/8; got {text!r}")
    return int(found[1]), int(found[2])


def _within(tick: int, text: str) -> Tick:
    if not 0 <= tick <= MAX_TICK:
        raise ValueError(f"there is no such place in a song: {text!r}")
    return Tick(tick)
