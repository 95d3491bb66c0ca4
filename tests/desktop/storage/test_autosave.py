"""Autosave at the pace of its caller."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.document.song import Song
from desktop.storage.autosave import MAX_BEHIND_S, Autosave
from desktop.storage.errors import FileAccessError
from desktop.storage.project import Project, read_project


class Clock:
    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def autosave(project: Project, clock: Clock) -> Autosave:
    return Autosave(project, clock)


def test_an_edit_is_written_within_two_seconds(
    project: Project, autosave: Autosave, clock: Clock
) -> None:
    autosave.edited(Song("edited"))
    assert not autosave.tick()
    while not autosave.tick():
        clock.now_s += 0.5
    assert clock.now_s <= MAX_BEHIND_S
    assert read_project(project.folder).recovered == Song("edited")


class Recorder(Project):
    """A project that remembers its autosaves and writes nothing."""

    def __init__(self) -> None:
        self.written: list[Song] = []

    def autosave(self, song: Song) -> None:
        self.written.append(song)


@given(st.lists(st.floats(0, 0.5), min_size=1, max_size=40))
def test_edits_without_a_pause_are_never_left_behind(waits_s: list[float]) -> None:
    clock, project = Clock(), Recorder()
    autosave = Autosave(project, clock)
    edited_s: list[float] = []
    for n, wait_s in enumerate(waits_s):
        autosave.edited(Song(str(n)))
        edited_s.append(clock.now_s)
        clock.now_s += wait_s
        autosave.tick()
        oldest = int(project.written[-1].title) + 1 if project.written else 0
        assert all(clock.now_s - then_s <= MAX_BEHIND_S for then_s in edited_s[oldest:])


def test_nothing_is_written_when_nothing_was_edited(
    project: Project, autosave: Autosave, clock: Clock
) -> None:
    clock.now_s = 100
    assert not autosave.tick()
    assert not autosave.flush()
    assert not (project.folder / "autosave.json").exists()


def test_a_song_saved_in_the_meantime_is_not_autosaved(
    project: Project, autosave: Autosave
) -> None:
    autosave.edited(Song("edited"))
    project.save(Song("edited"))
    autosave.flush()
    assert not (project.folder / "autosave.json").exists()


def test_undoing_to_the_saved_song_leaves_nothing_to_recover(
    project: Project, autosave: Autosave
) -> None:
    for song in (Song("edited"), Song("first")):
        autosave.edited(song)
        autosave.flush()
    assert read_project(project.folder).recovered is None


def test_a_failed_autosave_is_tried_again_after_a_while(
    project: Project, autosave: Autosave, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise FileAccessError(Path("autosave.json"), "cannot be written", "free some space")

    autosave.edited(Song("edited"))
    clock.now_s = 1
    with monkeypatch.context() as patch:
        patch.setattr("desktop.storage.project.write_atomically", fail)
        with pytest.raises(FileAccessError):
            autosave.tick()
    assert not autosave.tick()
    clock.now_s = 2
    assert autosave.tick()
    assert read_project(project.folder).recovered == Song("edited")
