"""The transport bar and its actions."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.document.edits import add_marker, set_tempo
from desktop.document.song import Song
from desktop.document.time import PPQ, Tick
from desktop.engine.messages import AudioSettings
from desktop.session.selection import Selection
from ui.shared.studio import Studio
from ui.transport.bar import TransportBar

BAR = 4 * PPQ


class Engine:
    """Takes down what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []

    def set_song(self, song: Song, takes_folder: Path) -> None: ...

    def play(self, from_tick: int) -> None:
        self.asked.append(("play", from_tick))

    def stop(self) -> None:
        self.asked.append(("stop",))

    def seek(self, tick: int) -> None:
        self.asked.append(("seek", tick))

    def set_loop(self, loop: tuple[int, int] | None) -> None:
        self.asked.append(("loop", loop))

    def set_metronome(self, on: bool, count_in_bars: int) -> None:
        self.asked.append(("metronome", on, count_in_bars))

    def note_on(self, track_id: int, pitch: int, velocity: int) -> None: ...

    def note_off(self, track_id: int, pitch: int) -> None: ...

    def set_settings(self, settings: AudioSettings) -> None: ...
    def look_for_devices(self) -> None: ...
    def start_capture(self, path: Path, device: str | None) -> None: ...
    def end_capture(self) -> None: ...
    def panic(self) -> None:
        self.asked.append(("panic",))


@pytest.fixture
def engine(studio: Studio) -> Engine:
    made = Engine()
    studio.transport.attach(made)
    return made


@pytest.fixture
def bar(studio: Studio, qtbot: QtBot) -> Iterator[TransportBar]:
    made = TransportBar(studio)
    qtbot.addWidget(made)
    made.addActions([registered.action for registered in studio.actions])
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    yield made
    QTest.qWait(0)


def type_into(field: QWidget, text: str) -> None:
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_space_plays_and_stops(bar: TransportBar, engine: Engine, studio: Studio) -> None:
    QTest.keyClick(bar, Qt.Key.Key_Space)
    studio.transport.report_playing(True)
    assert studio.actions["transport.play"].isChecked()
    QTest.keyClick(bar, Qt.Key.Key_Space)
    assert engine.asked == [("play", 0), ("stop",)]
    assert not studio.actions["transport.play"].isChecked()


def test_the_position_follows_the_playhead(bar: TransportBar, studio: Studio) -> None:
    studio.transport.report_position(BAR + PPQ + 240.5)
    assert bar.position.text() == "2.2.240"
    assert bar.time.text() == "0:02.625"


def test_a_typed_position_is_gone_to(bar: TransportBar, studio: Studio) -> None:
    type_into(bar.position, "3.1")
    assert studio.transport.tick == 2 * BAR
    assert bar.position.text() == "3.1.000"
    type_into(bar.time, "1.5")
    assert studio.transport.tick == 3 * PPQ


def test_what_is_no_position_is_said_and_taken_back(bar: TransportBar, studio: Studio) -> None:
    said: list[str] = []
    studio.session.failed.connect(said.append)
    type_into(bar.position, "0.9")
    assert "count from 1" in said[0]
    assert bar.position.text() == "1.1.000"


def test_the_tempo_of_the_place_is_shown_and_changed(bar: TransportBar, studio: Studio) -> None:
    studio.session.edit("Tempo", partial(set_tempo, tick=Tick(BAR), bpm=90.0))
    studio.transport.go_to(BAR + 5)
    assert bar.bpm.text() == "90.00 bpm"
    type_into(bar.bpm, "101.5")
    assert [c.bpm for c in studio.session.song.tempo_map.tempos] == [120.0, 101.5]


def test_play_pressed_again_before_it_is_heard_stops(
    bar: TransportBar, studio: Studio, engine: Engine
) -> None:
    assert bar
    for _ in range(3):
        studio.actions["transport.play"].trigger()
    assert [asked[0] for asked in engine.asked if asked[0] in ("play", "stop")] == [
        "play",
        "stop",
        "play",
    ]


def test_where_no_device_plays_the_next_press_plays_again(
    bar: TransportBar, studio: Studio, engine: Engine
) -> None:
    assert bar
    studio.actions["transport.play"].trigger()
    studio.transport.report_device("no sound: it was unplugged")
    studio.actions["transport.play"].trigger()
    assert [asked[0] for asked in engine.asked if asked[0] in ("play", "stop")] == ["play", "play"]


def test_a_double_click_on_the_tempo_lets_one_type_it(bar: TransportBar, studio: Studio) -> None:
    studio.session.edit("Tempo", partial(set_tempo, tick=Tick(0), bpm=90.0))
    QTest.mouseClick(bar.bpm, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(bar.bpm, Qt.MouseButton.LeftButton)
    assert studio.session.song.tempo_map.bpm_at(0) == 90.0
    QTest.keyClicks(bar.bpm, "72")
    QTest.keyClick(bar.bpm, Qt.Key.Key_Return)
    assert studio.session.song.tempo_map.bpm_at(0) == 72.0


def test_metre_and_key_are_changed(bar: TransportBar, studio: Studio) -> None:
    type_into(bar.metre, "6/8")
    assert studio.session.song.tempo_map.metre_at(0).denominator == 8
    bar.key.setCurrentIndex(bar.key.findData("Cm"))
    assert studio.session.song.settings.key == "Cm"
    assert bar.key.currentText() == "C min"
    studio.session.undo()
    assert bar.key.currentText() == "no key"


def test_the_selection_is_looped(bar: TransportBar, engine: Engine, studio: Studio) -> None:
    clip = studio.session.song.tracks[0].clips[0]
    studio.session.select(Selection(parts=frozenset({clip.id})))
    QTest.keyClick(bar, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert engine.asked == [("loop", (0, 2 * BAR))]
    QTest.keyClick(bar, Qt.Key.Key_L)
    assert engine.asked[-1] == ("loop", None)
    assert not studio.actions["transport.loop"].isChecked()


def test_selected_notes_are_played_from(bar: TransportBar, engine: Engine, studio: Studio) -> None:
    clip = studio.session.song.tracks[0].clips[0]
    notes = frozenset(note.id for note in clip.notes[2:])
    studio.session.select(Selection(clip_id=clip.id, notes=notes))
    QTest.keyClick(bar, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert engine.asked == [("play", 2 * PPQ)]


def test_keys_go_from_marker_to_marker(bar: TransportBar, studio: Studio) -> None:
    for tick in (BAR, 2 * BAR):
        studio.session.edit("Marker", partial(add_marker, tick=Tick(tick), name="A"))
    for key, tick in ((Qt.Key.Key_Right, BAR), (Qt.Key.Key_Right, 2 * BAR), (Qt.Key.Key_Left, BAR)):
        QTest.keyClick(bar, key, Qt.KeyboardModifier.ControlModifier)
        assert studio.transport.tick == tick


def test_switches_stay_down(bar: TransportBar, engine: Engine, studio: Studio) -> None:
    QTest.keyClick(bar, Qt.Key.Key_K)
    assert studio.actions["transport.metronome"].isChecked()
    assert engine.asked == [("metronome", True, 0)]


def test_r_records_on_the_selected_track_after_the_count_in_until_the_song_stops(
    bar: TransportBar, engine: Engine, studio: Studio
) -> None:
    track_id = studio.session.song.tracks[1].id
    studio.session.select(Selection(track_id=track_id))
    QTest.keyClick(bar, Qt.Key.Key_R)
    assert studio.transport.armed == {track_id}
    assert engine.asked == [("metronome", False, 1), ("play", 0)]
    assert studio.actions["transport.record"].isChecked()
    studio.transport.report_playing(True)
    QTest.keyClick(bar, Qt.Key.Key_Space)
    assert not studio.actions["transport.record"].isChecked()
    assert not studio.transport.is_recording


def test_without_a_track_to_record_on_that_is_said(
    bar: TransportBar, engine: Engine, studio: Studio
) -> None:
    said: list[str] = []
    studio.session.said.connect(said.append)
    QTest.keyClick(bar, Qt.Key.Key_R)
    assert said == ["Select or arm a track to record on it"]
    assert not studio.actions["transport.record"].isChecked()
    assert engine.asked == []


def test_the_count_in_is_left_out_and_that_is_remembered(
    bar: TransportBar, engine: Engine, studio: Studio
) -> None:
    assert studio.actions["transport.count_in"].isChecked()
    QTest.keyClick(bar, Qt.Key.Key_K, Qt.KeyboardModifier.ShiftModifier)
    assert studio.settings.value("transport/count_in_bars", type=int) == 0
    studio.transport.arm(studio.session.song.tracks[0].id, True)
    engine.asked.clear()
    QTest.keyClick(bar, Qt.Key.Key_R)
    assert engine.asked == [("metronome", False, 0), ("play", 0)]


def test_panic_ends_every_note(bar: TransportBar, engine: Engine) -> None:
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    QTest.keyClick(bar, Qt.Key.Key_P, keys)
    assert engine.asked == [("panic",)]


def test_the_grid_is_chosen_and_left(bar: TransportBar, studio: Studio) -> None:
    bar.snap.setCurrentIndex(bar.snap.findText("1/8"))
    assert studio.snap.division.name == "1/8"
    QTest.keyClick(bar, Qt.Key.Key_N)
    assert bar.snap.currentText() == "Off"
    QTest.keyClick(bar, Qt.Key.Key_N)
    assert studio.snap.division.name == "1/8"


def test_what_plays_is_named(bar: TransportBar, studio: Studio) -> None:
    assert bar.device.text() == "no sound device"
    studio.transport.report_device("Speakers, 48 kHz")
    assert bar.device.text() == "Speakers, 48 kHz"


def test_every_control_has_a_name_and_a_tip(bar: TransportBar) -> None:
    for control in bar.findChildren(QWidget):
        if control.focusPolicy() != Qt.FocusPolicy.NoFocus and control.isVisible():
            assert control.accessibleName(), control
            assert control.toolTip(), control
