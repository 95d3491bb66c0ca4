"""What a prompt asks of a model in vain, by the words that its pack names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.prompts.unwanted import NEGATION, read
from desktop.prompts.wording import Language
from desktop.prompts.words import pattern_of
from inference.pack import Unable


@dataclass(frozen=True, slots=True)
class InVain:
    """A thing that the model cannot do, and the letters of the prompt that ask for it."""

    what: Unable
    letters: str

    def told(self, language: Language) -> str:
        """Return it in words, with the letters that ask for it."""
        if language == "zh":
            return f"{self.what.zh}（“{self.letters}”）"
        return f"{self.what.en} (“{self.letters}”)"


def asked_in_vain(prompt: str, unable: Sequence[Unable]) -> list[InVain]:
    """Return what `prompt` asks of a model that is `unable` of it; what it wants not to hear is no
    such thing.
    """
    name = pattern_of(word for what in unable for word in what.words)
    finder = re.compile(f"(?:{name.pattern})|{NEGATION}", re.IGNORECASE)
    asked = [found[0] for found, _ in read(prompt, finder, name) if not found["negation"]]
    patterns = [(what, pattern_of(what.words)) for what in unable]
    said = ((what, next(filter(pattern.fullmatch, asked), "")) for what, pattern in patterns)
    return [InVain(what, letters) for what, letters in said if letters]
