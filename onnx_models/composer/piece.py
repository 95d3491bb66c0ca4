"""What a composed piece is: performed notes, parts and the labels that training needs."""

from dataclasses import dataclass
from typing import Final, Literal

Role = Literal["lead", "harmony", "bass", "drums"]
ROLES: Final[tuple[Role, ...]] = ("lead", "harmony", "bass", "drums")


@dataclass(frozen=True, slots=True)
class PlayedNote:
    """A note in performance time; `pitch` is a MIDI key (General MIDI drum key for drums)."""

    start_s: float
    duration_s: float
    pitch: int
    velocity: int


@dataclass(frozen=True, slots=True)
class Part:
    """One instrument's notes in order of start.

    `program` is 0-based General MIDI, or the kit's number for drums; `instrument` is a key of
    `INSTRUMENTS` or `KITS`; `pan` is -1 (left) to 1 (right); `reverb` and `chorus` are 0 (off) to
    1; `brightness_db` tilts the spectrum around 1 kHz; `drive` is 0 (clean) to 1.
    """

    role: Role
    program: int
    instrument: str
    notes: tuple[PlayedNote, ...]
    gain_db: float = 0.0
    pan: float = 0.0
    reverb: float = 0.0
    chorus: float = 0.0
    brightness_db: float = 0.0
    drive: float = 0.0


@dataclass(frozen=True, slots=True)
class SpanChord:
    """A chord that holds from `start_s` to `end_s`; the first pitch class is its root."""

    start_s: float
    end_s: float
    pitch_classes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A composed piece.

    `bpm` counts quarter notes, `beat_times_s` are its quarter notes, `bar_times_s` its bar lines,
    both from 0 up to the end; `key` is the tonic's pitch class; `lead_kind` says what the lead
    plays ("melody", "scale", ...).
    """

    seed: int
    style: str
    bpm: float
    numerator: int
    denominator: int
    key: int
    mode: str
    chords: tuple[SpanChord, ...]
    parts: tuple[Part, ...]
    duration_s: float
    beat_times_s: tuple[float, ...]
    bar_times_s: tuple[float, ...]
    moods: tuple[str, ...]
    lead_kind: str
    swing: float

    def parts_of(self, role: str) -> tuple[Part, ...]:
        """Return the parts of `role`; all of them for "mix"."""
        return tuple(p for p in self.parts if role in ("mix", p.role))
