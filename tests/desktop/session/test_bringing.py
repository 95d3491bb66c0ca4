"""Files from elsewhere come into the open song."""

import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import mido  # type: ignore[import-untyped]
import numpy as np
import pytest
import soundfile  # type: ignore[import-untyped]
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from desktop.document.edits import add_clip, add_note, add_track, set_tempo
from desktop.document.palette import track_colour
from desktop.document.song import Song
from desktop.document.time import PPQ, Tick
from desktop.midi.writing import write_midi
from desktop.session.bringing import Bringing
from desktop.session.session import Session
from desktop.storage.project import Project

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


@pytest.fixture
def session(tmp_path: Path, qapp: object) -> Iterator[Session]:
    assert qapp
    made = Session(Project.create(tmp_path / "A.partimento", Song(title="Mine")))
    yield made
    made.close()


@pytest.fixture
def bringing(session: Session) -> Iterator[Bringing]:
    made = Bringing(session, session)
    yield made
    made.close()


def brought_in(qtbot: QtBot, song: Song, file: Path, tick: int) -> Song:
    """Return `song` with a MIDI file in it."""
    with Project.create(file.parent / "B.partimento", song) as project:
        session = Session(project)
        bringing = Bringing(session, session)
        bringing.bring_in(file, Tick(tick))
        qtbot.waitUntil(lambda: bringing.file is None)
        session.close()
        return session.song


def many_notes(path: Path, tracks: int, notes: int) -> Path:
    """Write a MIDI file of so many notes on each track, a tick after another."""
    made = mido.MidiFile()
    for _ in range(tracks):
        track = made.add_track()
        for at in range(notes):
            track.append(mido.Message("note_on", note=30 + at % 60, time=1))
            track.append(mido.Message("note_off", note=30 + at % 60, time=1))
    made.save(path)
    return path


def noise(path: Path, seconds: float) -> Path:
    rng = np.random.default_rng(0)
    soundfile.write(path, rng.uniform(-0.5, 0.5, round(44100 * seconds)), 44100)
    return path


def test_a_midi_file_starts_where_it_is_dropped(file: Path, qtbot: QtBot) -> None:
    song = brought_in(qtbot, add_track(Song(title="Mine"), "Lead"), file, 5 * BAR)
    assert [t.clips[0].start for t in song.tracks[1:]] == [5 * BAR, 6 * BAR]
    assert song.tempo_map.bpm_at(0) == 120.0


def test_in_a_song_without_tracks_it_starts_the_song_and_brings_its_tempo(
    file: Path, qtbot: QtBot
) -> None:
    song = brought_in(qtbot, Song(title="Mine"), file, 5 * BAR)
    assert [t.clips[0].start for t in song.tracks] == [0, BAR]
    assert song.tempo_map.bpm_at(0) == 90.0


def test_its_tracks_take_the_colours_that_follow_those_of_the_song(
    file: Path, qtbot: QtBot
) -> None:
    song = brought_in(qtbot, add_track(Song(title="Mine"), "Lead"), file, 0)
    assert [t.colour for t in song.tracks] == [track_colour(n) for n in range(3)]


def test_audio_files_come_one_after_another_in_a_step_each(
    bringing: Bringing, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    rows, shares = list[int](), list[float]()
    bringing.changed.connect(lambda: shares.append(bringing.share))
    for name in ("one", "two"):
        bringing.bring_in(noise(tmp_path / f"{name}.wav", 20), Tick(PPQ), rows.append)
    assert bringing.file == tmp_path / "one.wav"
    assert not session.song.tracks  # nobody waits for them
    qtbot.waitUntil(lambda: bringing.file is None, timeout=20_000)
    assert [track.name for track in session.song.tracks] == ["one", "two"]
    assert all(track.regions[0].start == PPQ for track in session.song.tracks)
    assert rows == [0, 1]
    assert any(0 < share < 1 for share in shares)
    assert session.history.undo_name == "Import two.wav"
    session.undo()
    assert [track.name for track in session.song.tracks] == ["one"]


def test_what_is_cancelled_leaves_nothing(
    bringing: Bringing, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    failed = list[str]()
    session.failed.connect(failed.append)
    before = session.song
    long = noise(tmp_path / "long.wav", 60)
    for _ in range(2):
        bringing.bring_in(long, Tick(0))
    qtbot.waitUntil(lambda: bringing.share > 0, timeout=20_000)
    bringing.cancel()
    qtbot.waitUntil(lambda: bringing.file is None, timeout=20_000)
    assert session.song is before
    assert not [*session.takes.folder.iterdir()]
    assert not failed
    bringing.bring_in(noise(tmp_path / "short.wav", 1), Tick(0))
    qtbot.waitUntil(lambda: bool(session.song.tracks), timeout=20_000)


def test_the_window_goes_on_while_a_large_midi_file_is_read(
    bringing: Bringing, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    ticks, shares = list[float](), list[float]()
    timer = QTimer(session, interval=5)
    timer.timeout.connect(lambda: ticks.append(bringing.share))
    bringing.changed.connect(lambda: shares.append(bringing.share))
    timer.start()
    bringing.bring_in(many_notes(tmp_path / "large.mid", tracks=8, notes=2000), Tick(0))
    assert not session.song.tracks  # nobody waits for it
    qtbot.waitUntil(lambda: bringing.file is None, timeout=20_000)
    assert [len(track.clips[0].notes) for track in session.song.tracks] == [2000] * 8
    assert len({share for share in ticks if 0 < share < 1}) > 1  # its timer ran meanwhile
    assert len({share for share in shares if 0 < share < 1}) > 5


def test_a_midi_file_can_be_cancelled_and_the_next_one_comes_in_its_turn(
    bringing: Bringing, session: Session, qtbot: QtBot, tmp_path: Path, file: Path
) -> None:
    before = session.song
    bringing.bring_in(many_notes(tmp_path / "large.mid", tracks=8, notes=2000), Tick(0))
    qtbot.waitUntil(lambda: bringing.share > 0, timeout=20_000)
    bringing.cancel()
    qtbot.waitUntil(lambda: bringing.file is None, timeout=20_000)
    assert session.song is before
    for each in (noise(tmp_path / "first.wav", 5), file):
        bringing.bring_in(each, Tick(0))
    qtbot.waitUntil(lambda: bringing.file is None, timeout=20_000)
    assert [track.name for track in session.song.tracks] == ["first", "High", "Low"]


@pytest.mark.parametrize("name", ["bad.wav", "bad.mid"])
def test_a_file_that_cannot_be_read_is_named_and_the_next_one_comes(
    bringing: Bringing, session: Session, qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    failed = list[str]()
    session.failed.connect(failed.append)
    (tmp_path / name).write_bytes(b"nothing")
    bringing.bring_in(tmp_path / name, Tick(0))
    bringing.bring_in(noise(tmp_path / "good.wav", 1), Tick(0))
    qtbot.waitUntil(lambda: bringing.file is None, timeout=20_000)
    assert [track.name for track in session.song.tracks] == ["good"]
    (message,) = failed
    assert name in message
