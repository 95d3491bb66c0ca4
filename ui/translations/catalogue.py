"""A catalogue of translations, Qt's .ts file: read, renewed, checked, written. No Qt."""

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from pathlib import Path
from string import Formatter
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from ui.translations.texts import Text

HEAD: Final = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
# What a translation must have as often as its text.
KEPT: Final = re.compile(r"\*\.\w+|`[^`]+`|(?:Ctrl|Alt|Shift)\b|<[^>]+>|\n")
DOTS: Final = ("...", "…")


def read_catalogue(path: Path) -> dict[Text, str]:
    """Return the translations in the .ts file at `path`, empty where there is none yet."""
    return {
        Text(
            context.findtext("name", ""),
            message.findtext("source", ""),
            message.findtext("comment", ""),
        ): message.findtext("translation", "")
        for context in ElementTree.parse(path).getroot().iter("context")
        for message in context.iter("message")
    }


def renewed(catalogue: Mapping[Text, str], texts: Iterable[Text]) -> dict[Text, str]:
    """Return a catalogue of exactly `texts`, with the translations that there are.

    A text that is new in its context takes the translation that it has in another one.
    """
    anywhere = {text.source: translation for text, translation in catalogue.items() if translation}
    return {text: catalogue.get(text) or anywhere.get(text.source, "") for text in texts}


def write_catalogue(path: Path, language: str, catalogue: Mapping[Text, str]) -> None:
    """Write a .ts file, sorted and without places in the code, so that changes merge well."""
    root = Element("TS", version="2.1", language=language)
    for name, texts in groupby(sorted(catalogue), key=lambda text: text.context):
        context = SubElement(root, "context")
        SubElement(context, "name").text = name
        for text in texts:
            _add_message(context, text, catalogue[text])
    ElementTree.indent(root, "    ")
    path.write_text(f"{HEAD}{ElementTree.tostring(root, 'unicode')}\n", "utf-8", newline="\n")


def fault(source: str, translation: str) -> str | None:
    """Return what a translation lacks that its source has, None for nothing."""
    if not translation.strip():
        return "is not translated"
    for name, part in PARTS.items():
        if part(source) != part(translation):
            return f"has other {name} than {source!r}: {translation!r}"
    return None


def _fields(text: str) -> list[str]:
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return ["a field that is not closed"]
    return sorted(f"{name}:{form}" for _, name, form, _ in parts if name is not None)


PARTS: Final[Mapping[str, Callable[[str], object]]] = {
    "fields": _fields,
    "keys, tags, file patterns or lines": lambda text: sorted(KEPT.findall(text)),
    "dots at the end": lambda text: text.endswith(DOTS),
    "spaces at the ends": lambda text: text != text.strip(),
}


def _add_message(context: Element, text: Text, translation: str) -> None:
    message = SubElement(context, "message")
    SubElement(message, "source").text = text.source
    if text.comment:
        SubElement(message, "comment").text = text.comment
    unfinished = {} if translation else {"type": "unfinished"}
    SubElement(message, "translation", unfinished).text = translation
