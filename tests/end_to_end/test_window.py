"""The real program on a screen: worked with mouse and keys, seen, and heard at its sound card."""

import os
import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import psutil
import pytest
from PIL import ImageColor
from PySide6.QtCore import QPoint, QPointF, QSettings
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.document.edits import add_clip, add_note, add_track
from desktop.document.song import Note, Song
from desktop.document.time import PPQ, Tick
from desktop.session.rendering import Rendering, Workshop
from desktop.session.session import Session
from desktop.session.transport import Transport
from desktop.storage.project import AUTOSAVE, SONG, Project, read_project
from inference.arrays import Audio
from tests.audio_rig import NullSink, running, wait_until
from tests.end_to_end.desk import Desk, desk
from ui.shared.actions import Actions
from ui.shared.scale import TimeScale
from ui.shared.studio import Studio
from ui.shared.theme import THEMES, Look
from ui.shared.wear import wear
from ui.window import MainWindow

EMPTY: Final = ImageColor.getrgb(THEMES["dark"].window)  # where no clip is open
BEAT_S: Final = 0.5  # at 120 bpm, which a new song has
DRAWN_TICK, DRAWN_PITCH, DRAWN_HZ = 2 * PPQ, 64, 329.63


def song_to_finish() -> Song:
    """Return a track with a clip of one bar, a short C at its start."""
    song = add_track(Song(title="Finish"), "Lead", "lead", "#e07b39")
    song = add_clip(song, song.tracks[0].id, Tick(0), Tick(4 * PPQ))
    return add_note(song, song.tracks[0].clips[0].id, Tick(0), Tick(PPQ // 4), 60)


@dataclass(frozen=True, slots=True)
class Places:
    """Where things are on the screen."""

    clip: QPoint
    drawn: QPoint


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[NullSink]:
    with running(tmp_path / "sound") as sink:
        yield sink


@pytest.fixture
def table(sink: NullSink) -> Iterator[Desk]:
    with desk(sink.environment) as table:
        yield table


@pytest.fixture
def song(tmp_path: Path) -> Path:
    folder = tmp_path / "Finish.partimento"
    Project.create(folder, song_to_finish()).close()
    return folder


@pytest.fixture
def places(song: Path, tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Places:
    """Return where a window of the same size has the clip, and the note that is to be drawn."""
    folder = tmp_path / "elsewhere" / song.name
    shutil.copytree(song, folder)
    session = Session(Project.open(folder))
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    look = Look("dark", session)
    wear(qapp, look)
    studio = Studio(
        session, Transport(session), Actions(settings, session), look, TimeScale(parent=session),
        settings, Rendering(session, Workshop(), session),
    )  # fmt: skip
    window = MainWindow(studio)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    found = places_in(window)
    window.close()
    session.close()
    return found


def places_in(window: MainWindow) -> Places:
    def on_screen(widget: QWidget, x: float, y: float) -> QPoint:
        return widget.mapTo(window, QPointF(x, y).toPoint())

    arrangement = window.timeline.arrangement
    row = arrangement.rows.rows[0]
    clip_at = arrangement.scale.x(PPQ), row.top + 0.2 * row.height
    clip = on_screen(window.timeline.lanes, *clip_at)
    arrangement.open_clip(arrangement.song.tracks[0].clips[0].id)
    roll, view = window.piano_roll.roll, window.piano_roll.view
    middle = roll.pitches.y(DRAWN_PITCH) + roll.pitches.row_px / 2
    return Places(clip, on_screen(view, roll.scale.x(DRAWN_TICK) + 2, middle))


def onsets_s(sound: Audio, rate_hz: int) -> list[float]:
    """Return when silence ends."""
    loud = np.flatnonzero(np.abs(sound).max(axis=0) > 2e-3)
    begins = np.flatnonzero(np.diff(loud, prepend=-rate_hz) > 0.1 * rate_hz)
    return [float(frame) / rate_hz for frame in loud[begins]]


def pitch_hz(sound: Audio, rate_hz: int) -> float:
    """Return the strongest frequency."""
    spectrum = np.abs(np.fft.rfft(sound.mean(axis=0) * np.hanning(sound.shape[1]), rate_hz))
    return float(spectrum.argmax())  # zeros behind the sound make a bin of 1 Hz


def test_a_note_drawn_with_the_mouse_is_seen_and_heard(
    table: Desk, sink: NullSink, song: Path, places: Places
) -> None:
    with sink.record() as recording, table.program(song):
        table.wait_for_window()
        table.click(places.clip)
        inside = (places.drawn.x() + 6, places.drawn.y())
        wait_until(lambda: table.picture().getpixel(inside) != EMPTY, "an open clip")
        before = table.picture().getpixel(inside)
        table.click(places.drawn, times=2)
        wait_until(lambda: table.picture().getpixel(inside) != before, "a note")
        wait_until((song / AUTOSAVE).exists, "an autosave")
        table.point(places.clip)
        heard_before = recording.frames
        table.press("Home", "space")
        rate = sink.rate_hz

        def played() -> Audio:
            return recording.sound()[:, heard_before:]

        wait_until(lambda: len(onsets_s(played(), rate)) >= 2, "two notes", 30)
        first, second = onsets_s(played(), rate)[:2]
        wait_until(lambda: played().shape[1] > (second + BEAT_S) * rate, "the end")
    assert second - first == pytest.approx(2 * BEAT_S, abs=0.01)
    from_s, to_s = round((second + 0.05) * rate), round((second + 0.2) * rate)
    assert pitch_hz(played()[:, from_s:to_s], rate) == pytest.approx(DRAWN_HZ, rel=0.01)


def test_a_program_that_was_killed_offers_what_was_drawn(
    table: Desk, song: Path, places: Places
) -> None:
    with table.program(song) as program:
        table.wait_for_window()
        table.click(places.clip)
        table.click(places.drawn, times=2)
        wait_until((song / AUTOSAVE).exists, "an autosave")
        family = [psutil.Process(program.pid), *psutil.Process(program.pid).children(True)]
        program.kill()
        program.wait()
    psutil.wait_procs(family)
    with table.program(song):
        table.wait_for_window("Recovery")
        table.press("Return")
        table.wait_for_window()
        table.press("ctrl+s")
        wait_until(lambda: len(notes_in(song)) == 2, "a saved song with both notes")
    assert [note.pitch for note in notes_in(song)] == [60, DRAWN_PITCH]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_program_that_says_before_its_window_what_is_wrong_can_be_ended(
    table: Desk, song: Path, number: int
) -> None:
    (song / SONG).write_text("{", encoding="utf-8")
    with table.program(song) as program:
        table.wait_for_window()
        program.send_signal(number)
        assert program.wait(timeout=10) == -number


def notes_in(folder: Path) -> tuple[Note, ...]:
    return read_project(folder).song.tracks[0].clips[0].notes
