"""Drags and clicks in the lanes, and what they make of the song."""

from PySide6.QtCore import QPoint, Qt

from desktop.document.edits import add_clip
from desktop.document.time import PPQ, Tick
from tests.ui.timeline.pointer import Pointer
from ui.shared.snap import DIVISIONS

BAR = 4 * PPQ
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
REGIONS = 0.8  # how deep in a row of clips and regions the regions lie


def test_a_clip_moves_with_its_notes_and_keeps_to_the_grid(hand: Pointer) -> None:
    notes = hand.track().clips[0].notes
    hand.drag(hand.at(PPQ), hand.at(PPQ + 500), hand.at(PPQ + BAR + 50))
    (clip,) = hand.track().clips
    assert (clip.start, clip.length, clip.notes) == (BAR, 2 * BAR, notes)
    assert hand.arrangement.session.history.undo_name == "Move"


def test_shift_leaves_the_grid(hand: Pointer) -> None:
    hand.drag(hand.at(PPQ), hand.at(PPQ + 1000), keys=SHIFT)
    assert hand.track().clips[0].start == 1000


def test_without_grid_a_clip_goes_anywhere(hand: Pointer) -> None:
    off = next(division for division in DIVISIONS if division.ticks is None)
    hand.arrangement.studio.snap.use(off)
    hand.drag(hand.at(PPQ), hand.at(PPQ + 1000))
    assert hand.track().clips[0].start == 1000


def test_triplets_are_lines_of_the_grid_too(hand: Pointer) -> None:
    triplets = next(division for division in DIVISIONS if division.name == "1/8T")
    hand.arrangement.studio.snap.use(triplets)
    hand.drag(hand.at(PPQ), hand.at(PPQ + 340))
    assert hand.track().clips[0].start == 320


def test_a_clip_goes_to_another_track(hand: Pointer) -> None:
    clip_id = hand.track().clips[0].id
    hand.drag(hand.at(PPQ), hand.at(PPQ, row=1))
    assert hand.track().clips == ()
    assert [clip.id for clip in hand.track(1).clips] == [clip_id]
    assert hand.track(1).clips[0].start == 0


def test_ctrl_leaves_the_clip_and_drags_a_copy_that_is_then_selected(hand: Pointer) -> None:
    hand.drag(hand.at(PPQ), hand.at(PPQ + 2 * BAR), keys=CTRL)
    first, copy = hand.track().clips
    assert (first.start, copy.start) == (0, 2 * BAR)
    assert copy.notes == first.notes
    assert hand.arrangement.selection.parts == {copy.id}


def test_a_region_moves_alone(hand: Pointer) -> None:
    hand.drag(hand.at(PPQ, depth=REGIONS), hand.at(PPQ + BAR, depth=REGIONS))
    assert hand.track().regions[0].start == BAR
    assert hand.track().clips[0].start == 0


def test_an_edge_resizes(hand: Pointer) -> None:
    hand.drag(hand.at(2 * BAR) - QPoint(2, 0), hand.at(3 * BAR))
    assert hand.track().clips[0].length == 3 * BAR


def test_the_left_edge_cuts_what_lies_before_it_and_leaves_the_rest_in_time(hand: Pointer) -> None:
    hand.drag(hand.at(0) + QPoint(2, 0), hand.at(PPQ))
    clip = hand.track().clips[0]
    assert (clip.start, clip.end) == (PPQ, 2 * BAR)
    assert [(note.start, note.pitch) for note in clip.notes] == [(0, 64), (PPQ, 67), (2 * PPQ, 72)]


def test_several_parts_move_together(hand: Pointer) -> None:
    lead = hand.track()
    hand.select(lead.clips[0].id, lead.regions[0].id)
    hand.drag(hand.at(PPQ), hand.at(PPQ + BAR))
    assert hand.track().clips[0].start == hand.track().regions[0].start == BAR


def test_a_drag_is_one_step_and_escape_gives_it_up(hand: Pointer) -> None:
    before = hand.song
    hand.drag(hand.at(PPQ), hand.at(PPQ + BAR), lets_go=False)
    assert hand.track().clips[0].start == BAR
    hand.key(Qt.Key.Key_Escape)
    assert hand.song is before
    hand.drag(hand.at(PPQ), hand.at(PPQ + BAR), hand.at(PPQ + 2 * BAR), hand.at(PPQ + BAR))
    hand.arrangement.session.undo()
    assert hand.song is before


def test_a_clip_is_added_while_another_is_copied_by_a_drag(hand: Pointer) -> None:
    hand.arrangement.choose_track(hand.track().id)
    hand.drag(hand.at(PPQ), hand.at(PPQ + 4 * BAR), keys=CTRL, lets_go=False)
    hand.arrangement.studio.actions["timeline.add_clip"].trigger()
    added = hand.arrangement.session.history.song.tracks[0].clips[-1]
    assert hand.arrangement.selection.clip_id == added.id


def test_a_click_selects_and_shift_adds(hand: Pointer) -> None:
    lead = hand.track()
    hand.click(hand.at(PPQ))
    assert hand.arrangement.selection.parts == {lead.clips[0].id}
    assert hand.arrangement.selection.clip_id == lead.clips[0].id
    hand.click(hand.at(PPQ, depth=REGIONS), SHIFT)
    assert hand.arrangement.selection.parts == {lead.clips[0].id, lead.regions[0].id}
    hand.click(hand.at(PPQ), CTRL)
    assert hand.arrangement.selection.parts == {lead.regions[0].id}
    hand.click(hand.at(6 * BAR))
    assert hand.arrangement.selection.parts == frozenset()


def test_a_rubber_band_takes_what_it_touches(hand: Pointer) -> None:
    lead, bass = hand.track(), hand.track(1).id
    hand.arrangement.session.edit("Clip", lambda s: add_clip(s, bass, Tick(BAR), Tick(BAR)))
    clip = hand.track(1).clips[0]
    hand.drag(hand.at(5 * BAR, depth=REGIONS), hand.at(1.5 * BAR, row=1))
    assert hand.arrangement.selection.parts == {lead.regions[0].id, clip.id}


def test_a_double_click_on_nothing_makes_a_clip_of_that_bar_and_opens_it(
    hand: Pointer,
) -> None:
    opened: list[int] = []
    hand.panel.clip_opened.connect(opened.append)
    hand.double_click(hand.at(BAR + PPQ, row=1))
    (clip,) = hand.track(1).clips
    assert (clip.start, clip.length) == (BAR, BAR)
    assert opened == [clip.id] == [hand.arrangement.selection.clip_id]


def test_a_double_click_on_a_clip_opens_it(hand: Pointer) -> None:
    opened: list[int] = []
    hand.panel.clip_opened.connect(opened.append)
    hand.double_click(hand.at(PPQ))
    assert opened == [hand.track().clips[0].id]


def test_alt_draws_a_region_even_over_a_clip(hand: Pointer) -> None:
    hand.drag(hand.at(2 * BAR + 10), hand.at(4 * BAR - 10), keys=ALT)
    region = hand.track().regions[-1]
    assert (region.start, region.end) == (2 * BAR, 4 * BAR)
    assert hand.arrangement.selection.parts == {region.id}


def test_the_draw_tool_draws_a_clip(hand: Pointer) -> None:
    hand.key(Qt.Key.Key_B)
    assert hand.panel.commands["draw"].isChecked()
    hand.drag(hand.at(BAR + 20, row=1), hand.at(3 * BAR - 20, row=1))
    (clip,) = hand.track(1).clips
    assert (clip.start, clip.end) == (BAR, 3 * BAR)
    hand.key(Qt.Key.Key_B)
    assert hand.arrangement.tool == "select"


def test_regions_do_not_overlap_and_it_is_said(hand: Pointer) -> None:
    hand.drag(hand.at(2 * BAR + 10), hand.at(4 * BAR - 10), keys=ALT)
    said: list[str] = []
    hand.arrangement.session.said.connect(said.append)
    hand.drag(hand.at(3 * BAR, depth=REGIONS), hand.at(2 * BAR, depth=REGIONS))
    assert [region.start for region in hand.track().regions] == [0, 2 * BAR]
    assert any("overlap" in sentence for sentence in said)
