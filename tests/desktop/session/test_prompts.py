"""The user's prompts in an open project."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.document.edits import add_region, add_track
from desktop.document.song import Song, Take
from desktop.document.time import Tick
from desktop.prompts.library_file import MadeTake
from desktop.prompts.words import OWN, make_own
from desktop.session.prompts import PromptShelf, TakeMemory
from desktop.session.session import Session
from desktop.storage.project import Project


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    folder = tmp_path / "partimento"
    folder.mkdir()
    return folder


@pytest.fixture
def shelf(data: Path, qapp: object) -> PromptShelf:
    assert qapp
    assert data.exists()
    return PromptShelf()


@pytest.fixture
def session(tmp_path: Path, qapp: object) -> Iterator[Session]:
    assert qapp
    song = add_region(add_track(Song()), 1, Tick(0), Tick(960), "other by now")
    made = Session(Project.create(tmp_path / "A.partimento", song))
    yield made
    made.close()


def take(name: str, recipe: object) -> Take:
    return Take(name, "a" * 64, "flac", 9, 44100, "2026-01-01T00:00:00Z", json.dumps(recipe))


def test_nothing_is_opened_before_it_is_wanted(shelf: PromptShelf, data: Path) -> None:
    assert not (data / "prompts.sqlite").exists()
    assert shelf.library.search("piano")
    assert (data / "prompts.sqlite").exists()


def test_changes_are_announced_and_refusals_said(shelf: PromptShelf) -> None:
    changes, said = [], list[str]()
    shelf.changed.connect(lambda: changes.append(1))
    shelf.failed.connect(said.append)
    assert shelf.change(lambda library: library.add("flute"))
    assert not shelf.change(lambda library: library.add(" "))
    assert (len(changes), len(said)) == (1, 1)
    assert "say something" in said[0]


def test_a_damaged_library_is_said_and_another_one_used(shelf: PromptShelf, data: Path) -> None:
    (data / "prompts.sqlite").write_text("no library")
    said: list[str] = []
    shelf.failed.connect(said.append)
    assert shelf.library.search("piano")
    assert "is damaged" in said[0]


def test_a_wrong_table_of_words_is_said_and_the_shipped_one_used(
    shelf: PromptShelf, data: Path
) -> None:
    (data / "words.toml").write_text("[")
    said: list[str] = []
    shelf.failed.connect(said.append)
    assert shelf.translate("sad").startswith("sad")
    assert "words.toml" in said[0]


def test_the_users_own_words_are_used(shelf: PromptShelf, data: Path) -> None:
    (data / "words.toml").write_text('[scene.harbour]\nen = ["harbour"]\nbpm = 81\n')
    assert shelf.translate("harbour") == "harbour, 81 BPM"


def test_words_that_the_user_changes_hold_at_once(shelf: PromptShelf) -> None:
    assert shelf.translate("harbour") == "harbour"
    make_own(shelf.words_file)
    assert shelf.translate("harbour") == "harbour"
    before = shelf.words
    assert shelf.words is before
    shelf.words_file.write_text(OWN.split("#\n")[1].replace("# ", ""))  # its example
    assert shelf.translate("harbour").startswith("harbour, accordion and double bass")
    shelf.words_file.unlink()
    assert shelf.translate("harbour") == "harbour"


def test_takes_are_remembered_under_the_prompt_that_made_them(
    shelf: PromptShelf, session: Session
) -> None:
    memory = TakeMemory(session, shelf)
    prompt = shelf.library.add("warm flute")
    recipe = {"requests": [{"prompt": "x"}, {"prompt": "warm flute"}], "chain_index": 1}
    session.keep_takes([(2, take("made", recipe)), (2, take("imported", {}))])
    made = (MadeTake(str(session.folder), "a" * 64),)
    assert shelf.library.takes(prompt.id) == made
    session.undo()
    session.redo()
    session.edit("Star", lambda song: replace(song, title="B"))
    assert shelf.library.takes(prompt.id) == made
    assert memory.parent() is None
