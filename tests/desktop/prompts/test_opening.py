"""The user's library opens whatever became of its file; what it starts with is of use."""

import os
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from desktop.prompts.library import DamagedLibraryError, Library, LibraryError
from desktop.prompts.library_file import SHIPPED, read_prompts
from desktop.prompts.opening import open_library, user_file
from desktop.prompts.wording import language_of
from desktop.prompts.words import load_words
from desktop.rendering.packs import DEFAULT_PACK, bundled_folder
from inference.pack import load_pack


def test_a_new_library_has_the_starter_set_once(tmp_path: Path) -> None:
    path = tmp_path / "data" / "prompts.sqlite"
    opened = open_library(path)
    with opened.library as library:
        prompts = library.search(limit=1000)
        assert len(prompts) == len(read_prompts(SHIPPED)) >= 80
        for prompt in prompts:
            library.remove(prompt.id)
    again = open_library(path)
    with again.library as library:
        assert (again.problem, library.search()) == ("", ())


@pytest.mark.parametrize("damage", ["garbage", "cut", "zeros", "foreign"])
def test_a_damaged_library_is_kept_aside_and_the_program_goes_on(
    tmp_path: Path, damage: str
) -> None:
    path = tmp_path / "prompts.sqlite"
    with open_library(path).library as library:
        library.add("mine")
    data = path.read_bytes()
    if damage == "foreign":
        path.unlink()
        db = sqlite3.connect(path)
        db.execute("CREATE TABLE prompts (x)")
        db.close()
    else:
        zeros = data[:4096] + bytes(len(data) - 4096)
        path.write_bytes({"garbage": b"no database", "cut": data[:5000], "zeros": zeros}[damage])
    damaged = path.read_bytes()
    opened = open_library(path)
    with opened.library as library:
        (aside,) = tmp_path.glob("prompts.damaged-*.sqlite")
        assert aside.read_bytes() == damaged
        assert str(path) in opened.problem
        assert aside.name in opened.problem
        library.add("new")
        assert library.path == path
    with Library(path) as library:
        assert library.find("new") is not None


def test_without_a_place_for_it_the_library_lives_while_the_program_does(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    opened = open_library(tmp_path / "data" / "prompts.sqlite")
    with opened.library as library:
        assert "will be gone" in opened.problem
        assert library.search("piano")
        library.add("mine")


@pytest.mark.skipif(os.name != "posix", reason="the variable is one of XDG's")
def test_the_library_lies_in_the_users_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert user_file() == Path("/data/partimento/prompts.sqlite")


def test_prompts_to_start_with_are_such_as_the_embedded_model_reads() -> None:
    words = load_words()
    pack = load_pack(bundled_folder() / DEFAULT_PACK)
    assert pack.manifest.text is not None
    tokenizer = Tokenizer.from_file(str(pack.folder / pack.manifest.text.tokenizer))
    prompts = read_prompts(SHIPPED)
    for prompt in prompts:
        kinds = {found.word.kind for found in words.find(prompt.text)}
        assert len(kinds & {"instrument", "style", "mood", "tempo", "sound"}) >= 2, prompt.text
        assert prompt.tags
        assert len(tokenizer.encode(prompt.text).ids) <= pack.manifest.text.max_tokens
    languages = [language_of(prompt.text) for prompt in prompts]
    assert min(languages.count("en"), languages.count("zh")) >= 25


@pytest.mark.parametrize("seed", range(20))
def test_of_a_library_with_changed_bytes_the_damage_is_told(tmp_path: Path, seed: int) -> None:
    path, chance = tmp_path / "prompts.sqlite", random.Random(seed)
    open_library(path).library.close()
    data = bytearray(path.read_bytes())
    for _ in range(20):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(data)
    opened = open_library(path)
    told = [opened.problem] if opened.problem else []
    with opened.library as library:
        for use in (library.search, library.tags, library.kept, lambda: library.add("mine")):
            try:
                use()
            except LibraryError as error:
                told.append(str(error))
    assert all("prompts.sqlite" in said for said in told)


@pytest.mark.parametrize("change", ["text = x'00ff'", "tags = x'00ff'", "tags = 'a' || x'ff'"])
def test_bytes_in_place_of_text_are_damage(tmp_path: Path, change: str) -> None:
    path = tmp_path / "prompts.sqlite"
    open_library(path).library.close()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(f"UPDATE prompts SET {change} WHERE id = 1")
    with open_library(path).library as library:
        for use in (library.search, library.tags, library.kept):
            with pytest.raises(DamagedLibraryError, match="is damaged"):
                use()
