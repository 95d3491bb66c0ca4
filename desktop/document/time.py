"""Musical time in integer ticks, sounding time in seconds and audio frames."""

import math
from typing import Final, NewType

Tick = NewType("Tick", int)

PPQ: Final = 960  # 3 * 5 * 2**6: triplets and quintuplets stay exact
MAX_TICK: Final = Tick(2**31 - 1)
MAX_SONG_S: Final = 6 * 3600  # longer songs are mistakes in a file: they would only fill the disk


def checked_tick(name: str, tick: int) -> Tick:
    """Return `tick`, which must lie in 0..MAX_TICK; `name` stands in the ValueError."""
    if not 0 <= tick <= MAX_TICK:
        raise ValueError(f"{name} must be in 0..{MAX_TICK} ticks, got {tick}")
    return Tick(tick)


def second_to_frame(second: float, sample_rate_hz: int) -> int:
    """Return the audio frame nearest to `second`; halves go up, wherever the song starts."""
    return math.floor(second * sample_rate_hz + 0.5)


def frame_to_second(frame: int, sample_rate_hz: int) -> float:
    """Return the moment at which audio frame `frame` begins."""
    return frame / sample_rate_hz
