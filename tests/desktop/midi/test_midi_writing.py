"""What a written file holds, and that reading gives the song back."""

import io
import os
from pathlib import Path
from typing import Any

import mido  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.document.query import PlacedNote, notes_in_span
from desktop.document.song import KEYS, Clip, Marker, Note, Region, Settings, Song, Track
from desktop.document.tempo import MetreChange, TempoChange, TempoMap
from desktop.document.time import MAX_TICK, Tick
from desktop.midi.error import MidiError
from desktop.midi.reading import microseconds_to_bpm, read_midi, song_from_bytes
from desktop.midi.writing import midi_bytes, write_midi

NAMES = st.sampled_from(["主旋律", "Bass", "pads 铺底", "ドラム", "é", "x"]) | st.text(
    st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12
)
TICKS = st.integers(0, 100_000)


@st.composite
def clips(draw: st.DrawFn, clip_id: int) -> Clip:
    """A clip whose notes of one pitch follow one another: MIDI cannot nest them."""
    notes: list[Note] = []
    for pitch in draw(st.sets(st.integers(0, 127), min_size=1, max_size=4)):
        end = 0
        for gap, length in draw(
            st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 3000)), min_size=1, max_size=4)
        ):
            velocity = draw(st.integers(1, 127))
            notes.append(Note(len(notes) + 1, Tick(end + gap), Tick(length), pitch, velocity))
            end += gap + length
    return Clip(
        clip_id, Tick(draw(TICKS)), Tick(max(n.start + n.length for n in notes)), tuple(notes)
    )


@st.composite
def tempo_maps(draw: st.DrawFn) -> TempoMap:
    """A map whose tempos are whole microseconds a beat, as files store them."""
    tempo_ticks = sorted(draw(st.sets(TICKS, max_size=4)) | {0})
    metre_ticks = sorted(draw(st.sets(TICKS, max_size=4)) | {0})
    beats_us = st.integers(60_000, 15_000_000)
    denominators = st.sampled_from([1, 2, 4, 8, 16, 32, 64])
    return TempoMap(
        tuple(TempoChange(Tick(t), microseconds_to_bpm(draw(beats_us))) for t in tempo_ticks),
        tuple(
            MetreChange(Tick(t), draw(st.integers(1, 255)), draw(denominators)) for t in metre_ticks
        ),
    )


@st.composite
def songs(draw: st.DrawFn) -> Song:
    tracks = tuple(
        Track(
            2 * n + 1,
            draw(NAMES),
            role=draw(st.sampled_from(["lead", "drums"])),
            clips=(draw(clips(2 * n + 2)),),
        )
        for n in range(draw(st.integers(0, 20)))
    )
    places = draw(st.sets(st.tuples(TICKS, NAMES), max_size=4))
    markers = (Marker(100 + n, Tick(tick), name) for n, (tick, name) in enumerate(sorted(places)))
    key = draw(st.none() | st.sampled_from(KEYS))
    return Song(draw(NAMES), tracks, draw(tempo_maps()), tuple(markers), Settings(key), 200)


def sounding(song: Song) -> list[tuple[str, tuple[PlacedNote, ...]]]:
    """Return what a MIDI file holds of the tracks; the roles of all but drums are guessed."""
    return [(track.name, notes_in_span(track, Tick(0), song.end)) for track in song.tracks]


@given(songs())
def test_reading_gives_back_what_was_written(song: Song) -> None:
    read = song_from_bytes(midi_bytes(song), title="")
    assert sounding(read) == sounding(song)
    assert read.tempo_map == song.tempo_map
    assert [(m.tick, m.name) for m in read.markers] == [(m.tick, m.name) for m in song.markers]
    assert (read.title, read.settings.key) == (song.title, song.settings.key)


@given(songs())
def test_a_song_that_came_from_a_file_comes_back_equal(song: Song) -> None:
    once = song_from_bytes(midi_bytes(song), title="")
    assert song_from_bytes(midi_bytes(once), title="") == once


@given(st.integers(60_000, 15_000_000))
def test_a_tempo_is_read_as_it_is_stored(beat_us: int) -> None:
    bpm = microseconds_to_bpm(beat_us)
    assert round(60e6 / bpm) == beat_us


@pytest.mark.parametrize("bpm", [60, 97.5, 120, 130, 133.33, 174.2])
def test_a_round_tempo_stays_round(bpm: float) -> None:
    assert microseconds_to_bpm(round(60e6 / bpm)) == bpm


def messages(song: Song) -> list[list[tuple[int, Any]]]:
    """Return each track's messages with their ticks, as another reader sees them."""
    file = mido.MidiFile(file=io.BytesIO(midi_bytes(song)), charset="utf-8")
    assert (file.type, file.ticks_per_beat) == (1, 960)
    found = []
    for track in file.tracks:
        tick, timed = 0, []
        for message in track:
            tick += message.time
            timed.append((tick, message))
        found.append(timed)
    return found


def test_another_reader_finds_everything(busy_song: Song) -> None:
    conductor, lead, kit, pads = messages(busy_song)
    told = {(tick, m.type): m for tick, m in conductor}
    assert told[0, "track_name"].name == "茉莉花"
    assert told[0, "key_signature"].key == "F#m"
    assert told[5000, "set_tempo"].tempo == 461538
    assert told[5760, "time_signature"].denominator == 8
    assert told[2880, "marker"].text == "副歌 Chorus"
    assert [m.text for _, m in lead if m.type == "text"] == ["暖 warm"]
    assert [{m.channel for _, m in t if m.type == "note_on"} for t in (lead, kit, pads)] == [
        {0},
        {9},
        {1},
    ]
    first = next((t, m.note, m.velocity) for t, m in lead if m.type == "note_on")
    assert first == (4080, 41, 21)


def test_a_note_that_follows_on_one_pitch_begins_after_the_other_ends() -> None:
    notes = (Note(1, Tick(0), Tick(10), 60), Note(2, Tick(10), Tick(10), 60))
    track = Track(1, "Lead", clips=(Clip(2, Tick(0), Tick(20), notes),))
    types = [m.type for _, m in messages(Song(tracks=(track,), next_id=3))[1] if not m.is_meta]
    assert types == ["note_on", "note_off", "note_on", "note_off"]


def test_notes_are_cut_where_their_clip_ends() -> None:
    clip = Clip(2, Tick(0), Tick(100), (Note(1, Tick(0), Tick(900), 60),))
    song = Song(tracks=(Track(1, "Lead", clips=(clip,)),), next_id=3)
    assert [tick for tick, m in messages(song)[1] if m.type == "note_off"] == [100]


def test_a_prompt_stands_at_its_regions_start() -> None:
    regions = (Region(2, Tick(960), Tick(1920), "strings"), Region(3, Tick(1920), Tick(2000)))
    song = Song(tracks=(Track(1, "A", regions=regions),), next_id=4)
    assert [(t, m.text) for t, m in messages(song)[1] if m.type == "text"] == [(960, "strings")]


def test_a_gap_longer_than_a_file_can_say_is_kept() -> None:
    song = Song("Far", markers=(Marker(1, MAX_TICK, "far"),), next_id=2)
    assert song_from_bytes(midi_bytes(song), title="").markers == song.markers
    assert max(m.time for track in messages(song) for _, m in track) < 2**28


def test_writing_replaces_a_file_and_leaves_nothing_beside_it(
    tmp_path: Path, busy_song: Song
) -> None:
    path = tmp_path / "歌.mid"
    path.write_bytes(b"old")
    write_midi(busy_song, path)
    assert path.read_bytes() == midi_bytes(busy_song)
    assert list(tmp_path.iterdir()) == [path]
    assert read_midi(path).title == "茉莉花"


def test_a_failed_write_keeps_the_old_file_and_names_it(
    tmp_path: Path, busy_song: Song, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "tune.mid"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MidiError, match=r"tune\.mid: No space left on device"):
        write_midi(busy_song, path)
    assert [p.read_bytes() for p in tmp_path.iterdir()] == [b"old"]


def test_a_folder_that_is_not_there_is_an_error_that_names_the_file(
    tmp_path: Path, busy_song: Song
) -> None:
    with pytest.raises(MidiError, match="none/tune"):
        write_midi(busy_song, tmp_path / "none" / "tune.mid")
