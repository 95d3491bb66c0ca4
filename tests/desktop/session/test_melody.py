"""Recording a melody, from what the engine says; the tests of the window use a real one."""

import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from desktop.document.edits import add_track, set_tempo
from desktop.document.song import Song
from desktop.document.time import PPQ, Tick
from desktop.engine.messages import CaptureBegan, CaptureEnded, CaptureLevel, EngineDied, Position
from desktop.session.melody import (
    MelodyRecorder,
    input_offset_ms,
    keep_input,
    keep_input_offset,
)
from desktop.session.session import Session
from desktop.session.transport import Transport
from desktop.storage.project import Project
from desktop.storage.recordings import RecordingFile, find_recordings
from tests.desktop.session.test_playback import FakeEngine

RATE_HZ = 22050
LEAD = 1
NOW_S = 1000.0


class Stand:
    """A song of one track, an engine that says what the test says, a recorder."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        project = Project.create(folder / "A.partimento", add_track(Song(), "Lead"))
        self.session, self.engine = Session(project), FakeEngine()
        self.settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        self.transport = Transport(self.session)
        self.transport.attach(self.engine)
        self.melody = MelodyRecorder(self.session, self.transport, self.settings, self.session)
        self.said, self.failed = list[str](), list[str]()
        self.session.said.connect(self.said.append)
        self.session.failed.connect(self.failed.append)
        self.now_s = NOW_S
        monkeypatch.setattr("desktop.session.melody.time.monotonic", lambda: self.now_s)

    @property
    def path(self) -> Path:
        return self.melody._path

    def begin(self) -> None:
        """Let the input be open."""
        self.transport.report_captured(CaptureBegan(self.path, "Mic", RATE_HZ))

    def hear(self, tick: float, playing: bool = True, counting_in: bool = False) -> None:
        """Let the song be heard at `tick` now."""
        self.transport.report_playing(playing or counting_in)
        self.transport.heard.emit(Position(tick, 0, playing, counting_in, self.now_s))

    def play_on(self, seconds: float) -> None:
        """Let the song be heard, from where it began, for so long at 120 bpm."""
        start = self.transport.start_tick
        for step in range(1, round(seconds * 10) + 1):
            self.now_s += 0.1
            self.hear(start + step * 0.2 * PPQ)

    def level(self, began_at_s: float, peak: float = 0.5) -> None:
        self.transport.report_captured(CaptureLevel(peak, 0.1, 1000, began_at_s))

    def end(self, frames: int = 4 * RATE_HZ, peak: float = 0.5, message: str = "") -> None:
        self.transport.report_captured(CaptureEnded(self.path, frames, NOW_S, peak, message))

    def write(self, *sound: np.ndarray[tuple[int], np.dtype[np.float64]]) -> None:
        """Let that be in the file."""
        file = RecordingFile(self.path, RATE_HZ, 1)
        for piece in sound:
            file.write(piece.astype(np.float32)[:, None])
        file.close()

    def notes(self) -> list[tuple[float, int]]:
        """Return the beat and pitch of each note of the song."""
        return [
            ((clip.start + note.start) / PPQ, note.pitch)
            for track in self.session.song.tracks
            for clip in track.clips
            for note in clip.notes
        ]


@pytest.fixture
def stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: object) -> Iterator[Stand]:
    assert qapp
    made = Stand(tmp_path, monkeypatch)
    yield made
    made.melody.close()
    made.session.close()


def silence(seconds: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.zeros(round(seconds * RATE_HZ))


def tone() -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return an A that lasts a second."""
    time_s = np.arange(RATE_HZ) / RATE_HZ
    wave: np.ndarray[tuple[int], np.dtype[np.float64]] = (
        0.3 * np.sin(2 * np.pi * 440 * time_s) * np.exp(-3 * time_s)
    )
    return wave


def test_the_song_starts_when_the_input_is_open_and_bars_are_counted(stand: Stand) -> None:
    keep_input(stand.settings, "Mic")
    stand.transport.set_count_in(2)
    stand.melody.start(LEAD)
    assert stand.engine.asked[-2:] == [("metronome", False, 2), ("capture", "recordings", "Mic")]
    stand.begin()
    assert stand.engine.asked[-1] == ("play", 0)
    assert stand.melody.state == "recording"


@pytest.mark.parametrize(("offset_ms", "beat"), [(0.0, 3.0), (250.0, 2.5)])
def test_a_note_lies_where_the_song_was_when_it_was_sung(
    stand: Stand, qtbot: QtBot, offset_ms: float, beat: float
) -> None:
    keep_input_offset(stand.settings, offset_ms)
    stand.melody.start(LEAD)
    stand.begin()
    stand.write(silence(2.0), tone(), silence(1.0))
    stand.level(NOW_S - 0.5)  # it was open half a second before the song was heard
    stand.play_on(2.0)
    stand.melody.stop()
    assert stand.engine.asked[-1] == ("metronome", False, 0)
    stand.end()
    qtbot.waitUntil(lambda: not stand.melody.state, timeout=20_000)
    ((start, pitch),) = stand.notes()
    assert pitch == 69
    assert start == pytest.approx(beat, abs=0.06)
    heard = "Notes heard in the recording: 1"
    assert stand.said == ["Recording from Mic", "Listening for notes ...", heard]
    stand.session.undo()
    assert not stand.notes()


def test_where_it_belongs_is_noted_down_again_once_that_is_known_better(stand: Stand) -> None:
    stand.melody.start(LEAD)
    stand.begin()
    stand.write(silence(1.0))
    noted = []
    for began_at_s in (NOW_S - 0.8, NOW_S - 0.5, NOW_S - 0.501):
        stand.level(began_at_s)
        stand.play_on(1.0)
        (found,) = find_recordings(stand.session.folder)
        noted.append(found.spot.start_frame / RATE_HZ)
    assert noted == pytest.approx([0.8, 0.5, 0.5], abs=1e-4)


def test_while_the_song_plays_it_is_recorded_from_there(stand: Stand, qtbot: QtBot) -> None:
    stand.transport.play(2 * PPQ)
    stand.play_on(1.0)  # to beat 4
    stand.melody.start(LEAD)
    stand.begin()
    assert [asked for asked in stand.engine.asked if asked[0] == "play"] == [("play", 2 * PPQ)]
    stand.level(stand.now_s)
    stand.write(silence(1.0), tone())
    stand.now_s += 0.5
    stand.hear(5 * PPQ)
    stand.melody.stop()
    stand.end()
    qtbot.waitUntil(lambda: not stand.melody.state, timeout=20_000)
    ((start, _),) = stand.notes()
    assert start == pytest.approx(6.0, abs=0.06)


def test_an_input_that_cannot_be_opened_is_told_of_once_and_leaves_nothing(stand: Stand) -> None:
    stand.melody.start(LEAD)
    stand.end(0, 0.0, "there is no audio input")
    assert stand.failed == ["there is no audio input"]
    assert (stand.melody.state, stand.transport.is_capturing) == ("", False)
    assert ("play", 0) not in stand.engine.asked


def test_a_recording_that_is_cancelled_before_the_song_begins_leaves_nothing(stand: Stand) -> None:
    stand.melody.start(LEAD)
    stand.begin()
    stand.write(silence(1.0))
    stand.hear(0, counting_in=True)
    stand.transport.stop()
    assert stand.engine.asked[-1] == ("metronome", False, 0)
    assert ("end capture",) in stand.engine.asked
    assert stand.melody.state == "ending"
    stand.end()
    assert (stand.melody.state, stand.failed) == ("", [])
    assert not find_recordings(stand.session.folder)


def test_an_input_that_is_silent_is_told_of(stand: Stand) -> None:
    stand.melody.start(LEAD)
    stand.begin()
    stand.write(silence(1.0))
    stand.level(NOW_S, 0.0)
    stand.play_on(1.0)
    stand.melody.stop()
    stand.end(peak=0.0)
    (message,) = stand.failed
    assert message.startswith("Nothing was heard on Mic")
    assert not stand.melody.state


def test_what_changes_the_song_s_time_ends_the_recording(stand: Stand) -> None:
    for change in (
        lambda: stand.transport.go_to(960.0),
        lambda: stand.transport.set_loop((Tick(0), Tick(960)), True),
        lambda: stand.session.edit("Tempo", lambda song: set_tempo(song, Tick(0), 60.0)),
        stand.transport.record,
    ):
        stand.melody.start(LEAD)
        stand.begin()
        asked = list(stand.engine.asked)
        change()
        assert ("end capture",) in stand.engine.asked[len(asked) :]
        assert not stand.transport.is_capturing
        stand.end()
        stand.transport.stop()


def test_one_recording_is_made_at_a_time(stand: Stand) -> None:
    stand.melody.start(LEAD)
    asked = len(stand.engine.asked)
    stand.melody.start(LEAD)
    assert len(stand.engine.asked) == asked
    assert stand.said == ["The last recording is still being worked on"]


def test_without_an_engine_it_says_so(stand: Stand) -> None:
    stand.transport.attach(None)
    stand.melody.start(LEAD)
    assert stand.said == ["There is no sound engine to record with"]
    assert not stand.melody.state


def test_where_the_folder_cannot_be_made_nothing_begins(stand: Stand) -> None:
    (stand.session.folder / "recordings").write_text("no folder")
    stand.melody.start(LEAD)
    (message,) = stand.failed
    assert "cannot be made" in message
    assert not stand.melody.state


def test_a_recording_that_cannot_be_kept_in_the_pool_stays_and_is_found_again(
    stand: Stand, qtbot: QtBot
) -> None:
    takes = stand.session.takes.folder
    takes.rmdir()
    takes.write_text("no folder")
    stand.melody.start(LEAD)
    stand.begin()
    stand.write(tone())
    stand.level(NOW_S)
    stand.play_on(1.0)
    stand.melody.stop()
    stand.end()
    qtbot.waitUntil(lambda: bool(stand.failed))
    (found,) = find_recordings(stand.session.folder)
    takes.unlink()
    stand.melody.recover()
    qtbot.waitUntil(lambda: bool(stand.notes()), timeout=20_000)
    assert found.path == stand.path


def test_the_raw_recording_goes_once_the_song_is_on_disk(
    stand: Stand, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.session.melody.KEPT_MS", 0)
    stand.melody.start(LEAD)
    stand.begin()
    stand.write(tone())
    stand.level(NOW_S)
    stand.play_on(1.0)
    stand.melody.stop()
    stand.end()
    assert find_recordings(stand.session.folder)
    qtbot.waitUntil(lambda: bool(stand.notes()), timeout=20_000)
    qtbot.waitUntil(lambda: not find_recordings(stand.session.folder))
    assert not (stand.session.folder / "recordings").exists()


def test_an_engine_that_dies_before_the_song_begins_leaves_nothing(stand: Stand) -> None:
    stand.melody.start(LEAD)
    stand.transport.report_captured(EngineDied("it died"))
    assert not stand.melody.state


@pytest.mark.parametrize("kept", ["soon", "1e9", "nan"])
def test_an_offset_that_cannot_be_is_none(stand: Stand, kept: str) -> None:
    stand.settings.setValue("audio/input_offset_ms", kept)
    assert input_offset_ms(stand.settings) == 0.0
