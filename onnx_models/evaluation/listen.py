"""One sound, heard in every way that the evaluation knows."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inference.quality import loudness_lufs, to_db, true_peak
from inference.transcription.scores import Score, onset_score
from inference.transcription.timing import (
    CLOSE_MS,
    Timing,
    asked_on_beat,
    attack_s,
    beat_timing,
    energy_onsets,
    offsets_s,
)
from inference.transcription.transcribe import transcribe
from onnx_models.evaluation.chroma import chroma_cosine
from onnx_models.evaluation.classifier import FAMILY_OF, Classifier, Guess
from onnx_models.evaluation.distance import spectral_distance
from onnx_models.evaluation.songs import Case

Floats = NDArray[np.float32]
Onsets = tuple[NDArray[np.float64], NDArray[np.int64]]  # seconds and pitch; drums have pitch 0

ONE_STROKE_S = 0.03  # drums struck together are one energy onset


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard of a case; `other` scores it against the notes of another song.

    `distinct` is the timing of those beats alone that are heard in time of a sampled instrument:
    the others begin too softly to be measured. `spectral_distance` is that from the sampled sound.
    """

    score: Score
    other: Score
    chroma: float
    timing: Timing
    distinct: Timing
    guess: Guess
    embedding: Floats
    spectral_distance: float
    loudness_lufs: float
    true_peak_dbtp: float


def asked_onsets(case: Case) -> Onsets:
    """Return the onsets that `case` asks for."""
    start_s, pitch = case.notes[:, 0], case.notes[:, 2].astype(np.int64)
    if case.role == "drums":
        start_s = start_s[np.diff(start_s, prepend=-1.0) > ONE_STROKE_S]
        pitch = np.zeros(len(start_s), np.int64)
    return start_s, pitch


def heard_onsets(role: str, audio: Floats, rate_hz: int, struck_s: NDArray[np.float64]) -> Onsets:
    """Return the onsets heard in `audio`, whose energy rises at `struck_s`."""
    if role == "drums":
        return struck_s, np.zeros(len(struck_s), np.int64)
    notes = transcribe(audio, rate_hz)
    return notes.start_s, notes.pitch


def listen(case: Case, other: Case, audio: Floats, rate_hz: int, classifier: Classifier) -> Heard:
    """Return what is heard in `audio` (2, frames), which should be `case` and not `other`."""
    asked, wrong = asked_onsets(case), asked_onsets(other)
    struck_s = energy_onsets(audio, rate_hz)
    on_beat_s = asked_on_beat(asked[0], case.beat_s)
    sampled_s = energy_onsets(case.reference, rate_hz)
    on_beat_s = on_beat_s + attack_s(on_beat_s, sampled_s)
    distinct_s = on_beat_s[1000 * np.abs(offsets_s(on_beat_s, sampled_s)) <= CLOSE_MS]
    heard = heard_onsets(case.role, audio, rate_hz, struck_s)
    pitched = case.role != "drums"
    return Heard(
        score=onset_score(*asked, *heard),
        other=onset_score(*wrong, *heard),
        chroma=chroma_cosine(case.notes, audio, rate_hz) if pitched else float("nan"),
        timing=beat_timing(on_beat_s, struck_s),
        distinct=beat_timing(distinct_s, struck_s),
        guess=classifier.guess(audio, rate_hz),
        embedding=classifier.embedding(audio, rate_hz),
        spectral_distance=spectral_distance(case.reference, audio),
        loudness_lufs=loudness_lufs(audio, rate_hz),
        true_peak_dbtp=to_db(true_peak(audio, rate_hz)),
    )


def obeys(case: Case, guess: Guess) -> tuple[bool, bool, bool]:
    """Return whether the instrument, its family and the role are those asked for."""
    assert case.instrument is not None
    family = FAMILY_OF[case.instrument]
    return guess.instrument == case.instrument, guess.family == family, guess.role == case.role
