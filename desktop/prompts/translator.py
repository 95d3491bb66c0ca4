"""Plain tags and moods, in English or Chinese, become a prompt as professionals word it.

The prompt names style, mood and scene, instruments, rhythm, tempo, dynamics and production, in this
order and in the language of the input. What the input says of these stays; where it says nothing,
what suits its style, its scenes and its moods is added, in this order of precedence, the tempo as
the mean of theirs. Words that the table does not know are kept, and so is what is not wanted ("no
drums"). The same input always gives the same prompt, and a prompt that was made so stays as it is.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from statistics import mean
from typing import Final, Literal, get_args

from desktop.prompts.wording import (
    NEGATION,
    SEPARATORS,
    Language,
    language_of,
    tempo_in,
    tempo_spans,
)
from desktop.prompts.words import Entry, Kind, Words, folded, named, pattern_of

Slot = Literal[
    "style", "mood", "scene", "other", "instruments", "rhythm", "tempo", "dynamics", "production"
]  # fmt: skip
ORDER: Final[tuple[Slot, ...]] = get_args(Slot)
SLOTS: Final[dict[Kind, Slot]] = {
    "style": "style",
    "mood": "mood",
    "scene": "scene",
    "instrument": "instruments",
    "rhythm": "rhythm",
    "tempo": "tempo",
    "dynamics": "dynamics",
    "sound": "production",
}
LEADING: Final[tuple[Slot, ...]] = ("style", "scene", "mood")
SUGGESTED: Final[tuple[Slot, ...]] = ("instruments", "rhythm", "dynamics", "production")
_EDGE: Final = " \t\r\n,，、;；.。!！?？:：|/"


@dataclass(frozen=True, slots=True)
class Known:
    """What a name or a phrase of the table means: where it goes, how it is written."""

    slot: Slot
    text: dict[Language, str]
    names: dict[Language, tuple[str, ...]]
    entry: Entry | None = None


@dataclass(slots=True)
class Parts:
    """What is said in each place, and the entries that were named."""

    language: Language
    said: dict[Slot, list[str]] = field(default_factory=lambda: {slot: [] for slot in ORDER})
    entries: dict[Slot, list[Entry]] = field(default_factory=lambda: {slot: [] for slot in ORDER})

    def add(self, slot: Slot, text: str) -> None:
        """Say `text` in its place, once."""
        known = [folded(said) for said in self.said[slot]]
        if text and folded(text) not in known:
            self.said[slot].append(text)

    def suggest(self, bpm_given: float | None) -> None:
        """Add what suits the entries where nothing is said."""
        suiting = [entry for slot in LEADING for entry in self.entries[slot]]
        bpms = [entry.bpm for entry in suiting if entry.bpm is not None]
        words = [entry.bpm for entry in self.entries["tempo"] if entry.bpm is not None]
        if bpm_given is None and (words or bpms):
            self.add("tempo", f"{round(mean(words or bpms))} BPM")
        for slot in SUGGESTED:
            phrases = (getattr(entry, slot) for entry in suiting)
            if not self.said[slot] and (phrase := next(filter(None, phrases), None)):
                self.add(slot, phrase.in_(self.language))

    def text(self) -> str:
        """Return all that is said, in order."""
        return SEPARATORS[self.language].join(said for slot in ORDER for said in self.said[slot])


@dataclass(frozen=True)
class Translator:
    """Translates by a table of words."""

    words: Words

    def __call__(self, prompt: str) -> str:
        """Return `prompt` worded by the table, itself where that leaves nothing."""
        read = list(self._read(prompt))
        tempos = [prompt[start:end] for start, end in tempo_spans(prompt)]
        kept = ["".join(runs) + letters for runs, _, letters in read]
        parts = Parts(language_of("".join((*kept, *tempos))))
        for runs, known, letters in read:
            for run in runs:
                parts.add("other", run)
            if known is not None:
                parts.add(known.slot, _written(known, letters, parts.language))
                parts.entries[known.slot] += [known.entry] if known.entry else []
        for tempo in tempos:
            parts.add("tempo", tempo)
        parts.suggest(tempo_in(prompt))
        return parts.text() or prompt

    def slot_of(self, phrase: str) -> Slot:
        """Return where a name or phrase of the table goes, "other" for what is not in it."""
        known = self._known.get(folded(phrase))
        return known.slot if known else "other"

    def _read(self, prompt: str) -> Iterator[tuple[list[str], Known | None, str]]:
        """Yield what is known in turn with its letters, before each the runs that are not."""
        without_tempo = _blanked(prompt, tempo_spans(prompt))
        at = 0
        for found in self._pattern.finditer(without_tempo):
            runs, letters = list(self._unknown(without_tempo[at : found.start()])), found[0]
            if found.lastgroup == "unwanted":
                yield [*runs, *self._unknown(letters)], None, ""
            else:
                yield runs, self._known[named(letters, self._known)], letters
            at = found.end()
        yield list(self._unknown(without_tempo[at:])), None, ""

    def _unknown(self, letters: str) -> Iterator[str]:
        """Yield the runs between commas that mean something, without connectives at their ends."""
        for run in re.split(r"[,，、;；\r\n|]", letters):
            stripped, before = run.strip(_EDGE), None
            while stripped != before:
                before = stripped
                stripped = self._connectives.sub("", stripped).strip(_EDGE).strip()
            if stripped:
                yield stripped

    @cached_property
    def _known(self) -> dict[str, Known]:
        found: dict[str, Known] = {}
        for word in self.words.all:
            entry = word.entry
            texts: dict[Language, str] = {"en": entry.written("en"), "zh": entry.written("zh")}
            names: dict[Language, tuple[str, ...]] = {"en": entry.en, "zh": entry.zh}
            known = Known(SLOTS[word.kind], texts, names, entry)
            for name in (*entry.en, *entry.zh, *texts.values()):
                found.setdefault(folded(name), known)
        for name, phrase in self._phrases():
            found.setdefault(name, phrase)
        return found

    def _phrases(self) -> Iterator[tuple[str, Known]]:
        for word in self.words.all:
            for slot in SUGGESTED:
                if phrase := getattr(word.entry, slot):
                    texts: dict[Language, str] = {"en": phrase.in_("en"), "zh": phrase.in_("zh")}
                    known = Known(slot, texts, {"en": (texts["en"],), "zh": (texts["zh"],)})
                    yield from ((folded(text), known) for text in texts.values())

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        names = pattern_of(self._known).pattern
        return re.compile(f"(?P<unwanted>{NEGATION})?(?:{names})", re.IGNORECASE)

    @cached_property
    def _connectives(self) -> re.Pattern[str]:
        table = self.words.table.connectives
        latin, chinese = _any_of(table.en), _any_of(table.zh)
        ends = rf"^(?:{latin})(?![a-z])|(?<![a-z])(?:{latin})$|^(?:{chinese})|(?:{chinese})$"
        return re.compile(ends, re.IGNORECASE)


def _any_of(words: Iterable[str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(map(re.escape, ordered)) or r"(?!)"


def _blanked(prompt: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        prompt = prompt[:start] + "," * (end - start) + prompt[end:]
    return prompt


def _written(known: Known, letters: str, language: Language) -> str:
    """Return the user's own word where it is one of the language, else the table's."""
    name = folded(letters)
    says_itself = known.entry is None or known.entry.says is None
    own = {folded(each) for each in known.names[language]}
    if says_itself and (name in own or name.removesuffix("s") in own):
        return letters
    return known.text[language]
