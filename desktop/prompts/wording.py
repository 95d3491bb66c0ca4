"""How prompts are written: their language, the tempo they name, words put in and taken out."""

import re
from typing import Final, Literal
from unicodedata import normalize

from desktop.document.tempo import MAX_BPM, MIN_BPM

Language = Literal["en", "zh"]
SEPARATORS: Final[dict[Language, str]] = {"en": ", ", "zh": "，"}

_CHINESE: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_BPM: Final = re.compile(
    r"(?<![\d.])(\d{1,4}(?:\.\d{1,3})?)\s*bpm(?![a-z])|\btempo\s*+[:=]?\s*(\d{1,4}(?:\.\d{1,3})?)"
    r"|速度[为:：]?\s*(\d{1,4})|每分钟\s*(\d{1,4})\s*拍",
    re.IGNORECASE,
)
_EDGE: Final = " \t,，、;；"


def language_of(text: str) -> Language:
    """Return Chinese for a text with a Chinese character in it, else English."""
    return "zh" if _CHINESE.search(text) else "en"


def tempo_in(prompt: str) -> float | None:
    """Return the first tempo that `prompt` names in figures, as in "90 BPM"; None without one."""
    for found in _BPM.finditer(normalize("NFKC", prompt)):
        bpm = float(next(filter(None, found.groups())))
        if MIN_BPM <= bpm <= MAX_BPM:
            return bpm
    return None


def tempo_spans(prompt: str) -> list[tuple[int, int]]:
    """Return where in `prompt` tempos stand in figures."""
    return [found.span() for found in _BPM.finditer(prompt)]


def with_words(prompt: str, words: str) -> str:
    """Return `prompt` with `words` added at its end."""
    begun = prompt.rstrip(_EDGE)
    return f"{begun}{SEPARATORS[language_of(prompt + words)]}{words}" if begun else words


def without_span(prompt: str, start: int, end: int) -> str:
    """Return `prompt` without the letters [start, end) and the comma that they leave behind."""
    before, after = prompt[:start], prompt[end:]
    left, right = before.rstrip(_EDGE), after.lstrip(f"{_EDGE}的")
    if not left or not right:
        return left + right
    if any(sign in ",，、;；" for sign in before[len(left) :] + after[: len(after) - len(right)]):
        return left + SEPARATORS[language_of(prompt)] + right
    return left + ("" if language_of(left[-1] + right[0]) == "zh" else " ") + right
