"""Recording with the whole window: keys of the computer, a MIDI port, one song after another."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.document.edits import add_clip, add_track
from desktop.document.song import Song
from desktop.document.time import PPQ, Tick
from desktop.engine.messages import AudioSettings, Event, Position
from desktop.midi.live import Source, Strike
from desktop.session.midi_input import MidiInput
from desktop.storage.project import Project
from ui.app import Program
from ui.shared.studio import Studio
from ui.window import MainWindow

BAR = 4 * PPQ
TRACK = 1


class Engine:
    """Plays from where it is told at once, 120 bpm, and writes down notes."""

    def __init__(self) -> None:
        self.notes: list[tuple[int, int, int]] = []
        self._began: tuple[float, int] | None = None

    def play(self, from_tick: int) -> None:
        self._began = time.monotonic(), from_tick

    def stop(self) -> None:
        self._began = None

    def note_on(self, track_id: int, pitch: int, velocity: int) -> None:
        self.notes.append((track_id, pitch, velocity))

    def note_off(self, track_id: int, pitch: int) -> None:
        self.notes.append((track_id, pitch, 0))

    def poll(self) -> Sequence[Event]:
        now_s = time.monotonic()
        if self._began is None:
            return [Position(0, 0, False, False, now_s)]
        tick = self._began[1] + (now_s - self._began[0]) * 2 * PPQ
        return [Position(tick, 0, True, False, now_s)]

    def start(self) -> None: ...
    def set_song(self, song: Song, takes_folder: Path) -> None: ...
    def seek(self, tick: int) -> None: ...
    def set_loop(self, loop: tuple[int, int] | None) -> None: ...
    def set_metronome(self, on: bool, count_in_bars: int) -> None: ...
    def panic(self) -> None: ...
    def set_settings(self, settings: AudioSettings) -> None: ...
    def look_for_devices(self) -> None: ...
    def start_capture(self, path: Path, device: str | None) -> None: ...
    def end_capture(self) -> None: ...


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def midi(qapp: QApplication) -> MidiInput:
    return MidiInput(parent=qapp)


@pytest.fixture
def program(
    tmp_path: Path, qapp: QApplication, engine: Engine, midi: MidiInput
) -> Iterator[Program]:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    made = Program(qapp, settings, engine, midi)
    made.open(song(tmp_path, "First"))
    yield made
    window_of(made).studio.session.discard()
    window_of(made).leave()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def song(folder: Path, name: str) -> Path:
    path = folder / f"{name}.partimento"
    made = add_clip(add_track(Song(title=name), "Lead"), TRACK, Tick(0), Tick(8 * BAR))
    Project.create(path, made).close()
    return path


def window_of(program: Program) -> MainWindow:
    assert program.window is not None
    return program.window


def notes(studio: Studio) -> list[int]:
    """Return the pitches in the clip."""
    return [note.pitch for note in studio.session.song.tracks[0].clips[0].notes]


def test_letters_and_a_midi_port_are_recorded_together(
    program: Program, midi: MidiInput, qtbot: QtBot
) -> None:
    window = window_of(program)
    studio = window.studio
    window.timeline.arrangement.open_clip(studio.session.song.tracks[0].clips[0].id)
    studio.actions["notes.letters"].trigger()
    studio.actions["transport.record"].trigger()
    view = window.piano_roll.view
    qtbot.waitUntil(lambda: studio.transport.tick > 0)
    assert midi.on_strike is not None
    midi.on_strike(Strike(time.monotonic(), Source("Piano"), 72, 90))
    QTest.keyPress(view, Qt.Key.Key_A)
    QTest.keyRelease(view, Qt.Key.Key_A)
    studio.actions["transport.play"].trigger()
    assert sorted(notes(studio)) == [60, 72]
    assert studio.session.history.undo_name == "Record"


def test_the_ports_serve_the_next_song_and_a_held_note_ends_with_the_first(
    program: Program, midi: MidiInput, engine: Engine, tmp_path: Path
) -> None:
    window_of(program).studio.transport.monitor(TRACK, True)
    assert midi.on_strike is not None
    midi.on_strike(Strike(0.0, Source("Piano"), 60, 90))
    program.open(song(tmp_path, "Second"))
    assert engine.notes == [(TRACK, 60, 90), (TRACK, 60, 0)]
    midi.on_strike(Strike(0.0, Source("Piano"), 62, 90))
    assert engine.notes[2:] == []
    window_of(program).studio.transport.monitor(TRACK, True)
    midi.on_strike(Strike(0.0, Source("Piano"), 64, 90))
    assert engine.notes[2:] == [(TRACK, 64, 90)]
