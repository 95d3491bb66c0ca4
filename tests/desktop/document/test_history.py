"""Undo gives the very same song back."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from desktop.document.edits import add_region, add_take, add_track, remove_region
from desktop.document.history import History
from desktop.document.song import Song, Take
from desktop.document.time import Tick

TAKE = Take("a", "0" * 64, "flac", 100, 44100, "2026-01-01T00:00:00Z")


def test_undo_returns_the_very_same_song() -> None:
    before = add_track(Song(), "Lead")
    history = History.of(before).edited("Add track", add_track(before, "Bass"))
    assert history.undone().song is before


@given(st.lists(st.sampled_from(["edit", "undo", "redo"]), max_size=30))
def test_any_way_through_history_meets_the_same_songs(moves: list[str]) -> None:
    song = Song()
    history, past, future = History.of(song), [song], list[Song]()
    for n, move in enumerate(moves):
        if move == "edit":
            song = add_track(history.song, str(n))
            history, past, future = history.edited("Add track", song), [*past, song], []
        elif move == "undo":
            history = history.undone()
            if len(past) > 1:
                future.append(past.pop())
        else:
            history = history.redone()
            if future:
                past.append(future.pop())
        assert history.song is past[-1]


def test_the_names_of_what_would_be_undone_and_redone_are_known() -> None:
    history = History.of(Song())
    assert (history.undo_name, history.redo_name) == (None, None)
    history = history.edited("Add track", add_track(Song()))
    assert (history.undo_name, history.redo_name) == ("Add track", None)
    assert (history.undone().undo_name, history.undone().redo_name) == (None, "Add track")


def test_an_edit_that_changes_nothing_is_no_step() -> None:
    history = History.of(add_track(Song()))
    assert history.edited("Nothing", add_track(Song())) is history


def test_an_amended_step_keeps_its_name_and_the_steps_before_it() -> None:
    history = History.of(Song()).edited("Add track", add_track(Song()))
    amended = history.amended(add_track(history.song))
    assert (amended.undo_name, len(amended.song.tracks)) == ("Add track", 2)
    assert amended.undone().song is history.undone().song


def test_past_the_limit_the_oldest_songs_go() -> None:
    history = replace(History.of(Song()), limit=3)
    for n in range(5):
        history = history.edited(str(n), add_track(history.song))
    assert [step.name for step in history.steps] == ["2", "3", "4"]
    assert history.undone().undone().undone().song is history.steps[0].song


def test_a_finished_render_reaches_every_song_that_holds_the_region() -> None:
    empty = add_track(Song())
    with_region = add_region(empty, 1, Tick(0), Tick(10))
    without = remove_region(with_region, 2)
    history = History.of(empty).edited("Add", with_region).edited("Remove", without)
    taken = history.everywhere(lambda song: add_take(song, 2, TAKE))
    assert taken.song is without
    assert taken.undone().undone().song is empty
    assert taken.undone().song == add_take(with_region, 2, TAKE)
