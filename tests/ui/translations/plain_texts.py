"""Finds words for the user that no translation goes over."""

import ast
import re
from collections.abc import Iterator
from typing import Final

from ui.translations.texts import called, read_module

# Two words, or one that begins like a sentence or a label.
WORDS: Final = re.compile(r"[A-Za-z]{2,},? [A-Za-z]{2,}|^[A-Z][a-z]{2,}")
KEYS: Final = re.compile(
    r"(?:(?:Ctrl|Alt|Shift)\+)*"
    r"(?:.|F\d+|Del|Backspace|Home|End|Up|Down|Left|Right|Return|Enter|Space|Esc|Tab|PgUp|PgDown)"
)
STYLE_SHEET: Final = re.compile(r"[{};]|\n")
# What is written alike in every language.
NAMES: Final = frozenset(
    {"Partimento", "Fusion", "CPU", "MIDI", "WAV", "FLAC", "OGG", "English", "inf"}
    | {"dB", "dBFS", "dBTP", "LUFS", "LU", "Hz", "kHz", "bpm", "ms"}
)
LOOKING_UP: Final = frozenset({"tr", "translate", "QT_TRANSLATE_NOOP"})
SEARCHING: Final = frozenset({"removeprefix", "removesuffix", "startswith", "endswith", "split"})
SHOWING: Final = frozenset(
    {"setText", "setToolTip", "setStatusTip", "setWindowTitle", "setAccessibleName", "setTitle"}
    | {"setPlaceholderText", "setSuffix", "setPrefix", "setLabelText", "setInformativeText"}
    | {"setAccessibleDescription", "showMessage", "QLabel", "QPushButton", "QCheckBox", "addTab"}
    | {"QRadioButton", "QGroupBox", "addItem", "insertItem", "addMenu", "addAction", "drawText"}
)
LETTERS: Final = re.compile(r"[A-Za-z]{2,}")


def plain_texts(code: str, marked: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield the line and words of each text in `code` that would stay English.

    `marked` are texts that are translated where they are shown. Errors are not looked at here.
    """
    tree = ast.parse(code)
    excused = {id(node) for node in _not_shown(tree, _helpers_of(code))}
    shown = {id(node) for node in _shown(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            pattern = LETTERS if id(node) in shown else WORDS
            is_excused = id(node) in excused or node.value in marked
            if not is_excused and _is_words(node.value, pattern):
                yield f"{node.lineno}: {node.value!r}"


def _is_words(text: str, pattern: re.Pattern[str]) -> bool:
    if KEYS.fullmatch(text) or STYLE_SHEET.search(text):
        return False
    return pattern.search(text) is not None and not NAMES.issuperset(LETTERS.findall(text))


def _shown(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield what is given to the functions that show a text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in SHOWING:
            # What stands behind the text of an item is for the program.
            for argument in node.args[: 1 if called(node) == "addItem" else None]:
                yield argument
                if isinstance(argument, ast.JoinedStr):
                    yield from argument.values


def _not_shown(tree: ast.Module, helpers: frozenset[str]) -> Iterator[ast.AST]:
    """Yield the strings that are no words for the user, or that are translated."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):  # a docstring
            yield node.value
        elif isinstance(node, ast.Raise):
            yield from ast.walk(node)
        elif isinstance(node, ast.Call) and _last_word(node) in LOOKING_UP | SEARCHING | helpers:
            yield from node.args
        elif isinstance(node, ast.Dict):
            yield from filter(None, node.keys)
        elif isinstance(node, ast.Subscript):
            yield from ast.walk(node.slice)
        elif isinstance(node, ast.Compare):
            yield from (each for side in node.comparators for each in ast.walk(side))
        for name in ("annotation", "returns"):
            if (kind := getattr(node, name, None)) is not None:
                yield from ast.walk(kind)


def _last_word(call: ast.Call) -> str:
    """Return what is called, for `partial(translate, "Context")` what that will call."""
    if called(call) == "partial":
        return ast.unparse(call.args[0]).split(".")[-1]
    return called(call)


def _helpers_of(code: str) -> frozenset[str]:
    return frozenset(read_module(code).helpers)
