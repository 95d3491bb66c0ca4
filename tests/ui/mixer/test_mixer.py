"""The mixer's strips, driven by mouse and keys."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.document.edits import add_track, move_track, remove_track
from desktop.document.query import find_track
from ui.mixer.panel import Mixer
from ui.shared.studio import Studio

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def mixer(studio: Studio, qtbot: QtBot) -> Mixer:
    made = Mixer(studio)
    qtbot.addWidget(made)
    made.resize(800, 320)
    made.show()
    return made


def test_the_strips_follow_the_tracks(mixer: Mixer, studio: Studio) -> None:
    lead, bass = (track.id for track in studio.session.song.tracks)
    studio.session.edit("Add track", partial(add_track, name="New"))
    assert len(mixer.strips) == 3
    studio.session.edit("Move track", partial(move_track, track_id=bass, row=0))
    QTest.qWait(0)
    assert mixer.strips[bass].x() < mixer.strips[lead].x()
    studio.session.edit("Remove track", partial(remove_track, track_id=lead))
    assert lead not in mixer.strips


def test_mute_and_solo_are_steps(mixer: Mixer, studio: Studio) -> None:
    lead = studio.session.song.tracks[0].id
    QTest.mouseClick(mixer.strips[lead].mute, LEFT)
    QTest.mouseClick(mixer.strips[lead].solo, LEFT)
    track = find_track(studio.session.song, lead)
    assert (track.mute, track.solo) == (True, True)
    studio.session.undo()
    studio.session.undo()
    assert not mixer.strips[lead].mute.isChecked()


def test_a_drag_of_the_fader_is_one_step(mixer: Mixer, studio: Studio) -> None:
    lead, before = studio.session.song.tracks[0].id, studio.session.song
    fader = mixer.strips[lead].fader
    start = fader.rect().center()
    QTest.mousePress(fader, LEFT, pos=start)
    for down in (10, 20, 30):
        QTest.mouseMove(fader, start + type(start)(0, down))
        assert mixer.strips[lead].gain.text() == f"{fader.value:.1f} dB"
    QTest.mouseRelease(fader, LEFT, pos=start)
    assert find_track(studio.session.song, lead).gain_db < -3.0
    studio.session.undo()
    assert studio.session.song is before


def test_a_panorama_is_typed(mixer: Mixer, studio: Studio) -> None:
    lead = studio.session.song.tracks[0].id
    pan = mixer.strips[lead].pan
    QTest.mouseClick(pan, LEFT)
    QTest.keyClicks(pan, "L 40")
    QTest.keyClick(pan, Qt.Key.Key_Return)
    assert find_track(studio.session.song, lead).pan == pytest.approx(-0.4)
    assert pan.text() == "L 40 %"


def test_levels_reach_their_meters(mixer: Mixer, studio: Studio) -> None:
    lead = studio.session.song.tracks[0].id
    studio.transport.report_meters({lead: (0.5, 0.1), -1: (1.0, 0.5)})
    assert mixer.strips[lead].meter.levels.peak_db == pytest.approx(-6.02, abs=0.01)
    assert mixer.master.peak.text() == "0.0 dBFS"


def test_a_click_selects_the_track(mixer: Mixer, studio: Studio) -> None:
    bass = studio.session.song.tracks[1].id
    QTest.mouseClick(mixer.strips[bass], LEFT)
    assert studio.session.selection.track_id == bass


def test_every_control_has_a_name(mixer: Mixer) -> None:
    strip = next(iter(mixer.strips.values()))
    for control in (strip.fader, strip.gain, strip.pan, strip.mute, strip.solo, strip.meter):
        assert control.accessibleName()
        assert control.toolTip()
