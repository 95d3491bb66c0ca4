"""Prompts in free wording around the names of instruments; nothing else in them is true of a song.

Captions say what is so. These say anything at all, so that the reader of prompts learns that only
the names of instruments matter.
"""

import re
import tomllib
from pathlib import Path
from typing import Any, Final

from numpy.random import Generator

from onnx_models.captions import Language
from onnx_models.composer import INSTRUMENTS, KITS
from onnx_models.composer.theory import pick

PHRASES: Final[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("phrases.toml").read_text(encoding="utf-8")
)
MOST_NAMED: Final = 3
NICKNAMED: Final = 0.25  # how often an instrument that has nicknames is called by one
_SLOT: Final = re.compile(r"\{(\w+)\}")


def name_of(key: str, rng: Generator, language: Language) -> str:
    """Return any of the names of the instrument or kit `key`, or at times a nickname."""
    entry = INSTRUMENTS.get(key) or KITS[key]
    nicknames: list[str] = PHRASES[language]["nicknames"].get(key, [])
    if nicknames and rng.random() < NICKNAMED:
        return pick(rng, nicknames)
    return pick(rng, entry.english if language == "en" else entry.chinese)


def listed(words: list[str], rng: Generator, language: Language) -> str:
    """Return the words as a list in the language."""
    if language == "zh":
        return pick(rng, ("、", "和", "与", "，")).join(words)
    return pick(rng, (", ", " and ", " with ", " + ")).join(words)


def with_article(words: str) -> str:
    """Return `words` after "a" or "an"."""
    return f"{'an' if words[0].lower() in 'aeiou' else 'a'} {words}"


def free_wording(keys: tuple[str, ...], rng: Generator, language: Language) -> str:
    """Return a prompt that asks for the instruments or kits `keys`, one to three, and no other."""
    phrases = PHRASES[language]
    asked = listed([name_of(key, rng, language) for key in keys], rng, language)
    others = [key for key in (*INSTRUMENTS, *KITS) if key not in keys]

    def filled(slot: re.Match[str]) -> str:
        if slot[1] == "i":
            return asked
        if slot[1] == "a":
            return with_article(asked)
        return (
            name_of(pick(rng, others), rng, language)
            if slot[1] == "x"
            else pick(rng, phrases[slot[1]])
        )

    said = _SLOT.sub(filled, pick(rng, phrases["patterns"]))
    return said if rng.random() < 0.7 else said[0].upper() + said[1:]
