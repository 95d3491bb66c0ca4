"""The ruler, and the strips of markers, tempo and metre."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop.document.edits import add_marker
from desktop.document.time import PPQ, Tick
from tests.ui.timeline.pointer import Pointer

BAR = 4 * PPQ
LEFT = Qt.MouseButton.LeftButton
IN_BARS, IN_LOOP = 16, 4


def above(hand: Pointer, tick: float, y: int = IN_BARS) -> QPoint:
    return QPoint(round(hand.arrangement.scale.x(tick)), y)


def type_in(hand: Pointer, strip_at: int, text: str) -> None:
    editor = hand.panel.strips[strip_at].editor
    assert editor is not None
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)


def test_a_click_moves_the_playhead_to_the_grid(hand: Pointer) -> None:
    QTest.mouseClick(hand.panel.ruler, LEFT, pos=above(hand, BAR + 40))
    assert hand.arrangement.transport.tick == BAR


def test_a_drag_makes_a_loop(hand: Pointer) -> None:
    hand.drag(above(hand, BAR + 30), above(hand, 3 * BAR - 30), widget=hand.panel.ruler)
    transport = hand.arrangement.transport
    assert (transport.loop, transport.loops) == ((BAR, 3 * BAR), True)
    assert transport.tick == 0


def test_the_loop_is_moved_and_resized_by_its_bar(hand: Pointer) -> None:
    transport, ruler = hand.arrangement.transport, hand.panel.ruler
    transport.set_loop((Tick(BAR), Tick(2 * BAR)), False)
    hand.drag(above(hand, 1.5 * BAR, IN_LOOP), above(hand, 2.5 * BAR, IN_LOOP), widget=ruler)
    assert transport.loop == (2 * BAR, 3 * BAR)
    hand.drag(above(hand, 3 * BAR, IN_LOOP), above(hand, 5 * BAR, IN_LOOP), widget=ruler)
    assert (transport.loop, transport.loops) == ((2 * BAR, 5 * BAR), False)


def test_a_marker_is_typed_dragged_and_deleted(hand: Pointer) -> None:
    strip = hand.panel.strips[0]
    hand.double_click(above(hand, BAR, 8), widget=strip)
    type_in(hand, 0, "Verse")
    assert [(m.tick, m.name) for m in hand.song.markers] == [(BAR, "Verse")]
    hand.drag(above(hand, BAR, 8) + QPoint(3, 0), above(hand, 3 * BAR, 8), widget=strip)
    assert [(m.tick, m.name) for m in hand.song.markers] == [(3 * BAR, "Verse")]
    hand.double_click(above(hand, 3 * BAR, 8) + QPoint(3, 0), widget=strip)
    type_in(hand, 0, "Chorus")
    assert [m.name for m in hand.song.markers] == ["Chorus"]
    menu = strip.menu(hand.arrangement.scale.x(3 * BAR) + 3)
    menu.actions()[-1].trigger()
    assert hand.song.markers == ()


def test_escape_leaves_a_dragged_marker_where_it_was(hand: Pointer) -> None:
    hand.arrangement.session.edit("Marker", lambda song: add_marker(song, Tick(BAR), "A"))
    before, strip = hand.song, hand.panel.strips[0]
    hand.drag(
        above(hand, BAR, 8) + QPoint(3, 0), above(hand, 3 * BAR, 8), widget=strip, lets_go=False
    )
    assert hand.song.markers[0].tick == 3 * BAR
    QTest.keyClick(strip, Qt.Key.Key_Escape)
    assert hand.song is before


def test_a_tempo_change_is_typed(hand: Pointer) -> None:
    hand.double_click(above(hand, 2 * BAR, 8), widget=hand.panel.strips[1])
    type_in(hand, 1, "96,5")
    assert [(c.tick, c.bpm) for c in hand.song.tempo_map.tempos] == [(0, 120), (2 * BAR, 96.5)]


def test_the_first_tempo_changes_but_does_not_move(hand: Pointer) -> None:
    strip = hand.panel.strips[1]
    hand.double_click(above(hand, 0, 8) + QPoint(4, 0), widget=strip)
    type_in(hand, 1, "90")
    assert [(c.tick, c.bpm) for c in hand.song.tempo_map.tempos] == [(0, 90)]
    before = hand.song
    hand.drag(above(hand, 0, 8) + QPoint(4, 0), above(hand, BAR, 8), widget=strip)
    assert hand.song is before


def test_a_metre_change_is_typed_and_what_is_none_is_said(hand: Pointer) -> None:
    failed: list[str] = []
    hand.arrangement.session.failed.connect(failed.append)
    strip = hand.panel.strips[2]
    hand.double_click(above(hand, BAR, 8), widget=strip)
    type_in(hand, 2, "waltz")
    assert "metre" in failed[0]
    hand.double_click(above(hand, BAR, 8), widget=strip)
    type_in(hand, 2, "3/4")
    changes = hand.song.tempo_map.metres
    assert [(c.tick, c.numerator, c.denominator) for c in changes] == [(0, 4, 4), (BAR, 3, 4)]
