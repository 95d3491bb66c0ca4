"""From written notes to played ones: swing, humanised time, dynamics."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from onnx_models.composer.piece import PlayedNote
from onnx_models.composer.plan import ScoreNote

SHORTEST_S = 0.04


@dataclass(frozen=True, slots=True)
class Feel:
    """How a part is played; `swing` is the share of a beat that its first eighth takes."""

    bpm: float
    swing: float
    looseness_ms: float
    velocity: float
    spread: float
    swell: float
    articulation: float


def swung(beats: np.ndarray, swing: float) -> np.ndarray:
    """Return beats with the offbeat eighth moved from the half of the beat to `swing`."""
    whole = np.floor(beats + 1e-6)
    part = beats - whole
    late = swing + (part - 0.5) * (1 - swing) / 0.5
    moved: np.ndarray = whole + np.where(part < 0.5, part * swing / 0.5, late)
    return moved


def played(
    notes: Sequence[ScoreNote], feel: Feel, duration_s: float, rng: Generator
) -> tuple[PlayedNote, ...]:
    """Return the notes as performed, cut to `duration_s`, none overlapping its own pitch."""
    score = np.array([n[:4] for n in notes], dtype=np.float64).reshape(-1, 4)
    beat_s = 60 / feel.bpm
    start = swung(score[:, 0], feel.swing) * beat_s
    end = swung(score[:, 0] + score[:, 1] * feel.articulation, feel.swing) * beat_s
    start, end = _loosened(start, end, feel, rng)
    velocity = _velocities(score, feel, rng)
    end = np.minimum(np.maximum(end, start + SHORTEST_S), duration_s)
    kept = (start < duration_s - 2 * SHORTEST_S) & (score[:, 2] >= 12) & (score[:, 2] <= 120)
    rows = zip(
        start[kept].tolist(),
        end[kept].tolist(),
        score[kept, 2].astype(int).tolist(),
        velocity[kept].tolist(),
        strict=True,
    )
    return _without_overlaps(sorted(rows))


def _loosened(
    start: np.ndarray, end: np.ndarray, feel: Feel, rng: Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Return times moved a little: chords mostly together, ends more freely than starts."""
    _, moment = np.unique(np.round(start, 3), return_inverse=True)
    sd = feel.looseness_ms / 1000
    shift = (rng.standard_normal(len(start)) * sd)[moment] if len(start) else start
    shift = np.clip(shift + rng.standard_normal(len(start)) * sd * 0.25, -0.03, 0.03)
    ends = end + shift + rng.standard_normal(len(start)) * sd
    return np.maximum(start + shift, 0.0), ends


def _velocities(score: np.ndarray, feel: Feel, rng: Generator) -> np.ndarray:
    """Return MIDI velocities 20..127: accents, a slow swell over 16 beats and some chance."""
    swell = 1 + feel.swell * np.sin(2 * np.pi * score[:, 0] / 16 + rng.random() * 6.28)
    noise = rng.standard_normal(len(score)) * feel.spread
    drawn = np.clip(np.round(feel.velocity * score[:, 3] * swell + noise), 20, 127)
    velocities: np.ndarray = drawn.astype(int)
    return velocities


def _without_overlaps(rows: Sequence[tuple[float, float, int, int]]) -> tuple[PlayedNote, ...]:
    """Return notes in order; one that is struck again ends there, a doubled one is dropped."""
    notes: list[PlayedNote] = []
    latest: dict[int, int] = {}
    for start, end, pitch, velocity in rows:
        before = latest.get(pitch)
        if before is not None:
            earlier = notes[before]
            if start - earlier.start_s < SHORTEST_S:
                continue
            held = min(earlier.duration_s, start - earlier.start_s)
            notes[before] = PlayedNote(earlier.start_s, held, pitch, earlier.velocity)
        latest[pitch] = len(notes)
        notes.append(PlayedNote(start, end - start, pitch, velocity))
    return tuple(notes)
