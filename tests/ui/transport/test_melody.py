"""The action that records a melody, and the meter of its input."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from desktop.document.edits import add_track, change_track, remove_track
from desktop.document.song import Song
from desktop.engine.messages import CaptureBegan, CaptureEnded, CaptureLevel
from tests.desktop.session.test_playback import FakeEngine
from ui.shared.studio import Studio
from ui.transport.bar import TransportBar


class Recorded:
    """The bar, and an engine whose input hears what the test says."""

    def __init__(self, studio: Studio, qtbot: QtBot) -> None:
        self.studio, self.transport = studio, studio.transport
        self.transport.attach(FakeEngine())
        self.bar = TransportBar(studio)
        qtbot.addWidget(self.bar)
        self.bar.show()
        qtbot.waitExposed(self.bar)
        self.melody, self.meter = self.bar.melody, self.bar.input

    def trigger(self) -> None:
        self.studio.actions["transport.record_melody"].trigger()

    def begin(self) -> None:
        self.trigger()
        self.transport.report_captured(CaptureBegan(self.melody._path, "Mic", 48000))

    def level(self, peak: float) -> None:
        self.transport.report_captured(CaptureLevel(peak, peak / 3, 100, 1.0))

    def end(self) -> None:
        self.transport.report_captured(CaptureEnded(self.melody._path, 0))

    @property
    def ids(self) -> list[int]:
        return [track.id for track in self.studio.session.song.tracks]

    @property
    def track_id(self) -> int | None:
        """Return the track that would be recorded on."""
        self.trigger()
        track_id = self.melody._track_id
        self.trigger()
        self.end()
        return track_id


@pytest.fixture
def recorded(studio: Studio, qtbot: QtBot) -> Iterator[Recorded]:
    made = Recorded(studio, qtbot)
    yield made
    made.melody.close()


def test_a_click_begins_and_ends_and_the_action_stays_down_meanwhile(recorded: Recorded) -> None:
    action = recorded.studio.actions["transport.record_melody"]
    buttons = recorded.bar.findChildren(QToolButton)
    (button,) = (each for each in buttons if each.defaultAction() is action)
    assert "Ctrl+Alt+R" in button.toolTip()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert action.isChecked()
    assert recorded.transport.is_capturing
    assert not recorded.transport.is_recording
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not action.isChecked()
    assert not recorded.transport.is_capturing


def test_an_input_that_fails_lets_the_action_up(recorded: Recorded) -> None:
    recorded.trigger()
    recorded.end()
    assert not recorded.studio.actions["transport.record_melody"].isChecked()


def test_the_meter_is_there_while_it_is_recorded(recorded: Recorded) -> None:
    assert not recorded.meter.isVisible()
    recorded.begin()
    assert recorded.meter.isVisible()
    recorded.level(0.5)
    assert recorded.meter.levels.peak_db == pytest.approx(-6.0, abs=0.1)
    recorded.trigger()
    recorded.end()
    assert not recorded.meter.isVisible()


@pytest.mark.parametrize("by", ["mouse", "key"])
def test_the_clip_light_stays_until_it_is_clicked(recorded: Recorded, by: str) -> None:
    recorded.begin()
    recorded.level(0.9)
    assert not recorded.meter.levels.clipped
    recorded.level(1.0)
    recorded.level(0.1)
    recorded.trigger()
    recorded.end()
    assert recorded.meter.isVisible()
    assert "clipped" in recorded.meter.toolTip()
    if by == "mouse":
        QTest.mouseClick(recorded.meter, Qt.MouseButton.LeftButton)
    else:
        QTest.keyClick(recorded.meter, Qt.Key.Key_Return)
    assert not recorded.meter.isVisible()
    recorded.begin()
    assert not recorded.meter.levels.clipped


def test_it_records_on_the_armed_track_else_the_selected_one_else_a_new_one(
    recorded: Recorded,
) -> None:
    session, transport = recorded.studio.session, recorded.transport
    lead, bass = recorded.ids
    assert recorded.track_id is None
    session.select(replace(session.selection, track_id=lead))
    assert recorded.track_id == lead
    transport.arm(bass, True)
    assert recorded.track_id == bass
    transport.arm(lead, True)
    assert recorded.track_id == lead


def test_it_records_on_the_only_track_but_not_on_drums(recorded: Recorded) -> None:
    session = recorded.studio.session
    lead, bass = recorded.ids
    session.edit("Remove", lambda song: remove_track(song, bass))
    assert recorded.track_id == lead

    def drummed(song: Song) -> Song:
        return change_track(song, lead, lambda track: replace(track, role="drums"))

    session.edit("Drums", drummed)
    assert recorded.track_id is None
    session.edit("Add", lambda song: add_track(song, "Other"))
    session.select(replace(session.selection, track_id=lead))
    assert recorded.track_id is None
