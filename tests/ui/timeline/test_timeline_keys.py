"""Keys, actions and the wheel over the timeline."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from desktop.document.edits import add_clip, change_track
from desktop.document.time import PPQ, Tick
from tests.ui.timeline.pointer import Pointer
from ui.shared.snap import DIVISIONS

BAR = 4 * PPQ
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
KEY = Qt.Key


@pytest.fixture
def said(hand: Pointer) -> list[str]:
    found: list[str] = []
    hand.arrangement.session.said.connect(found.append)
    return found


def test_split_cuts_the_selected_parts_at_the_playhead(hand: Pointer) -> None:
    lead = hand.track()
    hand.select(lead.clips[0].id, lead.regions[0].id)
    hand.arrangement.transport.go_to(BAR)
    hand.key(KEY.Key_E, CTRL)
    assert [(c.start, c.end) for c in hand.track().clips] == [(0, BAR), (BAR, 2 * BAR)]
    assert [(r.start, r.end) for r in hand.track().regions] == [(0, BAR), (BAR, 2 * BAR)]


def test_join_makes_one_clip_of_two(hand: Pointer) -> None:
    notes = [(note.start, note.pitch) for note in hand.track().clips[0].notes]
    hand.select(hand.track().clips[0].id)
    hand.arrangement.transport.go_to(2 * PPQ)
    hand.key(KEY.Key_E, CTRL)
    hand.select(*(clip.id for clip in hand.track().clips))
    hand.key(KEY.Key_J, CTRL)
    (clip,) = hand.track().clips
    assert (clip.start, clip.end) == (0, 2 * BAR)
    assert [(note.start, note.pitch) for note in clip.notes] == notes


def test_regions_that_touch_join(hand: Pointer) -> None:
    region = hand.track().regions[0]
    hand.select(region.id)
    hand.arrangement.transport.go_to(BAR)
    hand.key(KEY.Key_E, CTRL)
    hand.select(*(part.id for part in hand.track().regions))
    hand.key(KEY.Key_J, CTRL)
    assert hand.track().regions == (region,)


def test_duplicate_repeats_behind_and_again(hand: Pointer) -> None:
    hand.select(hand.track().clips[0].id)
    hand.key(KEY.Key_D, CTRL)
    hand.key(KEY.Key_D, CTRL)
    assert [clip.start for clip in hand.track().clips] == [0, 2 * BAR, 4 * BAR]


def test_delete_takes_away_what_is_selected(hand: Pointer) -> None:
    hand.select(hand.track().clips[0].id)
    hand.key(KEY.Key_Delete)
    assert hand.track().clips == ()
    assert len(hand.track().regions) == 1


def test_copy_and_paste_go_to_the_playhead_of_the_selected_track(hand: Pointer) -> None:
    clip = hand.track().clips[0]
    hand.select(clip.id)
    hand.key(KEY.Key_C, CTRL)
    hand.arrangement.choose_track(hand.track(1).id)
    hand.arrangement.transport.go_to(BAR)
    hand.key(KEY.Key_V, CTRL)
    (pasted,) = hand.track(1).clips
    assert (pasted.start, pasted.notes) == (BAR, clip.notes)
    assert hand.track().clips == (clip,)


def test_cut_parts_can_be_pasted_after_they_are_gone(hand: Pointer) -> None:
    hand.select(hand.track().clips[0].id)
    hand.key(KEY.Key_X, CTRL)
    assert hand.track().clips == ()
    hand.arrangement.transport.go_to(3 * BAR)
    hand.key(KEY.Key_V, CTRL)
    assert [clip.start for clip in hand.track().clips] == [3 * BAR]


def test_select_all_takes_clips_and_regions_of_all_tracks(hand: Pointer) -> None:
    hand.key(KEY.Key_A, CTRL)
    lead = hand.track()
    assert hand.arrangement.selection.parts == {lead.clips[0].id, lead.regions[0].id}


def test_arrows_move_by_the_grid_and_between_tracks(hand: Pointer) -> None:
    hand.arrangement.studio.snap.use(DIVISIONS[1])
    hand.select(hand.track().clips[0].id)
    hand.key(KEY.Key_Right)
    hand.key(KEY.Key_Right)
    hand.key(KEY.Key_Left)
    hand.key(KEY.Key_Down)
    assert hand.track(1).clips[0].start == PPQ
    hand.key(KEY.Key_Down)
    assert len(hand.track(1).clips) == 1


def test_alt_and_arrows_select(hand: Pointer) -> None:
    hand.key(KEY.Key_Down, ALT)
    assert hand.arrangement.selection.track_id == hand.track().id
    hand.key(KEY.Key_Right, ALT)
    hand.key(KEY.Key_Right, ALT)
    assert hand.arrangement.selection.parts == {hand.track().regions[0].id}
    hand.key(KEY.Key_Down, ALT)
    assert hand.arrangement.selection.track_id == hand.track(1).id


def test_nothing_selected_is_said(hand: Pointer, said: list[str]) -> None:
    before = hand.song
    for key in (KEY.Key_D, KEY.Key_J, KEY.Key_E, KEY.Key_V):
        hand.key(key, CTRL)
    hand.key(KEY.Key_Delete)
    assert hand.song is before
    assert len(said) == 5


def test_a_region_goes_over_what_is_selected(hand: Pointer) -> None:
    bass = hand.track(1).id
    edit = hand.arrangement.session.edit
    edit("Clip", lambda song: add_clip(song, bass, Tick(BAR), Tick(3 * BAR)))
    hand.select(hand.track(1).clips[0].id)
    hand.key(KEY.Key_R, CTRL)
    (region,) = hand.track(1).regions
    assert (region.start, region.end) == (BAR, 4 * BAR)


def test_return_opens_the_selected_clip(hand: Pointer) -> None:
    opened: list[int] = []
    hand.panel.clip_opened.connect(opened.append)
    clip = hand.track().clips[0].id
    hand.select(clip)
    hand.key(KEY.Key_Return)
    assert opened == [clip]


def test_zoom_to_the_selection_and_to_the_song(hand: Pointer) -> None:
    scale, width = hand.arrangement.scale, hand.lanes.width()
    hand.select(hand.track().clips[0].id)
    hand.key(KEY.Key_Z)
    assert scale.x(0) >= 0
    assert width * 0.9 < scale.x(2 * BAR) - scale.x(0) < width
    hand.key(KEY.Key_Z, SHIFT)
    assert scale.x(4 * BAR) <= width
    before = scale.pixels_per_tick
    hand.key(KEY.Key_Equal)
    assert scale.pixels_per_tick > before
    hand.key(KEY.Key_Minus)
    assert scale.pixels_per_tick == pytest.approx(before)


def test_ctrl_and_the_wheel_zoom_around_the_pointer(hand: Pointer) -> None:
    at = hand.at(BAR)
    hand.wheel(3, at, CTRL)
    assert hand.arrangement.scale.x(BAR) == pytest.approx(at.x(), abs=1.5)
    assert hand.arrangement.scale.pixels_per_tick > 0.05


def test_alt_and_the_wheel_change_the_height_of_one_track(hand: Pointer) -> None:
    hand.wheel(2, hand.at(BAR), ALT)
    assert [row.height for row in hand.arrangement.rows.rows] == [80, 64]
    hand.wheel(-40, hand.at(BAR), ALT)
    assert hand.arrangement.rows.rows[0].height == 24


def test_the_view_turns_with_the_playhead_unless_it_does_not_follow(hand: Pointer) -> None:
    transport, scale = hand.arrangement.transport, hand.arrangement.scale
    transport.report_playing(True)
    transport.report_position(40 * BAR)
    assert 0 <= scale.x(40 * BAR) <= hand.lanes.width()
    transport.follows = False
    transport.report_position(0.0)
    assert scale.x(0) < 0


def test_a_playhead_that_stands_comes_into_view_where_it_is_sent(hand: Pointer) -> None:
    transport, scale = hand.arrangement.transport, hand.arrangement.scale
    transport.go_to(40 * BAR)
    assert 0 <= scale.x(40 * BAR) <= hand.lanes.width()
    transport.go_to(0)
    assert scale.x(0) == 0
    transport.go_to(scale.tick(hand.lanes.width() - 1))  # in view already
    assert scale.x(0) == 0


def test_a_new_track_is_named_by_its_place_unless_that_name_is_taken(hand: Pointer) -> None:
    commands = hand.panel.commands.tracks
    commands["add"].trigger()
    assert hand.track(2).name == "Track 3"
    commands.name(hand.track(0).id, "Track 4")
    commands["add"].trigger()
    assert hand.track(3).name == "Track 5"


def test_tracks_have_their_keys(hand: Pointer) -> None:
    commands = hand.panel.commands.tracks
    commands["add"].trigger()
    added = hand.track(2)
    assert hand.arrangement.selection.track_id == added.id
    for name in ("mute", "solo", "arm"):
        commands[name].trigger()
    assert (hand.track(2).mute, hand.track(2).solo) == (True, True)
    assert hand.arrangement.transport.armed == {added.id}
    commands["monitor"].trigger()
    assert hand.arrangement.transport.monitored == frozenset()
    commands["up"].trigger()
    assert hand.track(1).id == added.id
    commands["delete"].trigger()
    assert added.id not in {track.id for track in hand.song.tracks}
    assert hand.arrangement.transport.armed == frozenset()


def test_a_marker_is_put_at_the_playhead(hand: Pointer) -> None:
    hand.arrangement.transport.go_to(BAR)
    hand.key(KEY.Key_M)
    assert [marker.tick for marker in hand.song.markers] == [BAR]


def test_every_action_of_the_timeline_has_a_tip_and_no_key_twice(hand: Pointer) -> None:
    keys: dict[str, str] = {}
    for registered in hand.arrangement.studio.actions:
        action: QAction = registered.action
        assert action.toolTip()
        for key in registered.default_keys:
            assert key not in keys, (registered.id, keys[key])
            keys[key] = registered.id


def test_a_muted_track_looks_other(hand: Pointer) -> None:
    before = hand.lanes.grab().toImage()
    track = hand.track().id
    mute = hand.arrangement.session.edit
    mute("Mute", lambda s: change_track(s, track, lambda t: replace(t, mute=True)))
    assert hand.lanes.grab().toImage() != before
