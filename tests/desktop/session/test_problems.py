"""Errors are told in the user's language."""

import ast
import errno
import os
import re
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QTranslator

import ui.translations
from desktop.document.song import Region, Track
from desktop.document.time import Tick
from desktop.session.problems import SENTENCES, problem_text
from desktop.storage.errors import StorageError
from desktop.storage.project import Project
from ui.shared.readings import metre_of

ROOT = Path(__file__).parents[3]
SAYS = ("desktop", "inference", "ui")
FIELD = re.compile(r"\{\w*\}")
ENGLISH = re.compile(r"[A-Za-z]{2,}")


@pytest.fixture
def chinese(qapp: QCoreApplication) -> Iterator[None]:
    translator = QTranslator()
    folder = Path(ui.translations.__file__).parent
    assert translator.load(str(folder / "partimento_zh_CN.qm"))
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def modules(*folders: str) -> Iterator[ast.Module]:
    for folder in folders:
        for path in (ROOT / folder).rglob("*.py"):
            if path.name != "problems.py":
                yield ast.parse(path.read_text("utf-8"))


def sentence_of(node: ast.AST) -> str | None:
    """Return a literal with `{}` for each of its fields."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(sentence_of(part) or "{}" for part in node.values)
    return None


def sentences_in(tree: ast.AST) -> set[str]:
    return {text for node in ast.walk(tree) if (text := sentence_of(node))}


def test_each_sentence_is_what_some_error_says() -> None:
    said = set().union(*map(sentences_in, modules(*SAYS)))
    said |= {os.strerror(number) for number in errno.errorcode}
    assert {FIELD.sub("{}", str(text)) for text in SENTENCES} <= said


def test_every_error_that_the_window_raises_itself_is_known() -> None:
    known = {FIELD.sub("{}", str(text)) for text in SENTENCES}
    raised = (
        argument
        for tree in modules("ui", "desktop/session")
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)
        for argument in node.exc.args
    )
    unknown = {text for node in raised if (text := sentence_of(node)) and text not in known}
    assert not unknown, f"add them to desktop/session/problems.py: {unknown}"


@given(st.text() | st.sampled_from(SENTENCES).map(str))
def test_without_a_translation_an_error_is_told_as_it_is(text: str) -> None:
    assert problem_text(text) == text


def test_an_error_is_told_with_its_values(chinese: None) -> None:
    assert chinese is None
    with pytest.raises(ValueError, match="3/4") as caught:
        metre_of("three")
    told = problem_text(str(caught.value))
    assert "拍号" in told
    assert "'three'" in told


def test_the_parts_of_an_error_are_told_in_the_same_language(chinese: None, tmp_path: Path) -> None:
    assert chinese is None
    folder = tmp_path / "none.partimento"
    with pytest.raises(StorageError) as caught:
        Project.open(folder)
    told = problem_text(str(caught.value))
    assert str(folder) in told
    assert not ENGLISH.search(told.replace(str(folder), ""))


def test_regions_that_overlap_are_told_by_their_prompts(chinese: None) -> None:
    assert chinese is None
    regions = (Region(1, Tick(0), Tick(9), "slow and calm"), Region(2, Tick(8), Tick(20)))
    with pytest.raises(ValueError, match="overlaps") as caught:
        Track(3, "Melody", regions=regions)
    told = problem_text(str(caught.value))
    assert (
        told == "'Melody' 上的区域 'slow and calm' 与区域 （无提示词） 重叠；请移动或缩短其中之一"
    )


def test_a_repaint_beside_its_region_is_told_in_bars_and_beats(chinese: None) -> None:
    assert chinese is None
    said = (
        "bar 3 beat 1 to bar 4 beat 2.5 is not in the region 'a to b', which lasts from "
        "bar 1 beat 1 to bar 2 beat 1; choose a span within it"
    )
    assert problem_text(said) == (
        "第 3 小节第 1 拍至第 4 小节第 2.5 拍不在区域 'a to b' 内"
        "（该区域从第 1 小节第 1 拍到第 2 小节第 1 拍）；请在其中选择一段"
    )


def test_a_sentence_that_nobody_translated_is_told_in_english(chinese: None) -> None:
    assert chinese is None
    assert problem_text("the moon is full") == "the moon is full"


def test_a_path_of_any_letters_and_length_is_told_at_once() -> None:
    for path in ("a: b; c " * 200, "a: b; c " * 30_000, "cannot read " * 150 + ": "):
        assert problem_text(path) == path
