"""The open project: steps, previews, what is saved."""

import os
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from pytestqt.qtbot import QtBot

from desktop.document.comping import swipe_take
from desktop.document.edits import add_region, add_track, change_track, remove_track
from desktop.document.song import Song, Take
from desktop.document.time import PPQ, Tick
from desktop.session.selection import Selection
from desktop.session.session import Session
from desktop.storage.project import Project, read_project


@pytest.fixture
def session(tmp_path: Path, qapp: object) -> Iterator[Session]:
    assert qapp  # timers need an application
    made = Session(Project.create(tmp_path / "A.partimento", Song()))
    yield made
    made.close()


def test_undo_returns_the_very_same_song(session: Session) -> None:
    before = session.song
    assert session.edit("Add track", add_track)
    session.undo()
    assert session.song is before
    session.redo()
    assert len(session.song.tracks) == 1


def test_a_drag_is_shown_at_once_and_is_one_step(session: Session) -> None:
    for name in ("A", "B", "C"):
        session.preview(partial(add_track, name=name))
    assert [track.name for track in session.song.tracks] == ["C"]
    assert session.history.undo_name is None
    session.commit("Add track")
    assert session.history.undo_name == "Add track"
    session.undo()
    assert not session.song.tracks


def test_a_drag_that_is_given_up_leaves_no_trace(session: Session) -> None:
    before = session.song
    session.preview(add_track)
    session.cancel_preview()
    session.commit("Add track")
    assert session.song is before
    assert session.history.undo_name is None


def test_what_grows_while_it_lasts_is_one_step(session: Session) -> None:
    made = None
    for name in ("A", "B"):
        made = session.amend("Record", partial(add_track, name=name), made)
    assert [track.name for track in session.song.tracks] == ["A", "B"]
    session.undo()
    assert not session.song.tracks


def test_what_grows_goes_on_as_a_step_of_its_own_after_an_edit_or_an_undo(session: Session) -> None:
    made = session.amend("Record", partial(add_track, name="A"), None)
    session.edit("Add track", partial(add_track, name="B"))
    made = session.amend("Record", partial(add_track, name="C"), made)
    assert [step.name for step in session.history.steps[1:]] == ["Record", "Add track", "Record"]
    session.undo()
    session.amend("Record", partial(add_track, name="D"), made)
    assert [track.name for track in session.song.tracks] == ["A", "B", "D"]


def test_a_drag_goes_on_over_what_grows(session: Session) -> None:
    session.preview(partial(add_track, name="Dragged"))
    session.amend("Record", partial(add_track, name="A"), None)
    assert [track.name for track in session.song.tracks] == ["A", "Dragged"]
    session.commit("Add track")
    assert [step.name for step in session.history.steps[1:]] == ["Record", "Add track"]
    assert session.amend("Record", partial(remove_track, track_id=99), None) is None


def test_a_drag_goes_on_over_a_take_that_comes_in(session: Session) -> None:
    session.edit("Add track", add_track)
    change = partial(add_region, track_id=1, start=Tick(0), end=Tick(PPQ), prompt="calm")
    session.edit("Add region", change)
    take = Take("one", "0" * 64, "flac", 10, 44100, "2026-01-01T00:00:00+00:00")
    session.preview(partial(change_track, track_id=1, change=lambda t: replace(t, name="Dragged")))
    session.keep_takes([(2, take)])
    assert session.song.tracks[0].name == "Dragged"
    session.commit("Drag")
    (region,) = session.song.tracks[0].regions
    assert (region.takes, region.active_take) == ((take,), "one")
    assert [step.name for step in session.history.steps[3:]] == ["New take", "Drag"]


def test_a_comp_goes_on_when_another_take_comes_in(session: Session) -> None:
    session.edit("Add track", add_track)
    change = partial(add_region, track_id=1, start=Tick(0), end=Tick(PPQ), prompt="calm")
    session.edit("Add region", change)
    takes = [Take(name, "0" * 64, "flac", 10, 44100, "2026") for name in ("one", "two", "new")]
    session.keep_takes([(2, take) for take in takes[:2]])
    swipe = partial(swipe_take, region_id=2, take_id="one", start=Tick(0), end=Tick(9))
    session.edit("Comp", swipe)
    comp = session.song.tracks[0].regions[0].comp
    session.keep_takes([(2, takes[2])])
    (region,) = session.song.tracks[0].regions
    assert (region.takes[2], region.comp, region.active_take) == (takes[2], comp, "two")
    assert comp is not None


def test_an_edit_that_cannot_be_done_says_why_and_changes_nothing(
    session: Session, qtbot: QtBot
) -> None:
    before = session.song
    with qtbot.waitSignal(session.failed) as failed:
        assert not session.edit("Remove track", partial(remove_track, track_id=99))
    assert "99" in failed.args[0]
    assert session.song is before


def test_a_change_is_announced_with_the_songs_before_and_after(
    session: Session, qtbot: QtBot
) -> None:
    before = session.song
    with qtbot.waitSignal(session.song_changed) as changed:
        session.edit("Add track", add_track)
    assert changed.args[0] is before
    assert changed.args[1] is session.song


def test_what_is_removed_is_no_longer_selected(session: Session) -> None:
    session.edit("Add track", add_track)
    track_id = session.song.tracks[0].id
    session.select(Selection(track_id=track_id))
    session.edit("Remove track", partial(remove_track, track_id=track_id))
    assert session.selection == Selection()


def test_who_hears_of_a_change_finds_nothing_selected_that_is_gone(session: Session) -> None:
    session.edit("Add track", add_track)
    track_id = session.song.tracks[0].id
    session.select(Selection(track_id=track_id))
    heard = list[object]()
    session.song_changed.connect(lambda *_: heard.append(session.selection.track_id))
    session.selection_changed.connect(heard.append)
    session.edit("Remove track", lambda song: remove_track(song, track_id))
    assert heard == [None, Selection()]


def test_a_disk_that_refuses_the_last_autosave_keeps_nobody_from_closing(tmp_path: Path) -> None:
    session = Session(Project.create(tmp_path / "B.partimento", Song()))
    told: list[str] = []
    session.failed.connect(told.append)
    session.edit("Add track", add_track)
    (session.folder / "autosave.json").mkdir()
    session.close()
    assert "autosave.json" in told[0]
    Project.open(session.folder).close()  # is locked no more


def test_an_edit_is_on_disk_without_being_saved(session: Session, qtbot: QtBot) -> None:
    session.edit("Add track", add_track)
    qtbot.waitUntil(lambda: read_project(session.folder).recovered == session.song, timeout=2500)
    assert read_project(session.folder).song == Song()


def test_a_saved_song_is_what_song_json_holds(session: Session) -> None:
    session.edit("Add track", add_track)
    assert not session.is_saved
    assert session.save()
    assert session.is_saved
    assert read_project(session.folder).song == session.song
    session.undo()
    assert not session.is_saved
