"""Audio to MIDI: the notes that are heard in a take become a clip on a track of their own."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from desktop.document.edits import add_clip, add_track
from desktop.document.query import find_region, track_with_region
from desktop.document.song import Note, Region, Role, Song, Take
from desktop.document.tempo import TempoMap
from desktop.document.time import Tick
from desktop.mixing.stems import OpenTake
from desktop.mixing.takes import take_sound
from inference.arrays import Audio

ATTACK_S: Final = 0.06  # after a note's onset its level tells how hard it was struck
SOFTEST_DB: Final = -40.0  # under the loudest note
LOUD, SOFT = 112, 32


class HeardNote(NamedTuple):
    """A note; times count from the region's start."""

    start_s: float
    end_s: float
    pitch: int
    velocity: int


def hear_notes(song: Song, region_id: int, take: Take, open_take: OpenTake) -> list[HeardNote]:
    """Return the notes heard in what the region plays of `take`; seconds of work.

    Raises MixError or StorageError where the take cannot be read. Drums are not heard.
    """
    region = find_region(song, region_id)
    sound = sound_under(song.tempo_map, region, take, open_take)
    return notes_in(sound, take.sample_rate_hz)


def notes_in(sound: Audio, sample_rate_hz: int) -> list[HeardNote]:
    """Return the notes heard in `sound`, float32 (2, frames); times count from its start."""
    from inference.transcription.transcribe import transcribe  # noqa: PLC0415 (slow to import)

    heard = transcribe(sound, sample_rate_hz)
    levels = [level_db(sound, start, sample_rate_hz) for start in heard.start_s]
    loudest = max(levels, default=0.0)
    return [
        HeardNote(float(start), float(end), int(pitch), velocity(level - loudest))
        for start, end, pitch, level in zip(
            heard.start_s, heard.end_s, heard.pitch, levels, strict=True
        )
    ]


def sound_under(tempo_map: TempoMap, region: Region, take: Take, open_take: OpenTake) -> Audio:
    """Return what the region plays of `take`, float32 (2, frames) at the take's rate."""
    frames = tempo_map.span_frames(region.start, region.end, take.sample_rate_hz)
    sound = take_sound(take, open_take(take), take.sample_rate_hz)
    try:
        return sound.read(take.offset_frames, frames)
    finally:
        sound.close()


def level_db(sound: Audio, start_s: float, sample_rate_hz: int) -> float:
    """Return the level just after `start_s`, in dB of full scale."""
    first = round(start_s * sample_rate_hz)
    attack = sound[:, first : first + round(ATTACK_S * sample_rate_hz)]
    power = float(np.mean(np.square(attack))) if attack.size else 0.0
    return 10 * float(np.log10(power + 1e-12))


def velocity(below_loudest_db: float) -> int:
    """Return the velocity of a note so far under the loudest, 32..112."""
    share = 1 - min(0.0, max(SOFTEST_DB, below_loudest_db)) / SOFTEST_DB
    return round(SOFT + share * (LOUD - SOFT))


def with_heard_notes(song: Song, region_id: int, notes: Iterable[HeardNote], name: str) -> Song:
    """Return `song` with the notes in a clip over the region, on a new track called `name`."""
    region, track = find_region(song, region_id), track_with_region(song, region_id)
    placed = clip_notes(song.tempo_map, region, notes)
    role: Role = "lead" if track.role in {"mix", "drums"} else track.role
    made = song.next_id
    song = add_track(song, name, role, track.colour)
    return add_clip(song, made, region.start, Tick(region.end - region.start), placed)


def clip_notes(tempo_map: TempoMap, region: Region, notes: Iterable[HeardNote]) -> tuple[Note, ...]:
    """Return the notes in ticks from the region's start; those of one pitch do not overlap."""
    begin_s = tempo_map.tick_to_second(region.start)
    spans: dict[int, list[tuple[int, int, int]]] = {}
    for note in notes:
        start, end = (
            tempo_map.second_to_tick(begin_s + at) - region.start
            for at in (note.start_s, note.end_s)
        )
        start = max(0, start)
        end = min(max(end, start + 1), region.end - region.start)
        if start < end:
            spans.setdefault(note.pitch, []).append((start, end, note.velocity))
    flat = sorted(
        (start, pitch, end, struck)
        for pitch, runs in spans.items()
        for start, end, struck in apart(sorted(runs))
    )
    return tuple(
        Note(number, Tick(start), Tick(end - start), pitch, struck)
        for number, (start, pitch, end, struck) in enumerate(flat, start=1)
    )


def apart(runs: list[tuple[int, int, int]]) -> Iterable[tuple[int, int, int]]:
    """Yield spans, sorted by start, each ended where the next begins; empty ones are left out."""
    for (start, end, struck), (following, _, _) in pairwise([*runs, (2**62, 0, 0)]):
        if start < min(end, following):
            yield start, min(end, following), struck
