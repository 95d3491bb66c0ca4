"""The takes of a region as lanes below its track, under mouse and keys."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QStatusTipEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.document.comping import played_spans, swipe_take
from desktop.document.edits import add_region, add_take, change_take, choose_take
from desktop.document.song import Region, Song, Take
from desktop.document.time import PPQ, Tick
from tests.ui.timeline.pointer import LEFT, NO_KEYS, Pointer
from ui.timeline import colours
from ui.timeline.lane_spots import lane_at
from ui.timeline.menus import lanes_menu
from ui.timeline.rows import LANE_PX, USUAL_PX
from ui.timeline.take_lanes import head_box, lane_top, lanes_of, star_box

BAR = 4 * PPQ
END = 2 * BAR
SHIFT = Qt.KeyboardModifier.ShiftModifier


def take(number: int) -> Take:
    return Take(f"t{number}", f"{number:064x}", "flac", 4 * 44100, 44100, "2030")


def region_of(hand: Pointer) -> Region:
    return hand.song.tracks[0].regions[0]


def played(hand: Pointer) -> list[tuple[int, int, str]]:
    return [(span.start, span.end, span.take.id) for span in played_spans(region_of(hand))]


def render(hand: Pointer, *takes: Take) -> None:
    """Let takes come in, as from the queue."""
    region_id = region_of(hand).id

    def rendered(song: Song) -> Song:
        for each in takes:
            song = add_take(song, region_id, each)
        return song

    hand.arrangement.session.edit("Render", rendered)


def change(hand: Pointer, take_id: str, **values: object) -> None:
    def changed(each: Take) -> Take:
        return replace(each, **values)  # type: ignore[arg-type]

    region_id = region_of(hand).id
    edit = partial(change_take, region_id=region_id, take_id=take_id, change=changed)
    hand.arrangement.session.edit("Change", edit)


def order(hand: Pointer) -> list[str]:
    return [lane.take.id for lane in lanes_of(region_of(hand))]


def at(hand: Pointer, take_id: str, tick: float) -> QPoint:
    """Return a point in the lower half of the lane of a take."""
    row = hand.arrangement.rows.rows[0]
    top = lane_top(row, order(hand).index(take_id)) - hand.arrangement.top_px
    return QPoint(round(hand.arrangement.scale.x(tick)), top + 3 * LANE_PX // 4)


def head_at(hand: Pointer, take_id: str, *, star: bool = False) -> QPoint:
    row, region = hand.arrangement.rows.rows[0], region_of(hand)
    top = lane_top(row, order(hand).index(take_id)) - hand.arrangement.top_px
    left, right = (hand.arrangement.scale.x(tick) for tick in (region.start, region.end))
    head = head_box(left, right, top, hand.lanes.width())
    assert head is not None
    box = star_box(head) if star else head
    assert box is not None
    return QPoint(round(box.left + box.width / 2), round(box.top + box.height / 2))


def colour_at(hand: Pointer, place: QPoint) -> str:
    return hand.lanes.grab().toImage().pixelColor(place).name()


@pytest.fixture
def lanes(hand: Pointer) -> Pointer:
    """Show the unfolded lanes of three takes, of which the first plays all of two bars."""
    render(hand, *(take(number) for number in range(3)))
    region_id = region_of(hand).id
    hand.arrangement.session.edit("Choose", lambda s: choose_take(s, region_id, "t0"))
    hand.arrangement.unfold(hand.track().id, True)
    return hand


def test_in_a_short_lane_the_name_leaves_two_thirds_to_the_sound(lanes: Pointer) -> None:
    lanes.arrangement.scale.show(0, 8 * END, lanes.lanes.width())
    right = lanes.arrangement.scale.x(END)
    place = QPoint(round(0.4 * right), head_at(lanes, "t2").y())
    raised = lanes.arrangement.studio.look.colour("raised").name()
    assert colour_at(lanes, head_at(lanes, "t2") + QPoint(12, 0)) == raised
    assert colour_at(lanes, place) != raised
    QTest.mouseClick(lanes.lanes, LEFT, pos=place)
    assert region_of(lanes).active_take == "t0"  # it was no name that was clicked


def test_starred_takes_come_first_then_the_newest_and_rejected_ones_only_while_they_play(
    lanes: Pointer,
) -> None:
    assert order(lanes) == ["t2", "t1", "t0"]
    change(lanes, "t1", stars=2)
    assert order(lanes) == ["t1", "t2", "t0"]
    change(lanes, "t0", rejected=True)
    change(lanes, "t2", rejected=True)
    assert order(lanes) == ["t1", "t0"]
    assert lanes.arrangement.rows.rows[0].bottom == USUAL_PX + 2 * LANE_PX


def test_the_button_in_the_header_and_a_key_show_and_hide_the_lanes(hand: Pointer) -> None:
    track, rows = hand.track(), hand.arrangement.rows
    fold = hand.panel.headers.shown[track.id].fold
    assert fold.isHidden()  # there are no takes yet
    render(hand, take(0), take(1))
    assert fold.isVisible()
    QTest.mouseClick(fold, LEFT)
    assert hand.arrangement.rows.rows[1].top == rows.rows[1].top + 2 * LANE_PX
    header = hand.panel.headers.shown[hand.track(1).id]
    assert header.y() == hand.arrangement.rows.rows[1].top
    QTest.mouseClick(fold, LEFT)
    assert hand.arrangement.rows == rows
    hand.arrangement.choose_track(track.id)
    hand.arrangement.studio.actions["track.lanes"].trigger()
    assert hand.arrangement.rows.rows[0].lanes == 2
    assert "Shift+G" in fold.toolTip()


def test_where_there_is_nothing_to_unfold_that_is_said(hand: Pointer) -> None:
    said: list[str] = []
    hand.arrangement.session.said.connect(said.append)
    action = hand.arrangement.studio.actions["track.lanes"]
    action.trigger()
    hand.arrangement.choose_track(hand.track(1).id)
    action.trigger()
    hand.key(Qt.Key.Key_Down, SHIFT)
    assert [text.split(" ")[0] for text in said] == ["Select", "This", "Select"]
    assert hand.arrangement.rows.rows[1].lanes == 0


def test_a_swipe_lets_a_take_play_there_on_the_grid_as_one_step(lanes: Pointer) -> None:
    lanes.drag(at(lanes, "t1", PPQ + 20), at(lanes, "t1", 2 * PPQ), at(lanes, "t1", BAR - 30))
    assert played(lanes) == [(0, PPQ, "t0"), (PPQ, BAR, "t1"), (BAR, END, "t0")]
    lanes.drag(
        at(lanes, "t2", BAR + PPQ), at(lanes, "t2", PPQ * 2)
    )  # backwards, over what t1 played
    parts = [(0, PPQ, "t0"), (PPQ, 2 * PPQ, "t1"), (2 * PPQ, BAR + PPQ, "t2")]
    assert played(lanes) == [*parts, (BAR + PPQ, END, "t0")]
    session = lanes.arrangement.session
    assert session.history.undo_name == "Comp"
    session.undo()
    session.undo()
    assert played(lanes) == [(0, END, "t0")]


def test_a_swipe_reaches_the_ends_of_its_region_and_no_further(lanes: Pointer) -> None:
    lanes.drag(at(lanes, "t1", BAR), at(lanes, "t1", END + BAR))
    assert played(lanes) == [(0, BAR, "t0"), (BAR, END, "t1")]
    assert lanes.arrangement.selection.parts == {region_of(lanes).id}


def test_shift_leaves_the_grid(lanes: Pointer) -> None:
    lanes.drag(at(lanes, "t1", 1000), at(lanes, "t1", 2010), keys=SHIFT)
    (_, cut, _), (_, end, _), _ = played(lanes)
    assert cut == pytest.approx(1000, abs=12)
    assert end == pytest.approx(2010, abs=12)
    assert cut % 240
    assert end % 240


def test_escape_takes_a_swipe_back(lanes: Pointer) -> None:
    song, session = lanes.song, lanes.arrangement.session
    lanes.drag(at(lanes, "t1", PPQ), at(lanes, "t1", BAR), lets_go=False)
    assert len(played(lanes)) == 3
    lanes.key(Qt.Key.Key_Escape)
    QTest.mouseRelease(lanes.lanes, LEFT, NO_KEYS, at(lanes, "t1", BAR))
    assert lanes.song is song
    lanes.drag(at(lanes, "t1", PPQ), at(lanes, "t1", BAR), at(lanes, "t1", PPQ))  # and back
    assert lanes.song == song
    assert session.history.undo_name == "Choose"


def test_a_click_on_its_head_lets_the_region_play_a_take_and_a_drag_from_there_swipes(
    lanes: Pointer,
) -> None:
    lanes.click(head_at(lanes, "t2"))
    assert played(lanes) == [(0, END, "t2")]
    assert lanes.arrangement.session.history.undo_name == "Choose take"
    lanes.drag(head_at(lanes, "t1"), at(lanes, "t1", BAR))
    assert [take_id for _, _, take_id in played(lanes)] == ["t2", "t1", "t2"]
    lanes.click(head_at(lanes, "t1"))
    assert played(lanes) == [(0, END, "t1")]


def test_clicks_on_a_star_go_round_and_one_beside_the_head_only_selects(lanes: Pointer) -> None:
    for _ in range(2):
        lanes.click(head_at(lanes, "t1", star=True))
    assert region_of(lanes).takes[1].stars == 2
    assert order(lanes)[0] == "t1"
    song = lanes.song
    lanes.click(at(lanes, "t2", BAR))
    lanes.double_click(at(lanes, "t2", BAR))  # no clip comes of it either
    assert lanes.song is song
    current = lanes.arrangement.lane
    assert current is not None
    assert current.lane.take.id == "t2"
    lanes.click(at(lanes, "t2", END + BAR))  # behind the region
    assert lanes.arrangement.selection.parts == frozenset()


def test_a_cut_can_be_dragged_in_either_lane_and_over_whole_pieces(lanes: Pointer) -> None:
    lanes.drag(at(lanes, "t1", PPQ), at(lanes, "t1", BAR))
    lanes.drag(at(lanes, "t1", BAR), at(lanes, "t1", BAR + PPQ))
    assert played(lanes) == [(0, PPQ, "t0"), (PPQ, BAR + PPQ, "t1"), (BAR + PPQ, END, "t0")]
    lanes.drag(at(lanes, "t0", BAR + PPQ), at(lanes, "t0", 2 * PPQ))
    assert played(lanes)[1:] == [(PPQ, 2 * PPQ, "t1"), (2 * PPQ, END, "t0")]
    assert lanes.arrangement.session.history.undo_name == "Move cut"
    lanes.drag(at(lanes, "t0", PPQ), at(lanes, "t0", BAR))
    assert played(lanes) == [(0, END, "t0")]


class Status(QObject):
    """What the status line was told last."""

    text = ""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QStatusTipEvent):
            self.text = event.tip()
        return False


def test_the_pointer_tells_what_a_press_in_a_lane_would_do(lanes: Pointer) -> None:
    lanes.drag(at(lanes, "t1", PPQ), at(lanes, "t1", BAR))
    status, shapes = Status(), Qt.CursorShape
    lanes.lanes.installEventFilter(status)
    for place, shape, text in (
        (at(lanes, "t1", 2 * PPQ), shapes.IBeamCursor, "Take 2   Drag: this take plays there"),
        (at(lanes, "t1", BAR), shapes.SplitHCursor, "Take 2   Drag to move the cut"),
        (head_at(lanes, "t2"), shapes.PointingHandCursor, "Take 3   Click: all of the region"),
        (head_at(lanes, "t2", star=True), shapes.PointingHandCursor, "Click: one star more"),
        (at(lanes, "t2", END + BAR), shapes.ArrowCursor, "4.1"),
    ):
        QTest.mouseMove(lanes.lanes, place)
        QApplication.processEvents()
        assert lanes.lanes.cursor().shape() == shape
        assert text in status.text


def test_keys_go_from_lane_to_lane_and_do_what_the_mouse_does(hand: Pointer) -> None:
    render(hand, *(take(number) for number in range(3)))
    hand.select(region_of(hand).id)
    hand.key(Qt.Key.Key_Down, SHIFT)  # unfolds them
    assert hand.arrangement.rows.rows[0].lanes == 3
    hand.key(Qt.Key.Key_Down)
    hand.key(Qt.Key.Key_Return)
    assert played(hand) == [(0, END, "t1")]
    hand.key(Qt.Key.Key_Asterisk)
    assert order(hand) == ["t1", "t2", "t0"]
    hand.key(Qt.Key.Key_Down)
    hand.arrangement.transport.set_loop((Tick(BAR), Tick(BAR + PPQ)), on=True)
    hand.arrangement.studio.actions["timeline.lane_loop"].trigger()
    assert played(hand)[1] == (BAR, BAR + PPQ, "t2")
    for _ in range(4):
        hand.key(Qt.Key.Key_Up)
    assert hand.arrangement.lane is None  # above the first lane is the region itself
    assert region_of(hand).id in hand.arrangement.selection.parts


def test_a_key_stars_what_the_selected_regions_play(hand: Pointer) -> None:
    render(hand, take(0), take(1))
    session, first = hand.arrangement.session, region_of(hand).id
    second = session.next_id
    start, end = Tick(END), Tick(2 * END)
    session.edit("Add", partial(add_region, track_id=hand.track().id, start=start, end=end))
    session.edit("Render", partial(add_take, region_id=second, take=take(2)))
    for region_id, take_id in ((first, "t1"), (second, "t2")):
        session.edit("Choose", partial(choose_take, region_id=region_id, take_id=take_id))
    hand.select(first, second)
    before = hand.song
    hand.key(Qt.Key.Key_Asterisk)
    stars = {each.id: each.stars for region in hand.track().regions for each in region.takes}
    assert stars == {"t0": 0, "t1": 1, "t2": 1}
    session.undo()  # both were one step
    assert hand.song is before


def test_a_key_that_finds_no_take_to_star_says_so(hand: Pointer) -> None:
    said: list[str] = []
    hand.arrangement.session.said.connect(said.append)
    hand.select(region_of(hand).id)
    before = hand.song
    hand.key(Qt.Key.Key_Asterisk)
    assert said == ["Select a region that plays a take first"]
    assert hand.song is before


def test_escape_leaves_the_lanes_before_it_leaves_the_region(lanes: Pointer) -> None:
    lanes.click(at(lanes, "t1", BAR))
    lanes.key(Qt.Key.Key_Escape)
    assert lanes.arrangement.lane is None
    assert lanes.arrangement.selection.parts == {region_of(lanes).id}
    lanes.key(Qt.Key.Key_Escape)
    assert not lanes.arrangement.selection.parts


def test_keys_scroll_to_the_lane_they_come_to(lanes: Pointer) -> None:
    render(lanes, *(take(number) for number in range(3, 30)))
    lanes.select(region_of(lanes).id)
    for _ in range(30):
        lanes.key(Qt.Key.Key_Down, SHIFT)
    current, row = lanes.arrangement.lane, lanes.arrangement.rows.rows[0]
    assert current is not None
    assert current.at == 29
    bottom = lane_top(row, 30) - lanes.arrangement.top_px
    assert 0 < bottom <= lanes.lanes.height()


def test_the_menu_of_a_lane_is_about_its_take(lanes: Pointer) -> None:
    place = at(lanes, "t1", BAR)
    QTest.mouseClick(lanes.lanes, Qt.MouseButton.RightButton, NO_KEYS, place)
    for take_id, count in (("t1", 4), ("", 1)):
        spot = lane_at(lanes.arrangement, (place if take_id else QPoint(900, place.y())).toPointF())
        menu = lanes_menu(lanes.panel.commands, spot, lanes.panel)
        actions = [action for action in menu.actions() if action.text()]
        assert len(actions) == count
        assert actions[-1].objectName() == "track.lanes"
        if take_id:
            actions[0].trigger()
            assert played(lanes) == [(0, END, "t1")]


def test_what_plays_stands_out_in_its_lane(lanes: Pointer, qtbot: QtBot) -> None:
    arrangement, session = lanes.arrangement, lanes.arrangement.session
    sound = np.tile(np.array([0.9, -0.9], np.float32), (2, 2 * 44100))
    kept = session.takes.add(sound, 44100)
    loud = replace(take(9), sha256=kept.sha256, format=kept.format)
    render(lanes, loud)
    swipe = (region_of(lanes).id, "t9", Tick(BAR), Tick(END))
    session.edit("Comp", lambda song: swipe_take(song, *swipe))
    lanes.lanes.grab()
    qtbot.waitUntil(lambda: arrangement.peaks.of(loud) is not None)
    theme = arrangement.studio.look.colours
    places = [at(lanes, "t9", tick + 7) for tick in (BAR / 2, BAR * 1.5)]
    quiet, ink = (colour_at(lanes, place) for place in places)
    assert ink == colours.ink(theme, lanes.track().colour).name()
    assert quiet not in (ink, theme.window)


def test_a_take_that_comes_in_above_leaves_in_view_what_is_in_view(lanes: Pointer) -> None:
    lanes.panel.resize(1280, 200)
    QApplication.processEvents()
    lanes.arrangement.scroll_rows(lanes.arrangement.rows.rows[1].top)
    top = lanes.arrangement.top_px
    assert top == lanes.arrangement.rows.rows[1].top
    render(lanes, take(3), take(4))
    assert lanes.arrangement.top_px == top + 2 * LANE_PX
    lanes.arrangement.session.undo()
    assert lanes.arrangement.top_px == top


def test_of_many_lanes_only_those_in_view_are_looked_at(
    lanes: Pointer, monkeypatch: pytest.MonkeyPatch
) -> None:
    render(lanes, *(take(number) for number in range(3, 1000)))
    lanes.arrangement.scroll_rows(500 * LANE_PX)
    asked: list[str] = []
    monkeypatch.setattr(lanes.arrangement.peaks, "of", lambda each: asked.append(each.id))
    lanes.lanes.grab()
    assert 0 < len(asked) <= lanes.lanes.height() // LANE_PX + 2
    first = round((500 * LANE_PX - USUAL_PX) / LANE_PX)
    assert {f"t{999 - first - n}" for n in range(2, 6)} <= set(asked)
