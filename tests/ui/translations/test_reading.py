"""Which texts are read out of the code, and which English ones are found in it."""

import pytest

from tests.ui.translations.plain_texts import plain_texts
from ui.translations.texts import Text, read_module

HELPERS = """
from functools import partial
look_up = partial(QCoreApplication.translate, "Module")

def short(text: str) -> str:
    \"\"\"Return it in the user's language.\"\"\"
    return QCoreApplication.translate("Helper", text)
"""


def in_a_method(line: str) -> str:
    return f"{HELPERS}\nclass Panel(QWidget):\n    def show(self):\n        {line}\n"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ('self.tr("Cut")', Text("Panel", "Cut")),
        ('self.tr("Cut", "to the clipboard")', Text("Panel", "Cut", "to the clipboard")),
        ('self.tr("{n} notes", "", n)', Text("Panel", "{n} notes")),
        ('self.tr("A text of " "two parts")', Text("Panel", "A text of two parts")),
        ('tr = self.tr; tr("Cut")', Text("Panel", "Cut")),
        ('tr, song = self.tr, 1; [tr("Cut") for _ in "ab"]', Text("Panel", "Cut")),
        ('tr = self.tr; on(lambda: tr("Cut"))', Text("Panel", "Cut")),
        ('f"{self.tr("Cut")}: 1"'.replace('"Cut"', "'Cut'"), Text("Panel", "Cut")),
        ('QCoreApplication.translate("Notes", "Cut")', Text("Notes", "Cut")),
        ('translate("Notes", "Cut", "in two")', Text("Notes", "Cut", "in two")),
        ('short("Cut")', Text("Helper", "Cut")),
        ('tr = short; tr("Cut")', Text("Helper", "Cut")),
        ('look_up("Cut")', Text("Module", "Cut")),
        ('tr = partial(translate, "Local"); tr("Cut")', Text("Local", "Cut")),
    ],
)
def test_a_text_is_found_where_it_is_looked_up(line: str, text: Text) -> None:
    reading = read_module(in_a_method(line))
    assert reading.texts == {text}
    assert reading.wrong == []


def test_a_class_within_another_has_a_context_of_its_own() -> None:
    code = 'class A:\n class B:\n  def f(self): self.tr("inner")\n def g(self): self.tr("outer")'
    assert read_module(code).texts == {Text("B", "inner"), Text("A", "outer")}


def test_texts_marked_for_later_are_found_and_looking_them_up_is_no_mistake() -> None:
    code = (
        'NAMES = (QT_TRANSLATE_NOOP("Steps", "Open"),)\ndef name(n): return translate("Steps", n)'
    )
    reading = read_module(code)
    assert reading.texts == {Text("Steps", "Open")}
    assert reading.marked == {"Open"}
    assert reading.wrong == []


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("self.tr(name)", "literal"),
        ('self.tr(f"{n} notes")', "literal"),
        ('self.tr("{n} notes", n)', "literal"),
        ('self.tr("")', "literal"),
        ('translate("Notes", name)', "literal"),
        ('widget.tr("Cut")', "context"),
        ('tr("Cut")', "context"),
    ],
)
def test_what_cannot_be_translated_is_said(line: str, why: str) -> None:
    code = in_a_method(line)
    [wrong] = read_module(code).wrong
    assert wrong.startswith(f"{len(code.splitlines())}: ")
    assert why in wrong


def test_a_text_looked_up_before_the_language_is_known_is_wrong() -> None:
    [wrong] = read_module('TEXT = QCoreApplication.translate("Notes", "Cut")').wrong
    assert "QT_TRANSLATE_NOOP" in wrong


@pytest.mark.parametrize(
    "line",
    [
        'label.setText("muted")',
        'label.setText(f"{n} notes")',
        'session.edit("Move notes", change)',
        'add("file.open", "file", "Open...", run)',
        'QLabel("bars")',
        'name = "No scale" if not scale else scale',
        'return f"{name} is too long"',
    ],
)
def test_english_words_that_are_shown_are_found(line: str) -> None:
    assert len(list(plain_texts(in_a_method(line)))) == 1


@pytest.mark.parametrize(
    "line",
    [
        '"A docstring of some words."',
        'label.setText(self.tr("Muted"))',
        'label.setText(short("Muted"))',
        'label.setText(f"{n} dB")',
        'label.setObjectName("track")',
        'settings.value("window/below")',
        'add("file.open", "file", text, run, "Ctrl+Shift+Up")',
        'box.setStyleSheet("QToolButton { min-height: 22px; }")',
        'raise ValueError("there is no number")',
        'name = provider.removesuffix("ExecutionProvider")',
        'names["harmonic minor"] = scale == "Whole tone"',
    ],
)
def test_other_strings_are_left_alone(line: str) -> None:
    assert list(plain_texts(in_a_method(line))) == []
