"""Scales and chords as sets of semitones."""

from typing import Final

import numpy as np

from ui.piano_roll.columns import Ints, Mask
from ui.shared.pitch_names import NAMES

# fmt: off
SCALES: Final[dict[str, tuple[int, ...]]] = {
    "major": (0, 2, 4, 5, 7, 9, 11), "minor": (0, 2, 3, 5, 7, 8, 10),
    "harmonic minor": (0, 2, 3, 5, 7, 8, 11), "melodic minor": (0, 2, 3, 5, 7, 9, 11),
    "dorian": (0, 2, 3, 5, 7, 9, 10), "phrygian": (0, 1, 3, 5, 7, 8, 10),
    "lydian": (0, 2, 4, 6, 7, 9, 11), "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "locrian": (0, 1, 3, 5, 6, 8, 10),
    "major pentatonic": (0, 2, 4, 7, 9), "minor pentatonic": (0, 3, 5, 7, 10),
    "blues": (0, 3, 5, 6, 7, 10), "whole tone": (0, 2, 4, 6, 8, 10),
}
CHORDS: Final[dict[str, tuple[int, ...]]] = {
    "major": (0, 4, 7), "minor": (0, 3, 7), "diminished": (0, 3, 6), "augmented": (0, 4, 8),
    "sus2": (0, 2, 7), "sus4": (0, 5, 7), "6": (0, 4, 7, 9), "7": (0, 4, 7, 10),
    "maj7": (0, 4, 7, 11), "m7": (0, 3, 7, 10), "dim7": (0, 3, 6, 9), "9": (0, 4, 7, 10, 14),
    "octave": (0, 12), "fifth": (0, 7),
}
_LETTERS: Final = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
# fmt: on


def key_tones(key: str) -> tuple[int, str]:
    """Return the root, 0..11, and the scale of a song's key, as (1, "minor") of "C#m"."""
    bent = key.count("#") - key[1:].count("b")
    return (_LETTERS[key[0]] + bent) % len(NAMES), "minor" if key.endswith("m") else "major"


def in_scale(root: int, scale: str) -> Mask:
    """Return which of the pitches 0..127 are in the scale."""
    return np.isin((np.arange(128) - root) % 12, SCALES[scale])


def nearest_tones(root: int, scale: str) -> Ints:
    """Return for each pitch 0..127 the nearest of the scale, the lower one of two."""
    tones = np.flatnonzero(in_scale(root, scale))
    away = abs(np.arange(128)[:, None] - tones)
    nearest: Ints = tones[away.argmin(axis=1)]
    return nearest


def triad(pitch: int, root: int, scale: str) -> tuple[int, ...]:
    """Return the offsets of every second tone of the scale, three of them, from `pitch` on."""
    tones = np.flatnonzero(in_scale(root, scale))
    at = int(np.searchsorted(tones, nearest_tones(root, scale)[pitch]))
    return tuple(int(tone - tones[at]) for tone in tones[at : at + 5 : 2])
