"""Notes are drawn, moved, resized, copied, cut and erased with the mouse and with keys."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop.document.time import PPQ
from tests.ui.piano_roll.hand import Hand
from ui.piano_roll.panel import PianoRoll
from ui.shared.studio import Studio

SIXTEENTH = PPQ // 4
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
ALT, RIGHT = Qt.KeyboardModifier.AltModifier, Qt.MouseButton.RightButton
SKETCH = [(0, 4, 60, 100), (4, 4, 64, 100), (8, 4, 67, 100), (12, 4, 72, 100)]


def test_without_a_clip_the_panel_says_how_to_get_one(panel: PianoRoll) -> None:
    assert "timeline" in panel.shown_text()


def test_a_double_click_draws_a_note_on_the_grid(hand: Hand) -> None:
    hand.double_click(hand.point(16.4 * SIXTEENTH, 65))
    assert hand.heard == [*SKETCH, (16, 1, 65, 100)]


def test_a_double_click_on_a_note_erases_it(hand: Hand) -> None:
    hand.double_click(hand.point(2 * SIXTEENTH, 60))
    assert hand.heard == SKETCH[1:]


def test_b_and_a_drag_draw_a_note_as_long_as_the_drag(hand: Hand) -> None:
    hand.key(Qt.Key.Key_B)
    hand.drag(hand.point(18 * SIXTEENTH, 62), hand.point(24.2 * SIXTEENTH, 62))
    assert hand.heard == [*SKETCH, (18, 6, 62, 100)]


def test_the_next_note_is_as_long_as_the_last_one(hand: Hand) -> None:
    hand.key(Qt.Key.Key_B)
    hand.drag(hand.point(18 * SIXTEENTH, 62), hand.point(21 * SIXTEENTH, 62))
    hand.drag(hand.point(24.5 * SIXTEENTH, 62))
    assert hand.heard[-1] == (24, 3, 62, 100)


def test_b_again_goes_back_to_selecting(hand: Hand) -> None:
    hand.key(Qt.Key.Key_B)
    hand.key(Qt.Key.Key_B)
    assert hand.panel.roll.tool == "select"


def test_a_note_drawn_past_the_end_makes_the_clip_longer(hand: Hand) -> None:
    hand.panel.roll.scale.scroll_to(20 * SIXTEENTH)
    hand.key(Qt.Key.Key_B)
    hand.drag(hand.point(34.2 * SIXTEENTH, 62), hand.point(38 * SIXTEENTH, 62))
    assert hand.clip.length == 38 * SIXTEENTH


def test_a_drag_moves_a_note_in_time_and_pitch(hand: Hand) -> None:
    hand.drag(hand.point(2 * SIXTEENTH, 60), hand.point(5.1 * SIXTEENTH, 62))
    assert (3, 4, 62, 100) in hand.heard


def test_a_drag_is_one_step_and_undo_takes_it_back(hand: Hand, studio: Studio) -> None:
    before = studio.session.song
    points = [hand.point((2 + n / 4) * SIXTEENTH, 60 + n // 4) for n in range(1, 20)]
    hand.drag(hand.point(2 * SIXTEENTH, 60), *points)
    assert studio.session.history.undo_name == "Move notes"
    studio.session.undo()
    assert studio.session.song is before


def test_while_a_drag_lasts_the_song_stays_as_it_is(hand: Hand, studio: Studio) -> None:
    before = studio.session.song
    hand.drag(hand.point(2 * SIXTEENTH, 60), hand.point(5 * SIXTEENTH, 62), lets_go=False)
    assert studio.session.song is before
    assert hand.panel.roll.preview is not None


def test_escape_gives_up_a_drag(hand: Hand) -> None:
    hand.drag(hand.point(2 * SIXTEENTH, 60), hand.point(5 * SIXTEENTH, 62), lets_go=False)
    hand.key(Qt.Key.Key_Escape)
    hand.let_go(hand.point(0, 62))
    assert hand.heard == SKETCH


def test_notes_that_are_deleted_while_they_are_dragged_stay_deleted(
    hand: Hand, studio: Studio
) -> None:
    hand.drag(hand.point(2 * SIXTEENTH, 60), hand.point(5 * SIXTEENTH, 62), lets_go=False)
    hand.key(Qt.Key.Key_Delete)
    hand.view.grab()
    hand.let_go(hand.point(9 * SIXTEENTH, 62))
    assert hand.heard == SKETCH[1:]
    hand.drag(hand.point(6 * SIXTEENTH, 64), hand.point(9 * SIXTEENTH, 62), lets_go=False)
    studio.session.undo()
    hand.view.grab()
    hand.let_go(hand.point(13 * SIXTEENTH, 62))
    assert hand.heard == SKETCH


def test_all_selected_notes_move_along_and_stop_at_the_clip_s_start(hand: Hand) -> None:
    hand.select(1, 2)
    hand.drag(hand.point(6 * SIXTEENTH, 64), hand.point(0, 63))
    assert hand.heard[:2] == [(0, 4, 59, 100), (4, 4, 63, 100)]


def test_shift_leaves_the_grid(hand: Hand) -> None:
    start = hand.point(2 * SIXTEENTH, 60)
    hand.drag(start, hand.point(2.5 * SIXTEENTH, 60), keys=SHIFT)
    assert 0 < hand.notes[0].start < SIXTEENTH


def test_ctrl_drags_a_copy_and_selects_it(hand: Hand, studio: Studio) -> None:
    hand.drag(hand.point(2 * SIXTEENTH, 60), hand.point(18 * SIXTEENTH, 60), keys=CTRL)
    assert hand.heard == [*SKETCH, (16, 4, 60, 100)]
    assert studio.session.selection.notes == {5}


def test_both_edges_resize(hand: Hand) -> None:
    hand.drag(hand.point(4 * SIXTEENTH, 60), hand.point(7 * SIXTEENTH, 60))
    assert hand.heard[0] == (0, 7, 60, 100)
    start = hand.point(8 * SIXTEENTH, 67)
    hand.drag(start, hand.point(10 * SIXTEENTH, 67))
    assert (10, 2, 67, 100) in hand.heard


def test_a_right_drag_erases_what_it_passes(hand: Hand) -> None:
    hand.drag(hand.point(2 * SIXTEENTH, 60), hand.point(6 * SIXTEENTH, 64), button=RIGHT)
    assert hand.heard == SKETCH[2:]


def test_a_right_click_asks_for_the_menu_and_erases_nothing(hand: Hand, qtbot: QtBot) -> None:
    with qtbot.waitSignal(hand.view.menu_wanted, timeout=1000):
        hand.drag(hand.point(2 * SIXTEENTH, 60), button=RIGHT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert "Quantise" in [action.text() for action in menu.actions()]
    menu.close()
    assert hand.heard == SKETCH


def test_the_slice_tool_cuts_at_the_grid(hand: Hand) -> None:
    hand.panel.roll.use_tool("slice")
    hand.drag(hand.point(2.9 * SIXTEENTH, 60))
    assert hand.heard[:2] == [(0, 3, 60, 100), (3, 1, 60, 100)]


def test_a_slice_drawn_upwards_cuts_every_note_it_crosses(hand: Hand) -> None:
    hand.select(1, 2)
    hand.key(Qt.Key.Key_Up, SHIFT)
    hand.panel.roll.use_tool("slice")
    hand.drag(hand.point(6 * SIXTEENTH, 60), hand.point(6 * SIXTEENTH, 80))
    assert len(hand.notes) == 5


def test_a_rubber_band_selects_what_it_touches(hand: Hand, studio: Studio) -> None:
    hand.drag(hand.point(17 * SIXTEENTH, 74), hand.point(7 * SIXTEENTH, 66))
    assert studio.session.selection.notes == {3, 4}
    hand.drag(hand.point(5 * SIXTEENTH, 66), hand.point(6 * SIXTEENTH, 63), keys=SHIFT)
    assert studio.session.selection.notes == {2, 3, 4}


def test_a_click_selects_one_and_a_click_beside_nothing(hand: Hand, studio: Studio) -> None:
    hand.select(1, 2, 3)
    hand.drag(hand.point(6 * SIXTEENTH, 64))
    assert studio.session.selection.notes == {2}
    hand.drag(hand.point(20 * SIXTEENTH, 64))
    assert studio.session.selection.notes == set()


def test_alt_on_the_upper_half_changes_velocity(hand: Hand) -> None:
    start = hand.point(2 * SIXTEENTH, 60, rise=0.8)
    up = hand.point(2 * SIXTEENTH, 60, rise=0.8)
    up.setY(up.y() - 20)
    hand.drag(start, up, keys=ALT)
    assert hand.notes[0].velocity == 120


def test_arrows_transpose_and_move_by_the_grid(hand: Hand) -> None:
    hand.select(1)
    hand.key(Qt.Key.Key_Up)
    hand.key(Qt.Key.Key_Up, SHIFT)
    hand.key(Qt.Key.Key_Right)
    hand.key(Qt.Key.Key_Right, SHIFT)
    assert hand.heard[0] == (1, 5, 73, 100)
    hand.key(Qt.Key.Key_Down)
    hand.key(Qt.Key.Key_Down, SHIFT)
    hand.key(Qt.Key.Key_Left)
    hand.key(Qt.Key.Key_Left, SHIFT)
    assert hand.heard == SKETCH


def test_delete_erases_the_selection_and_ctrl_a_selects_all(hand: Hand) -> None:
    hand.select(2)
    hand.key(Qt.Key.Key_Delete)
    assert hand.heard == [SKETCH[0], *SKETCH[2:]]
    hand.key(Qt.Key.Key_A, CTRL)
    hand.key(Qt.Key.Key_Delete)
    assert hand.heard == []


def test_ctrl_d_repeats_the_selection_behind_itself(hand: Hand) -> None:
    hand.select(1, 2)
    hand.key(Qt.Key.Key_D, CTRL)
    assert (8, 4, 60, 100) in hand.heard
    assert (12, 4, 64, 100) in hand.heard
