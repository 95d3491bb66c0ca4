"""Audio to MIDI: notes that are heard, and the clip that they become."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.document.edits import add_region, add_take, add_track, choose_take, set_tempo
from desktop.document.song import Song, Take
from desktop.document.time import PPQ, Tick
from desktop.importing.heard_notes import HeardNote, clip_notes, hear_notes, with_heard_notes
from desktop.storage.pool import TakePool
from inference.arrays import Audio

RATE_HZ = 22050
MELODY = ((0.5, 60, 0.9), (1.0, 64, 0.3), (1.5, 67, 0.9))  # start in s, pitch, amplitude


def plucked(pitch: int, amplitude: float) -> Audio:
    """Return 0.45 s of a tone with harmonics that dies away, float32 (2, frames)."""
    time_s = np.arange(round(0.45 * RATE_HZ)) / RATE_HZ
    hz = 440 * 2 ** ((pitch - 69) / 12)
    wave = sum(np.sin(2 * np.pi * hz * h * time_s) / h**1.5 for h in range(1, 6))
    fade = np.minimum(1, (0.45 - time_s) / 0.05) * np.minimum(1, time_s / 0.005)
    tone = amplitude * 0.3 * wave * np.exp(-2 * time_s) * fade
    return np.repeat(tone[None], 2, axis=0).astype(np.float32)


@pytest.fixture
def pool(tmp_path: Path) -> TakePool:
    return TakePool(tmp_path)


@pytest.fixture
def song(pool: TakePool) -> Song:
    """Return a song at 96 bpm, a region from beat 4 on that plays the melody."""
    song = set_tempo(add_track(Song(), "Hummed", "mix"), Tick(0), 96.0)
    track = song.tracks[0].id
    song = add_region(song, track, Tick(4 * PPQ), Tick(8 * PPQ))
    sound = np.zeros((2, round(2.5 * RATE_HZ)), np.float32)
    for start_s, pitch, amplitude in MELODY:
        tone, first = plucked(pitch, amplitude), round(start_s * RATE_HZ)
        sound[:, first : first + tone.shape[1]] += tone
    stored = pool.add(sound, RATE_HZ)
    take = Take("t", stored.sha256, stored.format, stored.frames, RATE_HZ, "2026-01-01T00:00:00")
    region = song.tracks[0].regions[0].id
    return choose_take(add_take(song, region, take), region, "t")


def test_a_played_melody_becomes_a_clip_on_a_track_of_its_own(song: Song, pool: TakePool) -> None:
    region = song.tracks[0].regions[0]
    assert region.playing is not None
    heard = hear_notes(song, region.id, region.playing, pool.open)
    after = with_heard_notes(song, region.id, heard, "Heard")
    (clip,) = after.tracks[1].clips
    assert (after.tracks[1].name, after.tracks[1].role) == ("Heard", "lead")
    assert (clip.start, clip.end) == (region.start, region.end)
    assert [note.pitch for note in clip.notes] == [pitch for _, pitch, _ in MELODY]
    ticks_a_second = 96 / 60 * PPQ
    for note, (start_s, _, _) in zip(clip.notes, MELODY, strict=True):
        assert note.start == pytest.approx(start_s * ticks_a_second, abs=0.04 * ticks_a_second)
    loud, soft, _ = clip.notes
    assert loud.velocity > soft.velocity


def test_silence_has_no_notes(song: Song, pool: TakePool) -> None:
    stored = pool.add(np.zeros((2, RATE_HZ), np.float32), RATE_HZ)
    take = Take("s", stored.sha256, stored.format, stored.frames, RATE_HZ, "2026-01-01T00:00:00")
    region = song.tracks[0].regions[0]
    assert hear_notes(add_take(song, region.id, take), region.id, take, pool.open) == []


times = st.floats(-1, 4, allow_nan=False)
notes = st.builds(HeardNote, times, times, st.integers(60, 62), st.integers(1, 127))


@given(st.lists(notes, max_size=12))
def test_any_notes_heard_lie_within_the_region_and_never_over_one_another(
    heard: list[HeardNote],
) -> None:
    song = add_region(add_track(Song()), 1, Tick(4 * PPQ), Tick(8 * PPQ))
    region = song.tracks[0].regions[0]
    made = clip_notes(song.tempo_map, region, heard)
    for note in made:
        assert 0 <= note.start < note.start + note.length <= region.end - region.start
    for pitch in (60, 61, 62):
        spans = [(n.start, n.start + n.length) for n in made if n.pitch == pitch]
        assert all(end <= start for (_, end), (start, _) in pairwise(spans))
