"""The library of prompts: found as one types, ranked, and safe from whatever happens to it."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.prompts import library as module
from desktop.prompts.library import DamagedLibraryError, Library, LibraryError
from desktop.prompts.library_file import Kept, MadeTake, read_prompts, write_prompts
from desktop.storage.errors import StorageError

WRITER = Path(__file__).with_name("writer.py")
HASH = "a" * 64
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
said = texts.map(str.strip).filter(bool)
tags = st.lists(st.sampled_from(["calm", "钢琴", "lead"]), max_size=3, unique=True).map(tuple)
takes = st.lists(st.sampled_from(["/a", "/b"]), max_size=2, unique=True).map(
    lambda songs: tuple(MadeTake(song, HASH) for song in sorted(songs))
)
kept = st.builds(
    Kept, said, tags, st.integers(0, 5), st.integers(0, 99), st.floats(0, 3000),
    st.integers(0, 99), takes,
)  # fmt: skip


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "prompts.sqlite") as made:
        yield made


def found(library: Library, words: str = "", tag: str = "") -> list[str]:
    return [prompt.text for prompt in library.search(words, tag)]


def test_words_are_found_in_any_order_case_and_width(library: Library) -> None:
    library.add("Warm Flute, calm", ("lead",))
    library.add("cold strings")
    for words in ("flute warm", "WARM", "flu", "ｗａｒｍ", "lead calm", ""):
        assert "Warm Flute, calm" in found(library, words)
    assert found(library, "flute strings") == []


def test_chinese_is_found_without_spaces_and_what_stands_together_comes_first(
    library: Library,
) -> None:
    library.add("钢琴，悲伤的曲子")
    library.add("悲伤钢琴")
    library.add("快乐的钢琴")
    assert found(library, "悲伤钢琴") == ["悲伤钢琴", "钢琴，悲伤的曲子"]
    assert len(found(library, "琴")) == 3


def test_signs_of_sql_are_letters_like_others(library: Library) -> None:
    library.add("100% 'dry' _close_")
    for words in ("%", "_", "'dry'", '"', "\\", "0%"):
        assert found(library, words) == (["100% 'dry' _close_"] if words in "100% 'dry'_" else [])


@given(st.text(max_size=3000))
def test_any_words_may_be_looked_for(words: str) -> None:
    with Library(":memory:") as library:
        library.add("calm")
        assert set(found(library, words)) <= {"calm"}


def test_tags_are_a_filter_and_are_counted(library: Library) -> None:
    library.add("flute", ("calm", "lead"))
    library.add("piano", ("calm",))
    assert library.tags() == ("calm", "lead")
    assert found(library, tag="lead") == ["flute"]
    assert found(library, tag="lea") == []
    prompt = library.search("piano")[0]
    library.set_tags(prompt.id, ["dark", " dark ", "", "slow，wide"])
    assert library.search("wide")[0].tags == ("dark", "slow", "wide")
    assert library.search("calm")[0].text == "flute"


def test_adding_again_keeps_one_prompt_and_adds_tags(library: Library) -> None:
    first = library.add("flute", ("calm",))
    again = library.add(" flute ", ("lead",))
    assert (again.id, again.tags) == (first.id, ("calm", "lead"))
    assert found(library) == ["flute"]


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_a_prompt_must_say_something(library: Library, text: str) -> None:
    with pytest.raises(ValueError, match="must say something"):
        library.add(text)
    assert found(library) == []


def test_stars_uses_and_wins_rank(library: Library) -> None:
    for text in ("a", "b", "c", "d"):
        library.add(text)
    library.rate(library.search("c")[0].id, 1)
    for _ in range(3):
        library.use("b")
    library.use("unknown")
    assert found(library) == ["c", "b", "a", "d"]
    for _ in range(5):
        library.record_win("d", "c")
    assert found(library)[0] == "d"
    assert found(library)[-1] == "c"


def test_a_win_moves_fewer_points_the_more_it_was_expected(library: Library) -> None:
    library.record_win("strong", "weak")
    strong, weak = library.search("strong")[0], library.search("weak")[0]
    assert (strong.elo, weak.elo, strong.compared) == (1516, 1484, 1)
    library.record_win("strong", "weak")
    assert 0 < library.search("strong")[0].elo - 1516 < 16


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), max_size=20))
def test_wins_give_and_take_the_same_points(wins: list[tuple[str, str]]) -> None:
    with Library(":memory:") as library:
        for winner, loser in wins:
            if winner != loser:
                library.record_win(winner, loser)
        prompts = library.search()
        assert sum(prompt.elo for prompt in prompts) == pytest.approx(1500 * len(prompts))


def test_a_prompt_does_not_win_over_itself(library: Library) -> None:
    with pytest.raises(ValueError, match="itself"):
        library.record_win("a", " a")
    assert found(library) == []


def test_takes_are_remembered_once_and_go_with_the_prompt(library: Library) -> None:
    prompt = library.add("flute")
    for text in ("flute", "flute", "unknown"):
        library.made(text, MadeTake("/songs/a.partimento", HASH))
    assert library.takes(prompt.id) == (MadeTake("/songs/a.partimento", HASH),)
    assert library.search("flute")[0].takes == 1
    kept = library.remove(prompt.id)
    assert library.takes(library.add("flute").id) == ()
    assert kept is not None
    library.take_in([kept])
    assert library.search("flute")[0].takes == 1
    assert library.remove(99) is None


@pytest.mark.parametrize("rating", [-1, 6])
def test_there_are_five_stars(library: Library, rating: int) -> None:
    with pytest.raises(ValueError, match=r"0\.\.5"):
        library.rate(library.add("flute").id, rating)


@given(st.lists(kept, max_size=6, unique_by=lambda one: one.text))
def test_what_is_exported_is_imported_and_twice_is_as_once(
    tmp_path_factory: pytest.TempPathFactory, prompts: list[Kept]
) -> None:
    path = tmp_path_factory.mktemp("file") / "prompts.json"
    with Library(":memory:") as one, Library(":memory:") as other:
        assert one.take_in(prompts) == len(prompts)
        write_prompts(path, one.kept())
        assert other.take_in(read_prompts(path)) == len(prompts)
        assert other.kept() == one.kept()
        assert other.take_in(read_prompts(path)) == 0
        assert other.kept() == one.kept()


def test_a_prompt_that_no_region_takes_comes_back_from_a_file_all_the_same(
    library: Library, tmp_path: Path
) -> None:
    longer = "flute, " * 3000 + "oboe"
    write_prompts(tmp_path / "prompts.json", [Kept(longer)])
    assert library.take_in(read_prompts(tmp_path / "prompts.json")) == 1
    assert longer in [prompt.text for prompt in library.search("flute")]


def test_a_file_adds_to_what_is_known(library: Library) -> None:
    library.add("flute", ("mine",))
    library.rate(1, 4)
    library.record_win("flute", "piano")
    library.take_in([Kept("flute", ("theirs",), 2, 7, 900.0, 0)])
    flute = library.search("flute")[0]
    assert (flute.tags, flute.rating, flute.uses, flute.elo) == (("mine", "theirs"), 4, 7, 1516)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no file of prompts"),
        ("[]", "no file of prompts"),
        ('{"partimento_prompts": 1, "prompts": [{"text": ""}]}', "no file of prompts"),
        ('{"partimento_prompts": 1, "prompts": [{"text": "  "}]}', "says nothing"),
        (
            '{"partimento_prompts": 1, "prompts": [{"text": "a", "rating": 9}]}',
            "no file of prompts",
        ),
        ('{"partimento_prompts": 2, "prompts": []}', "newer version"),
    ],
)
def test_a_file_that_is_none_is_named(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "prompts.json"
    path.write_text(text)
    with pytest.raises(StorageError, match=said) as caught:
        read_prompts(path)
    assert str(path) in str(caught.value)


def test_a_change_that_fails_halfway_changes_nothing(library: Library) -> None:
    with pytest.raises(ValueError, match="must say something"):
        library.take_in([Kept("flute"), Kept(" ")])
    assert found(library) == []


def test_an_older_library_is_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "prompts.sqlite"
    with Library(path) as old:
        old.add("flute", ("calm",))
    step = "ALTER TABLE prompts ADD COLUMN note TEXT NOT NULL DEFAULT 'new';\n"
    monkeypatch.setattr(module, "MIGRATIONS", (*module.MIGRATIONS, step))
    with Library(path) as new:
        assert new.find("flute") is not None
    db = sqlite3.connect(path)
    assert db.execute("SELECT note FROM prompts").fetchall() == [("new",)]
    assert db.execute("PRAGMA user_version").fetchone() == (2,)
    db.close()


def test_a_step_that_fails_leaves_the_library_at_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "prompts.sqlite"
    with Library(path) as old:
        old.add("flute")
    with monkeypatch.context() as patched:
        steps = "ALTER TABLE prompts ADD COLUMN note TEXT;\nNONSENSE;\n"
        patched.setattr(module, "MIGRATIONS", (*module.MIGRATIONS, steps))
        with pytest.raises(LibraryError):
            Library(path)
    with Library(path) as again:
        assert found(again) == ["flute"]


def test_a_newer_library_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "prompts.sqlite"
    Library(path).close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    before = path.read_bytes()
    with pytest.raises(LibraryError, match="newer version") as caught:
        Library(path)
    assert not isinstance(caught.value, DamagedLibraryError)
    assert path.read_bytes() == before


def test_a_library_that_is_locked_for_long_is_said_to_be_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY_MS", 1)
    path = tmp_path / "prompts.sqlite"
    with Library(path) as library:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryError, match="locked") as caught:
            library.add("flute")
        assert not isinstance(caught.value, DamagedLibraryError)
        other.execute("ROLLBACK")
        other.close()
        library.add("flute")
        assert found(library) == ["flute"]


def writer(path: Path, name: str, *most: str) -> "subprocess.Popen[str]":
    command = [sys.executable, str(WRITER), str(path), name, *most]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_a_killed_program_leaves_what_it_had_done(tmp_path: Path) -> None:
    path = tmp_path / "prompts.sqlite"
    Library(path).close()
    told = 0
    for kill in range(6):
        with writer(path, f"killed {kill}") as process:
            assert process.stdout is not None
            for _ in range(5 + kill):
                process.stdout.readline()
            process.kill()
            told += 5 + kill + process.stdout.read().count("\n")
        with Library(path) as library:
            there = len(library.search("killed", limit=10_000))
            # the kill may come after a prompt is in and before it is told
            assert told <= there <= told + kill + 1


def test_two_programs_write_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "prompts.sqlite"
    with writer(path, "one", "60") as one, writer(path, "other", "60") as other:
        assert (one.wait(), other.wait()) == (0, 0)
    with Library(path) as library:
        assert len(library.search("one", limit=1000)) == 60
        assert len(library.search("other", limit=1000)) == 60


def test_uses_by_two_programs_are_all_counted(tmp_path: Path) -> None:
    path = tmp_path / "prompts.sqlite"
    with Library(path) as library:
        library.add("shared")
    with writer(path, "one", "40") as one, writer(path, "other", "40") as other:
        assert (one.wait(), other.wait()) == (0, 0)
    with Library(path) as library:
        prompt = library.find("shared")
    assert prompt is not None
    assert prompt.uses == 80


def test_a_library_that_was_forgotten_is_closed_in_any_thread() -> None:
    forgotten = Library(":memory:")
    finalizer = forgotten._finalizer
    with ThreadPoolExecutor(1) as other:
        other.submit(finalizer).result()  # as the collector calls it
    assert not finalizer.alive
