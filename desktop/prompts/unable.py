"""What a prompt asks of a model in vain, by the words that its pack names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.prompts.wording import NEGATION, Language
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
    found = []
    for what in unable:
        pattern = re.compile(f"({NEGATION})?({pattern_of(what.words).pattern})", re.IGNORECASE)
        said = (match[2] for match in pattern.finditer(prompt) if match[1] is None)
        found += [InVain(what, letters) for letters in [next(said, "")] if letters]
    return found
