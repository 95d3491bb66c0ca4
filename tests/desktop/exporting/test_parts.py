"""A clip as a MIDI file, what a region plays as a WAV file."""

from dataclasses import replace
from pathlib import Path

import mido  # type: ignore[import-untyped]
import numpy as np
import pytest
import soundfile  # type: ignore[import-untyped]

from desktop.document.edits import (
    add_clip,
    add_note,
    add_region,
    add_take,
    add_track,
    change_track,
    choose_take,
    set_tempo,
)
from desktop.document.song import Song, Take
from desktop.document.time import PPQ, Tick
from desktop.exporting.errors import ExportError
from desktop.exporting.parts import write_clip, write_region
from desktop.storage.pool import TakePool

RATE_HZ = 8000


@pytest.fixture
def pool(tmp_path: Path) -> TakePool:
    return TakePool(tmp_path / "takes")


@pytest.fixture
def song(pool: TakePool) -> Song:
    """Return a quiet track, from beat 4 on at 90 bpm: a clip of one note, a region of a take."""
    song = add_track(set_tempo(Song(), Tick(4 * PPQ), 90.0), "Lead/1", "lead")
    track = song.tracks[0].id
    song = change_track(song, track, lambda t: replace(t, gain_db=-12.0))
    song = add_clip(song, track, Tick(4 * PPQ), Tick(4 * PPQ))
    song = add_note(song, song.tracks[0].clips[0].id, Tick(PPQ), Tick(PPQ), 64, velocity=90)
    song = add_region(song, track, Tick(4 * PPQ), Tick(7 * PPQ))
    noise = np.random.default_rng(1).uniform(-0.5, 0.5, (2, 2 * RATE_HZ)).astype(np.float32)
    stored = pool.add(noise, RATE_HZ)
    take = Take("t", stored.sha256, stored.format, stored.frames, RATE_HZ, "2026-01-01T00:00:00")
    region = song.tracks[0].regions[0].id
    return choose_take(add_take(song, region, take), region, "t")


def test_a_clip_becomes_a_midi_file_from_its_own_start_on(song: Song, tmp_path: Path) -> None:
    clip = song.tracks[0].clips[0]
    path = write_clip(song, clip.id, tmp_path)
    assert path.name == f"Lead_1 {clip.id}.mid"
    file = mido.MidiFile(path)
    messages = list(mido.merge_tracks(file.tracks))
    assert [m.tempo for m in messages if m.type == "set_tempo"] == [mido.bpm2tempo(90)]
    at = np.cumsum([m.time for m in messages])
    (struck,) = (n for n, m in enumerate(messages) if m.type == "note_on" and m.velocity)
    assert (at[struck], messages[struck].note, messages[struck].velocity) == (PPQ, 64, 90)


def test_a_region_becomes_a_wav_file_of_its_take_as_it_was_rendered(
    song: Song, pool: TakePool, tmp_path: Path
) -> None:
    region = song.tracks[0].regions[0]
    path = write_region(song, region.id, pool.open, tmp_path)
    assert path.name == f"Lead_1 {region.id}.wav"
    sound, rate_hz = soundfile.read(path, dtype="float32")
    assert (rate_hz, len(sound)) == (RATE_HZ, 2 * RATE_HZ)
    assert region.playing is not None
    np.testing.assert_array_equal(sound.T, pool.read(region.playing))


def test_a_region_without_a_take_is_refused_and_leaves_no_file(
    song: Song, pool: TakePool, tmp_path: Path
) -> None:
    region = song.tracks[0].regions[0].id
    with pytest.raises(ExportError, match="plays no take; render it first"):
        write_region(choose_take(song, region, None), region, pool.open, tmp_path)
    assert list(tmp_path.glob("*.wav")) == []
