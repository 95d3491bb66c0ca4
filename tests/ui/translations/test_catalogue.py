"""The translations are complete, and as the code wants them."""

from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

from tests.ui.translations.plain_texts import plain_texts
from ui.translations.__main__ import FOLDERS, HERE, LANGUAGES
from ui.translations.catalogue import fault, read_catalogue, renewed, write_catalogue
from ui.translations.texts import Reading, Text, read_folders

RENEW = "run `.venv/bin/python -m ui.translations`, and translate what is new in the .ts files"


@pytest.fixture(scope="module")
def reading() -> Reading:
    """Return what the window translates."""
    return read_folders(FOLDERS)


def test_every_text_of_the_code_can_be_translated(reading: Reading) -> None:
    assert not reading.wrong, "\n".join(reading.wrong)


def test_no_text_of_the_window_passes_the_translation_by(reading: Reading) -> None:
    marked = frozenset(reading.marked)
    modules = (path for folder in FOLDERS for path in folder.rglob("*.py") if path.parent != HERE)
    found = [f"{path}:{line}" for path in modules for line in plain_texts(path.read_text(), marked)]
    assert not found, "use self.tr(...) or translate(...):\n" + "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_has_a_faultless_translation(language: str, reading: Reading) -> None:
    catalogue = read_catalogue(HERE / f"partimento_{language}.ts")
    found = {text: fault(text.source, catalogue.get(text, "")) for text in sorted(reading.texts)}
    faulty = [f"{text}: {why}" for text, why in found.items() if why]
    assert not faulty, f"{RENEW}:\n" + "\n".join(faulty)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_program_reads_the_translations_that_are_written(language: str, qapp: object) -> None:
    assert qapp
    translator = QTranslator()
    assert translator.load(str(HERE / f"partimento_{language}.qm"))
    stale = [
        text
        for text, translation in read_catalogue(HERE / f"partimento_{language}.ts").items()
        if translation
        and translator.translate(text.context, text.source, text.comment or None) != translation
    ]
    assert not stale, f"{RENEW}: {stale}"


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("{n} notes", "{n} 个音符"),
        ("Export...", "导出…"),
        ("{rate:g} kHz", "{rate:g} 千赫"),
        ("MIDI files (*.mid *.midi)", "MIDI 文件 (*.mid *.midi)"),
        ("Shift: off the grid", "Shift：不吸附网格"),
    ],
)
def test_a_translation_that_keeps_what_it_must_is_faultless(source: str, translation: str) -> None:
    assert fault(source, translation) is None


@pytest.mark.parametrize(
    ("source", "translation", "why"),
    [
        ("Cut", "", "not translated"),
        ("Cut", "  ", "not translated"),
        ("{n} notes", "音符", "fields"),
        ("{n} notes", "{m} 个音符", "fields"),
        ("{n} notes", "{n 个音符", "fields"),
        ("{rate:g} kHz", "{rate} kHz", "fields"),
        ("Export...", "导出", "dots"),
        ("Export", "导出…", "dots"),
        ("MIDI files (*.mid *.midi)", "MIDI 文件", "keys"),
        ("Shift: off the grid", "不吸附网格", "keys"),
        ("Velocity\n1-127", "力度 1-127", "keys"),
        ("Undo: ", "撤销：", "space"),
    ],
)
def test_a_translation_that_lacks_something_is_faulty(
    source: str, translation: str, why: str
) -> None:
    assert why in str(fault(source, translation))


def test_renewing_keeps_what_is_translated_and_drops_what_is_gone(tmp_path: Path) -> None:
    old = {
        Text("A", "Cut"): "剪切",
        Text("A", "Gone"): "没有",
        Text("A", "Key", "a note's"): "调",
    }
    path = tmp_path / "texts.ts"
    write_catalogue(path, "zh_CN", old)
    texts = [Text("B", "Cut"), Text("A", "Cut"), Text("A", "Key", "a note's"), Text("A", "New")]
    catalogue = renewed(read_catalogue(path), texts)
    assert catalogue == dict(zip(texts, ("剪切", "剪切", "调", ""), strict=True))


def test_writing_again_what_was_read_changes_nothing(tmp_path: Path) -> None:
    for language in LANGUAGES:
        committed, again = HERE / f"partimento_{language}.ts", tmp_path / "again.ts"
        write_catalogue(again, language, read_catalogue(committed))
        assert again.read_bytes() == committed.read_bytes()
