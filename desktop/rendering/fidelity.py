"""How well a take plays the sketch of its region: what is heard in it against what is asked for."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count, takewhile
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from desktop.document.song import Region, Take, Track
from desktop.document.tempo import TempoMap
from desktop.document.time import PPQ, Tick
from desktop.mixing.stems import OpenTake
from desktop.rendering.conditions import sketched_notes
from inference.transcription.scores import onset_score
from inference.transcription.timing import asked_on_beat, beat_timing, energy_onsets
from inference.transcription.transcribe import transcribe

LONGEST_S: Final = 600  # of a take that is listened to; a minute costs some seconds
ONE_STROKE_S: Final = 0.03  # drums struck together are heard as one


class Heard(msgspec.Struct, frozen=True):
    """Notes and onsets heard in a take, in seconds of its audio."""

    start_s: tuple[float, ...]
    pitch: tuple[int, ...]
    onset_s: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Played:
    """How the sketch is played; None where that cannot be told.

    `note_f1`, 0..1: how many notes begin where they are asked for, and how many others there are.
    """

    note_f1: float | None = None
    tempo_error_percent: float | None = None


def hear(take: Take, open_take: OpenTake) -> Heard:
    """Return what is heard in the take; what opening and reading it raises."""
    with open_take(take) as file:
        audio = file.read(LONGEST_S * take.sample_rate_hz, dtype="float32", always_2d=True).T
    notes = transcribe(audio, take.sample_rate_hz)
    onset_s = energy_onsets(audio, take.sample_rate_hz)
    return Heard(
        tuple(notes.start_s.tolist()), tuple(notes.pitch.tolist()), tuple(onset_s.tolist())
    )


def how_played(
    heard: Heard, take: Take, tempo_map: TempoMap, track: Track, region: Region
) -> Played:
    """Return how well the take, in which that is heard, plays the sketch of `region`."""
    sketch = sketched_notes(tempo_map, track, region) or ()
    asked = np.array([(note.start_s, note.pitch) for note in sketch if note.start_s >= 0])
    if not len(asked):
        return Played()
    offset_s = take.offset_frames / take.sample_rate_hz
    length_s = tempo_map.tick_to_second(region.end) - tempo_map.tick_to_second(region.start)
    onsets = _within([(at, 0) for at in heard.onset_s], offset_s, length_s)
    notes = zip(heard.start_s, heard.pitch, strict=True)
    if track.role == "drums":
        asked, sounding = _strokes(asked), onsets
    else:
        sounding = _within(notes, offset_s, length_s)
    on_beat_s = asked_on_beat(asked[:, 0], beats_s(tempo_map, region))
    error = beat_timing(on_beat_s, onsets[:, 0]).tempo_error_percent
    score = onset_score(*asked.T, *sounding.T)
    return Played(score.f1, None if math.isnan(error) else error)


def beats_s(tempo_map: TempoMap, region: Region) -> NDArray[np.float64]:
    """Return the quarter notes within the region, in seconds from its start."""
    start_s = tempo_map.tick_to_second(region.start)
    first = -(-region.start // PPQ)
    ticks = takewhile(lambda tick: tick < region.end, (n * PPQ for n in count(first)))
    return np.array([tempo_map.tick_to_second(Tick(tick)) - start_s for tick in ticks])


def _within(
    notes: Iterable[tuple[float, int]], offset_s: float, length_s: float
) -> NDArray[np.float64]:
    """Return start and pitch, (notes, 2), of those in a region that begins at `offset_s`."""
    table = np.array([*notes], np.float64).reshape(-1, 2) - (offset_s, 0)
    return table[(table[:, 0] > -ONE_STROKE_S) & (table[:, 0] < length_s)]


def _strokes(asked: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the strokes, of no pitch, that drum notes (notes, 2) are heard as."""
    start_s = np.sort(asked[:, 0])
    start_s = start_s[np.diff(start_s, prepend=-1.0) > ONE_STROKE_S]
    return np.stack([start_s, np.zeros(len(start_s))], axis=1)
