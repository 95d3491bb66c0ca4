"""Files from elsewhere come into the open song."""

from pathlib import Path

import pytest

from desktop.document.edits import add_clip, add_note, add_track, set_tempo
from desktop.document.palette import track_colour
from desktop.document.song import Song
from desktop.document.time import PPQ, Tick
from desktop.midi.writing import write_midi
from desktop.session.bringing import bringing_in
from desktop.storage.pool import TakePool

BAR = 4 * PPQ


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a MIDI file of two tracks, the second from bar 2 on, at 90 bpm."""
    song = add_track(add_track(Song(title="Tune"), "High"), "Low", "bass")
    for track, start in zip(song.tracks, (0, BAR), strict=True):
        clip_id = song.next_id
        song = add_clip(song, track.id, Tick(start), Tick(BAR))
        song = add_note(song, clip_id, Tick(0), Tick(PPQ), 60)
    path = tmp_path / "tune.mid"
    write_midi(set_tempo(song, tick=Tick(0), bpm=90.0), path)
    return path


def brought_in(song: Song, file: Path, tick: int) -> Song:
    return bringing_in(file, TakePool(file.parent / "takes"), Tick(tick))(song)


def test_a_midi_file_starts_where_it_is_dropped(file: Path) -> None:
    song = brought_in(add_track(Song(title="Mine"), "Lead"), file, 5 * BAR)
    assert [t.clips[0].start for t in song.tracks[1:]] == [5 * BAR, 6 * BAR]
    assert song.tempo_map.bpm_at(0) == 120.0


def test_in_a_song_without_tracks_it_starts_the_song_and_brings_its_tempo(file: Path) -> None:
    song = brought_in(Song(title="Mine"), file, 5 * BAR)
    assert [t.clips[0].start for t in song.tracks] == [0, BAR]
    assert song.tempo_map.bpm_at(0) == 90.0


def test_its_tracks_take_the_colours_that_follow_those_of_the_song(file: Path) -> None:
    song = brought_in(add_track(Song(title="Mine"), "Lead"), file, 0)
    assert [t.colour for t in song.tracks] == [track_colour(n) for n in range(3)]
