"""Finding by fuzzy words: `qu dia` finds "Quantise dialog"."""

from collections.abc import Sequence
from typing import Final

WORD_START: Final = 0.0
WITHIN_WORD: Final = 1.0
SCATTERED: Final = 2.0


def rank(query: str, texts: Sequence[str]) -> list[int]:
    """Return the places in `texts` of those that hold every word of `query`, best first.

    A word is held where it starts a word, lies within one, or where its letters follow one
    another with others between. A text that is the query itself is best; equally good ones stay
    in order.
    """
    wanted, folded = query.casefold(), [text.casefold() for text in texts]
    costs = [(_cost(wanted.split(), text), place) for place, text in enumerate(folded)]
    found = ((folded[p] != wanted, c, p) for c, p in costs if c is not None)
    return [place for _, _, place in sorted(found)]


def _cost(words: list[str], text: str) -> float | None:
    costs = [_word_cost(word, text) for word in words]
    return None if None in costs else sum(c for c in costs if c is not None)


def _word_cost(word: str, text: str) -> float | None:
    start = f" {text}".find(f" {word}")
    if start >= 0:
        return WORD_START + start / 1000
    at = text.find(word)
    if at >= 0:
        return WITHIN_WORD + at / 1000
    span = _scattered_span(word, text)
    return None if span is None else SCATTERED + (span - len(word)) / 10


def _scattered_span(word: str, text: str) -> int | None:
    """Return how many letters of `text` the letters of `word` are strewn over, None if not."""
    first = at = text.find(word[0])
    for letter in word[1:]:
        if at >= 0:
            at = text.find(letter, at + 1)
    return at - first + 1 if at >= 0 else None
