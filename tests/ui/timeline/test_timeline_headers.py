"""The headers of the tracks."""

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.document.palette import TRACK_COLOURS
from desktop.document.song import MAX_GAIN_DB
from desktop.document.time import PPQ
from tests.ui.timeline.pointer import Pointer
from ui.shared.studio import Studio

LEFT = Qt.MouseButton.LeftButton


def test_a_double_click_lets_the_name_be_typed(hand: Pointer) -> None:
    name = hand.panel.headers.shown[hand.track().id].name
    QTest.mouseDClick(name, LEFT, pos=QPoint(10, 10))
    assert name.editor is not None
    QTest.keyClicks(name.editor, "Flute")
    QTest.keyClick(name.editor, Qt.Key.Key_Return)
    assert hand.track().name == "Flute"
    assert name.text() == "Flute"


def test_escape_leaves_the_name_as_it_was(hand: Pointer) -> None:
    before = hand.song
    hand.arrangement.choose_track(hand.track(1).id)
    hand.panel.commands.tracks["rename"].trigger()
    editor = hand.panel.headers.shown[hand.track(1).id].name.editor
    assert editor is not None
    QTest.keyClicks(editor, "Tuba")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert hand.song is before


def test_buttons_mute_solo_arm_and_monitor(hand: Pointer) -> None:
    track_id = hand.track().id
    header = hand.panel.headers.shown[track_id]
    for button in (header.mute, header.solo, header.arm):
        QTest.mouseClick(button, LEFT)
    assert (hand.track().mute, hand.track().solo) == (True, True)
    assert hand.arrangement.transport.armed == {track_id}
    assert header.arm.isChecked()
    assert header.monitor.isChecked()  # who records on a track wants to hear it
    QTest.mouseClick(header.monitor, LEFT)
    assert hand.arrangement.transport.armed == {track_id}
    assert hand.arrangement.transport.monitored == frozenset()


def test_the_theme_changes_after_a_track_is_deleted(
    hand: Pointer, studio: Studio, qapp: QApplication
) -> None:
    hand.arrangement.choose_track(hand.track(1).id)
    hand.panel.commands.tracks["delete"].trigger()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    header = hand.panel.headers.shown[hand.track().id]
    before = header.mute.styleSheet()
    studio.look.use("light")
    assert header.mute.styleSheet() != before


def test_gain_and_pan_are_typed(hand: Pointer) -> None:
    header = hand.panel.headers.shown[hand.track().id]
    for field, text in ((header.gain, "99"), (header.pan, "L 50")):
        QTest.mouseClick(field, LEFT)
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert (hand.track().gain_db, hand.track().pan) == (MAX_GAIN_DB, -0.5)


def test_colour_and_role_come_from_menus(hand: Pointer) -> None:
    header = hand.panel.headers.shown[hand.track().id]
    header.colour.menu().actions()[3].trigger()
    assert hand.track().colour == TRACK_COLOURS[3]
    header.role.menu().actions()[-1].trigger()
    assert hand.track().role == "drums"
    assert header.role.text() == "drums"


def test_a_click_selects_the_track(hand: Pointer) -> None:
    header = hand.panel.headers.shown[hand.track(1).id]
    QTest.mouseClick(header, LEFT, pos=QPoint(120, 60))
    assert hand.arrangement.selection.track_id == hand.track(1).id


def test_the_lower_edge_changes_the_height(hand: Pointer) -> None:
    header = hand.panel.headers.shown[hand.track().id]
    hand.drag(QPoint(100, 62), QPoint(100, 72), QPoint(100, 102), widget=header)
    assert hand.arrangement.rows.rows[0].height == 104
    assert header.height() == 104


def test_a_low_header_keeps_name_mute_solo_and_arm(hand: Pointer) -> None:
    track_id = hand.track().id
    hand.arrangement.set_height(frozenset({track_id}), 24)
    header = hand.panel.headers.shown[track_id]
    assert not header.gain.isVisible()
    for control in (header.name, header.mute, header.solo, header.arm):
        assert control.isVisible()
        assert header.rect().contains(control.geometry())


def test_headers_stand_beside_their_rows_when_scrolled(hand: Pointer) -> None:
    for _ in range(12):
        hand.panel.commands.tracks["add"].trigger()
    assert hand.arrangement.top_px > 0
    last = hand.arrangement.rows.rows[-1]
    header = hand.panel.headers.shown[last.track_id]
    lanes_y = hand.lanes.mapToGlobal(QPoint(0, last.top - hand.arrangement.top_px)).y()
    assert header.mapToGlobal(QPoint(0, 0)).y() == lanes_y


def test_meters_show_levels(hand: Pointer) -> None:
    track_id = hand.track().id
    hand.arrangement.transport.report_meters({track_id: (0.5, 0.25), -1: (0.5, 0.25)})
    assert -6.1 < hand.panel.headers.shown[track_id].meter.levels.peak_db < -6.0


def test_every_control_says_what_it_is(hand: Pointer) -> None:
    header = hand.panel.headers.shown[hand.track().id]
    controls: list[QWidget] = [header.colour, header.role, header.gain, header.pan, header.meter]
    for control in (*controls, header.mute, header.solo, header.arm, header.monitor, header.name):
        assert control.accessibleName()
        assert control.toolTip()
    assert "Shift+M" in header.mute.toolTip()


def test_a_song_without_tracks_takes_a_double_click_for_a_new_one(hand: Pointer) -> None:
    for _ in range(2):
        hand.arrangement.choose_track(hand.track().id)
        hand.panel.commands.tracks["delete"].trigger()
    assert hand.song.tracks == ()
    hand.double_click(QPoint(100, 100))
    assert len(hand.song.tracks) == 1
    hand.double_click(hand.at(PPQ))
    assert len(hand.track().clips) == 1
