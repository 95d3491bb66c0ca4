"""What all parts of a piece share while it is being written: metre, chords and form, in beats."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from numpy.random import Generator

from onnx_models.composer.styles import Style


class ScoreNote(NamedTuple):
    """A note as written: quarter-note beats, MIDI pitch, and accent (1 is normal)."""

    start: float
    length: float
    pitch: int
    accent: float = 1.0


class ChordSpan(NamedTuple):
    """A chord from beat `start` to beat `end`; root first."""

    start: float
    end: float
    classes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The frame of a piece; `groups` are the lengths in beats of a bar's pulses."""

    rng: Generator
    style: Style
    bpm: float
    tonic: int
    mode: str
    scale: tuple[int, ...]
    bar_beats: float
    groups: tuple[float, ...]
    bars: int
    chords: tuple[ChordSpan, ...]
    chord_starts: tuple[float, ...]

    def chord_at(self, beat: float) -> ChordSpan:
        """Return the chord that sounds at `beat`; the last one after the end."""
        return self.chords[bisect_right(self.chord_starts, beat + 1e-6) - 1]

    @property
    def end(self) -> float:
        """Return the beat at which the last bar ends."""
        return self.bars * self.bar_beats
