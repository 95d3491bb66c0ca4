"""A melody recorded in the window: an input hears, through a null sink, what the song plays."""

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import psutil
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.document.edits import add_region, add_take, add_track, choose_take
from desktop.document.query import notes_in_span
from desktop.document.song import Song, Take
from desktop.document.time import PPQ, Tick
from desktop.engine.client import AudioEngine
from desktop.engine.messages import AudioSettings
from desktop.engine.synth import VARIABLE
from desktop.session.playback import Playback
from desktop.storage.recordings import remove_recording
from tests.audio_rig import NullSink, null_sink
from ui.shared.studio import Studio
from ui.shared.takes import title_of
from ui.window import MainWindow

__all__ = ["null_sink"]  # a fixture
PATIENCE_MS: Final = 30_000
RATE_HZ: Final = 44100
BEAT_S: Final = 0.5
NEAR_S: Final = 0.05
MELODY: Final = ((0, 60), (1, 64), (2, 67), (3, 72), (4, 71), (5, 67), (6, 65), (7, 62))
END: Final = Tick(8 * PPQ)


def pluck(pitch: int, duration_s: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return a tone with eight harmonics that dies away."""
    time_s = np.arange(round(duration_s * RATE_HZ)) / RATE_HZ
    phase = 2 * np.pi * 440 * 2 ** ((pitch - 69) / 12) * time_s
    harmonics = sum(np.sin(n * phase) / n**1.5 for n in range(1, 9))
    fade = np.minimum(1, (duration_s - time_s) / 0.02)
    wave: np.ndarray[tuple[int], np.dtype[np.float64]] = (
        0.15 * harmonics * np.exp(-2 * time_s) * fade
    )
    return wave


class Room:
    """A window whose song plays a melody, and an engine that is heard by its own input."""

    def __init__(self, studio: Studio, qtbot: QtBot, engine: AudioEngine) -> None:
        self.studio, self.qtbot, self.engine = studio, qtbot, engine
        self.session, self.transport = studio.session, studio.transport
        self.session.edit("Begin anew", lambda _: self._song())
        self.window = MainWindow(studio)
        self.said, self.failed = list[str](), list[str]()
        self.session.said.connect(self.said.append)
        self.session.failed.connect(self._take_failure)
        self.playback = Playback(self.session, self.transport, engine)
        self.melody = self.window.transport.melody
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        engine.start(AudioSettings())
        self.wait(lambda: "kHz" in self.transport.device)

    def wait(self, holds: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(holds()), timeout=PATIENCE_MS)

    def press(self) -> None:
        """Begin to record, or end it."""
        modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        QTest.keyClick(self.window.timeline, Qt.Key.Key_R, modifiers)

    def record_until(self, tick: int) -> None:
        """Record until the song is there."""
        self.press()
        self.wait(lambda: self.transport.tick > tick)

    def await_notes(self) -> None:
        """Wait until what was recorded has been heard."""
        self.wait(lambda: not self.melody.state)

    def heard(self) -> list[tuple[float, int]]:
        """Return seconds and pitch of the notes on the recorded track."""
        song = self.session.song
        notes = notes_in_span(song.tracks[1], Tick(0), Tick(100 * PPQ))
        return [(song.tempo_map.tick_to_second(note.start), note.pitch) for note in notes]

    def recordings(self) -> list[Path]:
        return sorted((self.session.folder / "recordings").glob("*.au"))

    def _take_failure(self, message: str) -> None:
        if "SoundFont" not in message:
            self.failed.append(message)

    def _song(self) -> Song:
        sound = np.concatenate([pluck(pitch, BEAT_S) for _, pitch in MELODY])
        stored = self.session.takes.add(np.stack([sound, sound]).astype(np.float32), RATE_HZ)
        take = Take("t", stored.sha256, stored.format, stored.frames, RATE_HZ, "2026-01-01")
        song = add_track(Song(), "Guide")
        region_id = song.next_id
        song = add_region(song, song.tracks[0].id, Tick(0), END)
        song = choose_take(add_take(song, region_id, take), region_id, "t")
        return add_track(song, "Lead")


@pytest.fixture
def room(
    studio: Studio, qtbot: QtBot, null_sink: NullSink, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Room]:
    assert null_sink
    monkeypatch.setenv(VARIABLE, "/none")  # save the seconds that a SoundFont takes to load
    with AudioEngine() as engine:
        made = Room(studio, qtbot, engine)
        lead = made.session.song.tracks[1].id
        made.session.select(replace(made.session.selection, track_id=lead))
        yield made
        made.window.leave()
        made.playback.close()
        made.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def check_notes(found: list[tuple[float, int]]) -> None:
    """Check that the melody was heard where it was played; one note may be missed or made up."""
    near = [
        any(pitch == heard and abs(at_s - beat * BEAT_S) < NEAR_S for at_s, heard in found)
        for beat, pitch in MELODY
    ]
    assert sum(near) >= len(MELODY) - 1, found
    assert len(found) <= len(MELODY) + 1, found


def test_what_is_sung_to_the_song_becomes_notes_where_it_was_sung(room: Room) -> None:
    before = room.session.song
    room.transport.set_count_in(1)
    room.record_until(END)
    assert room.window.transport.input.isVisible()
    assert room.studio.actions["transport.record_melody"].isChecked()
    assert not room.transport.is_recording  # of MIDI
    room.press()
    room.await_notes()
    check_notes(room.heard())
    assert room.session.history.undo_name == "Record a melody"
    region = room.session.song.tracks[1].regions[0]
    assert (region.start, region.active_take) == (0, None)
    (take,) = region.takes
    sound = room.session.takes.read(take, take.offset_frames, RATE_HZ // 4)
    assert np.abs(sound).max() > 0.05
    assert not room.failed
    assert not room.window.transport.input.isVisible()
    room.session.undo()
    assert room.session.song is before


def test_a_lost_input_ends_the_recording_and_what_was_sung_becomes_notes(
    room: Room, null_sink: NullSink
) -> None:
    room.record_until(END // 2)
    null_sink.kill()
    room.wait(lambda: room.session.history.undo_name == "Record a melody")
    assert [pitch for _, pitch in room.heard()][:3] == [60, 64, 67]
    assert all("is gone" in message for message in room.failed)  # the output is, too
    assert 1 <= len(room.failed) <= 2


def test_a_full_disk_ends_the_recording_and_what_was_sung_becomes_notes(room: Room) -> None:
    bytes_ = 5 * RATE_HZ * 8
    psutil.Process(room.engine.process_id).rlimit(psutil.RLIMIT_FSIZE, (bytes_, bytes_))
    room.press()
    room.wait(lambda: room.failed)
    room.await_notes()
    (message,) = room.failed
    assert message.endswith("free some space on the disk and try again")
    assert [pitch for _, pitch in room.heard()][:3] == [60, 64, 67]


def test_a_killed_engine_costs_no_note_that_was_sung_before(room: Room) -> None:
    room.record_until(END // 2)
    assert room.engine.process_id is not None
    os.kill(room.engine.process_id, signal.SIGKILL)
    room.wait(lambda: room.session.history.undo_name == "Record a melody")
    assert [pitch for _, pitch in room.heard()][:3] == [60, 64, 67]
    assert len(room.failed) == 1


def test_what_a_killed_program_was_recording_is_found_again_once(room: Room) -> None:
    room.record_until(END // 2)
    (path,) = room.recordings()
    room.wait(path.with_suffix(".json").exists)
    room.wait(lambda: '"start_frame": 0' not in path.with_suffix(".json").read_text())
    kept = {each: each.read_bytes() for each in path.parent.iterdir()}
    room.press()
    room.await_notes()
    recorded = room.heard()
    room.session.undo()
    remove_recording(path)
    path.parent.mkdir(exist_ok=True)
    for each, data in kept.items():  # as a kill at that moment would have left them
        each.write_bytes(data)
    room.melody.recover()
    room.await_notes()
    found = room.heard()
    assert [pitch for _, pitch in found] == [pitch for _, pitch in recorded][: len(found)]
    assert np.abs(np.subtract(found, recorded[: len(found)])).max() < NEAR_S / 2
    room.melody.recover()
    assert not room.melody.state
    assert not room.recordings()


def test_in_a_loop_each_round_is_a_take_and_the_last_whole_one_is_heard(room: Room) -> None:
    room.transport.set_loop((Tick(0), Tick(END // 2)), True)
    room.press()
    rounds = [0.0]  # the last tick of each

    def look() -> bool:
        tick = room.transport.tick
        if tick < rounds[-1] - PPQ:
            rounds.append(tick)
        rounds[-1] = max(rounds[-1], tick)
        return len(rounds) == 3 and rounds[-1] > PPQ

    room.wait(look)
    room.press()
    room.await_notes()
    assert [pitch for _, pitch in room.heard()] == [60, 64, 67, 72]
    (region,) = room.session.song.tracks[1].regions
    assert (region.start, region.end) == (0, END // 2)
    titles = [title_of(take, number) for number, take in enumerate(region.takes, 1)]
    assert titles == ["Pass 1", "Pass 2", "Pass 3"]
