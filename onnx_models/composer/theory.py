"""Scales, chords and voicings."""

from collections.abc import Sequence
from typing import Final, TypeVar

from numpy.random import Generator

T = TypeVar("T")

SCALES: Final = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
    "harmonic_minor": (0, 2, 3, 5, 7, 8, 11),
}
QUALITIES: Final = {
    "maj": (0, 4, 7),
    "m": (0, 3, 7),
    "7": (0, 4, 7, 10),
    "m7": (0, 3, 7, 10),
    "maj7": (0, 4, 7, 11),
    "m9": (0, 3, 7, 10, 2),
    "maj9": (0, 4, 7, 11, 2),
    "9": (0, 4, 7, 10, 2),
    "6": (0, 4, 7, 9),
    "m7b5": (0, 3, 6, 10),
    "dim7": (0, 3, 6, 9),
    "sus4": (0, 5, 7),
    "sus2": (0, 2, 7),
    "5": (0, 7),
}


def pick(rng: Generator, choices: Sequence[T]) -> T:
    """Return one of `choices`, all as likely."""
    return choices[int(rng.random() * len(choices))]


def chord_classes(token: str, tonic: int, mode: str, notes: int) -> tuple[int, ...]:
    """Return the pitch classes of a chord, root first.

    `token` is a degree 1..7, perhaps flattened ("b7"), perhaps with a quality ("2:m7b5"); without
    one the chord is stacked from `notes` thirds of the mode.
    """
    name, _, quality = token.partition(":")
    scale = SCALES[mode]
    degree = int(name[-1]) - 1
    if quality:
        root = tonic + scale[degree] - name.count("b")
        return tuple((root + step) % 12 for step in QUALITIES[quality])
    if name.startswith("b"):
        root = tonic + SCALES["major"][degree] - 1
        return tuple((root + step) % 12 for step in QUALITIES["maj"])
    return tuple((tonic + scale[(degree + 2 * i) % 7]) % 12 for i in range(notes))


def nearest(pitch: int, classes: Sequence[int]) -> int:
    """Return the pitch nearest to `pitch` whose pitch class is one of `classes`."""
    return min((pitch + d for d in (0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5, 6)),
               key=lambda p: (p % 12 not in classes, abs(p - pitch)))  # fmt: skip


def voiced(classes: Sequence[int], centre: int) -> tuple[int, ...]:
    """Return the chord in close position around `centre`, in rising order."""
    return tuple(sorted(centre - 6 + (c - centre + 6) % 12 for c in classes))


def ladder(tonic: int, steps: Sequence[int], low: int, high: int) -> tuple[int, ...]:
    """Return every pitch of the scale in low..high, in rising order."""
    return tuple(p for p in range(low, high + 1) if (p - tonic) % 12 in steps)
