"""The velocity lane, the keyboard, the ruler, zooming and following."""

from PySide6.QtCore import QPoint, Qt

from desktop.document.edits import remove_notes
from desktop.document.time import PPQ
from tests.ui.piano_roll.hand import Hand, Listener
from ui.shared.studio import Studio

SIXTEENTH = PPQ // 4
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def velocities(hand: Hand) -> list[int]:
    return [note.velocity for note in hand.notes]


def lane_point(hand: Hand, tick: float, velocity: int) -> QPoint:
    lane = hand.panel.velocities
    y = next(y for y in range(lane.height()) if lane.value(y) <= velocity)
    return QPoint(round(hand.panel.roll.scale.x(tick)), y)


def test_a_lollipop_is_dragged_up_and_down(hand: Hand) -> None:
    lane = hand.panel.velocities
    hand.drag(lane_point(hand, PPQ, 100), lane_point(hand, PPQ, 40), widget=lane)
    changed = velocities(hand)
    assert changed[0] == 100
    assert abs(changed[1] - 40) <= 3


def test_a_lollipop_whose_note_is_deleted_is_dragged_no_more(hand: Hand, studio: Studio) -> None:
    lane, at = hand.panel.velocities, lane_point(hand, PPQ, 40)
    hand.drag(lane_point(hand, PPQ, 100), at, widget=lane, lets_go=False)
    studio.session.edit("Delete", lambda song: remove_notes(song, hand.clip.id, {2}))
    lane.grab()
    hand.let_go(at, widget=lane)
    assert velocities(hand) == [100, 100, 100]


def test_selected_lollipops_move_together(hand: Hand, studio: Studio) -> None:
    hand.select(1, 2)
    lane = hand.panel.velocities
    hand.drag(lane_point(hand, PPQ, 100), lane_point(hand, PPQ, 40), widget=lane)
    changed = velocities(hand)
    assert changed[0] == changed[1] < 50
    assert changed[2:] == [100, 100]
    assert studio.session.history.undo_name == "Change velocity of notes"


def test_a_line_gives_the_notes_under_it_its_velocities(hand: Hand) -> None:
    lane = hand.panel.velocities
    hand.drag(lane_point(hand, -0.2 * PPQ, 20), lane_point(hand, 3.1 * PPQ, 80), widget=lane)
    changed = velocities(hand)
    assert changed == sorted(changed)
    assert changed[0] < 35
    assert 65 < changed[3] <= 82


def test_a_line_leaves_notes_alone_that_are_not_selected(hand: Hand) -> None:
    hand.select(2)
    lane = hand.panel.velocities
    hand.drag(lane_point(hand, -0.2 * PPQ, 20), lane_point(hand, 3.1 * PPQ, 20), widget=lane)
    assert [v == 100 for v in velocities(hand)] == [True, False, True, True]


def test_a_key_sounds_while_it_is_held(hand: Hand, studio: Studio, listener: Listener) -> None:
    keyboard, lead = hand.panel.keyboard, studio.session.song.tracks[0].id
    hand.drag(QPoint(30, hand.point(0, 62).y()), QPoint(30, hand.point(0, 64).y()), widget=keyboard)
    sounded = [("on", 62), ("off", 62), ("on", 64), ("off", 64)]
    assert listener.heard == [(what, lead, pitch) for what, pitch in sounded]


def test_a_note_is_heard_when_it_is_clicked_and_when_it_moves(
    hand: Hand, listener: Listener
) -> None:
    hand.drag(hand.point(2 * SIXTEENTH, 60))
    hand.drag(hand.point(2 * SIXTEENTH, 60), hand.point(2 * SIXTEENTH, 62))
    assert [pitch for what, pitch in listener.pitches if what == "on"] == [60, 60, 62]


def test_the_ruler_moves_the_playhead_to_the_grid(hand: Hand, studio: Studio) -> None:
    hand.drag(QPoint(hand.point(5.2 * SIXTEENTH, 60).x(), 10), widget=hand.panel.ruler)
    assert studio.transport.tick == 5 * SIXTEENTH


def test_ctrl_and_the_wheel_zoom_around_the_pointer(hand: Hand) -> None:
    scale, at = hand.panel.roll.scale, hand.point(PPQ, 64)
    before, tick = scale.pixels_per_tick, scale.tick(at.x())
    hand.wheel(2, at, CTRL)
    assert scale.pixels_per_tick > 1.4 * before
    assert abs(scale.tick(at.x()) - tick) < 1


def test_ctrl_shift_and_the_wheel_zoom_pitches_around_the_pointer(hand: Hand) -> None:
    pitches, at = hand.panel.roll.pitches, hand.point(PPQ, 64)
    before = pitches.row_px
    hand.wheel(2, at, CTRL | SHIFT)
    assert pitches.row_px > 1.2 * before
    assert pitches.pitch(at.y()) == 64


def test_the_wheel_scrolls_and_so_do_the_bars(hand: Hand) -> None:
    panel = hand.panel
    before = panel.roll.pitches.top_px
    hand.wheel(1, hand.point(PPQ, 64), Qt.KeyboardModifier.NoModifier)
    assert panel.roll.pitches.top_px < before
    hand.wheel(-1, hand.point(PPQ, 64), SHIFT)
    assert panel.roll.scale.left_tick > 0
    panel.across.setValue(0)
    assert panel.roll.scale.left_tick == 0


def test_the_view_follows_the_playhead_unless_told_not_to(hand: Hand, studio: Studio) -> None:
    studio.transport.report_playing(True)
    studio.transport.report_position(16 * PPQ)
    assert 0 < hand.panel.roll.scale.x(16 * PPQ) < hand.view.width() / 2
    studio.transport.follows = False
    studio.transport.report_position(0)
    assert hand.panel.roll.scale.x(0) < 0


def test_the_view_comes_back_to_a_playhead_that_is_sent_into_the_clip(
    hand: Hand, studio: Studio
) -> None:
    scale = hand.panel.roll.scale
    scale.scroll_to(16 * PPQ)
    studio.transport.go_to(0)
    assert scale.x(0) == 0
    studio.transport.go_to(100 * PPQ)  # elsewhere: the clip stays in view
    assert scale.x(0) == 0


def test_the_scale_of_the_timeline_stays_its_own(hand: Hand, studio: Studio) -> None:
    before = studio.scale.pixels_per_tick
    hand.wheel(2, hand.point(PPQ, 64), CTRL)
    assert studio.scale.pixels_per_tick == before
