"""Commands that make and measure packs: what is wrong is said in one line, at once."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onnx_models import evaluate, export, train
from onnx_models.text_encoder.build import ORIGIN_FILE

MINI = Path(train.__file__).parent / "packs" / "mini"


def run(command: object, *words: object) -> Result:
    return CliRunner().invoke(command.main, [str(word) for word in words])  # type: ignore[attr-defined]


def assert_told(ran: Result, what: str) -> None:
    """Assert that the run ended with one line that says `what`."""
    assert isinstance(ran.exception, SystemExit), ran.exception
    assert ran.exit_code in (1, 2)
    assert [what in line for line in ran.output.splitlines() if line.startswith("Error: ")] == [
        True
    ]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("songs", "--count", 0), "'--count': 0 is not in the range"),
        (("songs", "--first", -1), "'--first': -1 is not in the range"),
        (("songs", "--first", 10**9 - 1, "--count", 2), "from seed 1000000000 on are for eval"),
        (("improviser", "--minutes", -1), "'--minutes': -1.0 is not in the range"),
        (("denoiser", "--minutes", "nan"), "'--minutes': nan is no time"),
        (("denoiser", "--minutes", 1), "decoder.onnx: No such file or directory; check"),
    ],
)
def test_training_says_what_it_cannot_be_asked_for(
    tmp_path: Path, words: tuple[object, ...], what: str
) -> None:
    place = ("--folder", tmp_path / "made", "--pack", tmp_path)
    assert_told(run(train, *place, *words), what)


@pytest.mark.parametrize(
    ("files", "what"),
    [((), "songs is empty; run `train songs` first"), (("0000001.npz",), "0000001.npz is damaged")],
)
def test_an_improviser_without_good_songs_says_which(
    tmp_path: Path, files: tuple[str, ...], what: str
) -> None:
    (tmp_path / "songs").mkdir()
    for name in files:
        (tmp_path / "songs" / name).write_bytes(b"junk")
    assert_told(run(train, "--folder", tmp_path, "improviser", "--minutes", 0.001), what)


def test_a_training_folder_that_cannot_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert_told(run(train, "--folder", tmp_path / "file", "songs"), f"{tmp_path / 'file'}: File")


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("figures", "must end in .json"),
        ("figures.md", "must end in .json"),
        ("file/figures.json", "file: File exists"),
        ("folder.json", "folder.json cannot be written to"),
    ],
)
def test_figures_that_could_not_be_written_are_refused_before_they_are_measured(
    tmp_path: Path, name: str, what: str
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder.json").mkdir()
    assert_told(run(evaluate, MINI, "--json", tmp_path / name), what)


@pytest.mark.parametrize("option", ["--pca", "--soundfont"])
def test_what_is_evaluated_with_is_looked_at_first(tmp_path: Path, option: str) -> None:
    (tmp_path / "junk").write_bytes(b"junk")
    asked = MINI, "--json", tmp_path / "figures.json", option, tmp_path / "junk"
    assert_told(run(evaluate, *asked), f"{tmp_path / 'junk'} is ")


def test_a_folder_that_is_no_pack_is_not_evaluated(tmp_path: Path) -> None:
    ran = run(evaluate, tmp_path, "--json", tmp_path / "figures.json")
    assert_told(ran, f"is {tmp_path} a pack?")


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """Return a text encoder's folder."""
    folder = tmp_path / "text"
    folder.mkdir()
    for name in ("text.onnx", "tokenizer.json"):
        (folder / name).hardlink_to(shutil.copyfile(MINI / name, tmp_path / name))
    (folder / ORIGIN_FILE).write_text("from somewhere\n", encoding="utf-8")
    return folder


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("lacking", "words", "what"),
    [
        (ORIGIN_FILE, (), f"{ORIGIN_FILE}: No such file"),
        ("", ("--steps", 0), "Expected `int` >= 1"),
        ("", ("--temperature", "nan"), "Expected `float` >= 0.01"),
    ],
)
def test_an_export_that_fails_leaves_the_pack_as_it_was(
    tmp_path: Path, text: Path, lacking: str, words: tuple[object, ...], what: str
) -> None:
    pack = tmp_path / "packs" / "mini"
    shutil.copytree(MINI, pack)
    (tmp_path / "made").mkdir()
    if lacking:
        (text / lacking).unlink()
    ran = run(export, "--from", tmp_path / "made", "--text", text, "--out", pack, *words)
    assert_told(ran, what)
    assert content(pack) == content(MINI)
    assert [path.name for path in pack.parent.iterdir()] == ["mini"]


def test_an_export_takes_the_place_of_the_pack_at_last(tmp_path: Path, text: Path) -> None:
    pack = tmp_path / "packs" / "mini"
    shutil.copytree(MINI, pack)
    (tmp_path / "made").mkdir()
    asked = "--from", tmp_path / "made", "--text", text, "--out", pack, "--version", "9.9.9"
    assert run(export, *asked).exit_code == 0
    assert b'version = "9.9.9"' in (pack / "pack.toml").read_bytes()
    assert "from somewhere" in (pack / "LICENSE").read_text(encoding="utf-8")
    assert [path.name for path in pack.parent.iterdir()] == ["mini"]
