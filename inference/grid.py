"""The ticks on which improvised notes begin, laid over a request's beat grid."""

from collections.abc import Sequence
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from inference.arrays import Floats
from inference.conditioning import even_beats
from inference.errors import RequestError
from inference.events import TICKS_PER_BEAT
from inference.request import BeatPoint

MOST_TICKS_A_SECOND: Final = 400
BPM, BEATS_PER_BAR = 120.0, 4.0  # where a request says nothing
LONGEST_LEAD: Final = 400  # ticks of a bar that are played before the request begins
LEAST_BARS: Final = 1e-9  # of a span that tells how long a bar is


class Grid:
    """Ticks `[first, end)` of `duration_s` seconds of `beats`; RequestError for absurdly many.

    It begins at the tick `begin`: at `first` or, with `from_bar`, where that one's bar begins.
    """

    def __init__(
        self, beats: Sequence[BeatPoint], duration_s: float, *, from_bar: bool = False
    ) -> None:
        points = beats or even_beats(BPM, BEATS_PER_BAR, duration_s)
        self._time_s, self._beat, self._bar = np.asarray(points, np.float64).reshape(-1, 3).T
        start, end = (float(np.interp(t, self._time_s, self._beat)) for t in (0.0, duration_s))
        self.first = int(np.ceil(round(start * TICKS_PER_BEAT, 6)))
        self.end = int(np.ceil(round(end * TICKS_PER_BEAT, 6)))
        if self.end - self.first > duration_s * MOST_TICKS_A_SECOND + 1:
            raise RequestError(
                f"the beat grid has {end - start:.0f} beats in {duration_s:.2f} s; nothing can be "
                f"improvised beyond {MOST_TICKS_A_SECOND * 60 // TICKS_PER_BEAT} beats a minute; "
                "slow the tempo down or draw the notes"
            )
        self.begin = self._led_in() if from_bar else self.first

    def _led_in(self) -> int:
        """Return the tick at which the first bar begins; the grid then reaches back to it."""
        grows = np.flatnonzero(np.diff(self._beat) > 0)
        bars = max(0.0, float(round(self._bar[0] % 1, 6)) % 1)
        beats = bars * self.bar_ticks / TICKS_PER_BEAT
        begin = int(np.floor(round((self._beat[0] - beats) * TICKS_PER_BEAT, 6)))
        if not bars or not len(grows) or self.first - begin > LONGEST_LEAD:
            return self.first
        span = slice(grows[0], grows[0] + 2)
        seconds = beats * float(np.diff(self._time_s[span])[0] / np.diff(self._beat[span])[0])
        self._time_s = np.insert(self._time_s, 0, self._time_s[0] - seconds)
        self._beat = np.insert(self._beat, 0, self._beat[0] - beats)
        self._bar = np.insert(self._bar, 0, self._bar[0] - bars)
        return begin

    @property
    def bar_ticks(self) -> int:
        """Return the length of a bar, by the first of the grid's spans."""
        beats, bars = np.diff(self._beat), np.diff(self._bar)
        grows = np.flatnonzero(bars > LEAST_BARS)
        if not len(grows):
            return round(BEATS_PER_BAR * TICKS_PER_BEAT)
        return max(1, round(float(beats[grows[0]] / bars[grows[0]]) * TICKS_PER_BEAT))

    @cached_property
    def seconds(self) -> Floats:
        """Return the seconds at which each tick begins, and those of the end."""
        return np.asarray(np.interp(self._beats, self._beat, self._time_s), np.float32)

    def frames(self, latent_rate_hz: float) -> npt.NDArray[np.int64]:
        """Return the latent frame in which each tick begins."""
        return np.asarray(np.floor(self.seconds * latent_rate_hz + 1e-3), np.int64)

    def phases(self, phrase_bars: Sequence[int] = ()) -> Floats:
        """Return sine and cosine of each tick's beat, then bar, as `beat` of the contract.

        After them, those of each tick's place in phrases of `phrase_bars` bars.
        """
        bars = np.interp(self._beats, self._beat, self._bar)
        passed = [self._beats, bars, *(bars / length for length in phrase_bars)]
        waves = [wave(2 * np.pi * turns) for turns in passed for wave in (np.sin, np.cos)]
        return np.stack(waves, axis=1).astype(np.float32)

    def tick_at(self, time_s: float) -> int:
        """Return the tick nearest to `time_s`."""
        return round(float(np.interp(time_s, self._time_s, self._beat)) * TICKS_PER_BEAT)

    def seconds_at(self, tick: int) -> float:
        """Return when `tick` begins; past the grid's last point, that point's."""
        return float(np.interp(tick / TICKS_PER_BEAT, self._beat, self._time_s))

    @property
    def _beats(self) -> npt.NDArray[np.float64]:
        return np.arange(self.begin, self.end + 1) / TICKS_PER_BEAT
