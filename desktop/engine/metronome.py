"""The metronome: beats of the metre, the first of a bar accented."""

import math
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import numpy as np

from desktop.document.time import PPQ, Tick
from desktop.engine.world import World
from desktop.mixing.levels import CHANNELS
from inference.arrays import Audio

CLICK_S: Final = 0.03
ACCENT: Final = (1760.0, 0.5)  # Hz, amplitude
PLAIN: Final = (1174.66, 0.35)


class Beat(NamedTuple):
    """A beat at `frame`."""

    frame: int
    accented: bool


def beats(world: World, start: int, frames: int) -> Iterator[Beat]:
    """Yield the beats in the frames [start, start + frames) of the song."""
    first, last = math.floor(world.tick_at(start)), math.ceil(world.tick_at(start + frames))
    for bar in world.tempo_map.bars(Tick(max(0, first)), Tick(last + 1)):
        count_ticks = world.tempo_map.metre_at(bar.start).count_ticks
        for tick in range(bar.start, bar.start + bar.length, count_ticks):
            if start <= (frame := world.frame_at(tick)) < start + frames:
                yield Beat(frame, tick == bar.start)


def count_in_beats(world: World, tick: float, bars: int) -> tuple[tuple[Beat, ...], int]:
    """Return the beats of the bars counted before `tick`, from 0 on, and their frames in all.

    They keep the tempo and metre of `tick`, and accent what is a downbeat there.
    """
    metre, bar = world.tempo_map.metre_at(tick), world.tempo_map.bar_at(tick)
    frames_per_tick = 60 / world.tempo_map.bpm_at(tick) / PPQ * world.sample_rate_hz
    length = bars * metre.bar_ticks
    into_bar = tick - bar.start
    counted = []
    for number in range(bars * metre.numerator + 1):
        # the grid of counts goes on backwards from the bar that holds `tick`
        at = length - into_bar % metre.count_ticks - number * metre.count_ticks
        from_bar = into_bar - into_bar % metre.count_ticks - number * metre.count_ticks
        if 0 <= at < length:
            counted.append(Beat(round(at * frames_per_tick), from_bar % metre.bar_ticks == 0))
    return tuple(sorted(counted)), round(length * frames_per_tick)


def click(accented: bool, sample_rate_hz: int) -> Audio:
    """Return the sound of a beat, float32 (2, frames)."""
    frequency_hz, amplitude = ACCENT if accented else PLAIN
    time_s = np.arange(round(CLICK_S * sample_rate_hz)) / sample_rate_hz
    wave = np.sin(2 * np.pi * frequency_hz * time_s) * np.exp(-time_s * 150)
    wave *= amplitude * np.minimum(1.0, (CLICK_S - time_s) / 0.005)
    return np.repeat(wave[np.newaxis].astype(np.float32), CHANNELS, axis=0)


class Clicker:
    """Sounds beats; a click may go on in the next block."""

    def __init__(self, sample_rate_hz: int) -> None:
        self._clicks = {accented: click(accented, sample_rate_hz) for accented in (False, True)}
        self._rest = np.zeros((CHANNELS, 0), np.float32)

    def add_to(self, mix: Audio, beats: Iterable[Beat]) -> None:
        """Add the sound of `beats`, whose frames count from the block's first, to `mix`."""
        frames = mix.shape[1]
        length = max(self._rest.shape[1], frames + self._clicks[True].shape[1])
        sound = np.zeros((CHANNELS, length), np.float32)
        sound[:, : self._rest.shape[1]] = self._rest
        for beat in beats:
            struck = self._clicks[beat.accented]
            sound[:, beat.frame : beat.frame + struck.shape[1]] += struck
        mix += sound[:, :frames]
        rest = sound[:, frames:]
        self._rest = rest if rest.any() else rest[:, :0]
