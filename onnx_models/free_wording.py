"""Prompts in free wording around the names of instruments; nothing else in them is true of a song.

Captions say what is so. These say anything at all, so that the reader of prompts learns that only
the names of instruments matter.
"""

import re
import tomllib
from collections.abc import Sequence
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
UNWANTED: Final = (0.6, 0.2, 0.2)  # how often one, two and three instruments are not wanted
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


def unwanted(keys: Sequence[str], rng: Generator, language: Language) -> str:
    """Return names of one to three of the instruments or kits `keys`, as listed after "no"."""
    count = rng.choice(len(UNWANTED), p=UNWANTED) + 1
    chosen = rng.choice(keys, count, replace=False)
    *others, last = (name_of(str(key), rng, language) for key in chosen)
    if not others:
        return last
    if language == "zh":
        return "、".join(others) + pick(rng, ("、", "和", "或")) + last
    return f"{', '.join(others)} or {last}"


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
        if slot[1] == "x":
            return unwanted(others, rng, language)
        words: str = pick(rng, phrases[slot[1]])
        return words

    said = _SLOT.sub(filled, pick(rng, phrases["patterns"]))
    return said if rng.random() < 0.7 else said[0].upper() + said[1:]
