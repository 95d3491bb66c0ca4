"""Plain tags and moods, in English or Chinese, become a prompt as professionals word it.

The prompt names style, mood and scene, instruments, rhythm, tempo, dynamics and production, and at
last what is not wanted, in this order and in the language of the input. What the input says of
these stays; where it says nothing, what suits its style, its scenes and its moods is added, in this
order of precedence, the tempo as the mean of theirs. Where the song's tempo is given it is added
instead, but not to a word for the tempo, which it might contradict. A phrase between commas with
words in it that the table does not know stays whole ("a solo wooden flute"), and so does a list of
what is not wanted ("no drums or strings"). Who names instruments knows what they shall play: no
rhythm is added then. The same input always gives the same prompt, and a prompt that was made so
stays as it is.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from statistics import mean
from typing import Final, Literal, NamedTuple, get_args

from desktop.prompts.unwanted import NEGATION, read
from desktop.prompts.wording import (
    SEPARATORS,
    Language,
    language_of,
    tempo_in,
    tempo_spans,
)
from desktop.prompts.words import Entry, Kind, Words, folded, named, pattern_of

Slot = Literal[
    "style", "mood", "scene", "other", "instruments", "rhythm", "tempo", "dynamics", "production",
    "unwanted",  # last: what came after it might be taken for more of its list
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
DESCRIBING: Final[tuple[Slot, ...]] = ("mood", "tempo", "dynamics")  # what follows them
WEIGHTIEST_FIRST: Final[tuple[Slot, ...]] = (
    "instruments", "style", "rhythm", "scene", "mood", "production", "dynamics", "tempo", "other"
)  # fmt: skip
_CUT: Final = r"[,，、;；。！？\r\n|]|[.!?](?=\s)"
_ARTICLES: Final = r"(?:an?|the)(?![a-z])"
_EDGE: Final = " \t\r\n,，、;；.。!！?？:：|/"


@dataclass(frozen=True, slots=True)
class Known:
    """What a name or a phrase of the table means: where it goes, how it is written."""

    slot: Slot
    text: dict[Language, str]
    names: dict[Language, tuple[str, ...]]
    entry: Entry | None = None


class Piece(NamedTuple):
    """A phrase: the `known` in it with their letters, and `whole` what must not be taken apart."""

    known: tuple[tuple[Known, str], ...]
    whole: str = ""
    is_unwanted: bool = False

    @property
    def kept(self) -> str:
        """Return what of its letters counts."""
        return self.whole or "".join(letters for _, letters in self.known)

    @property
    def slot(self) -> Slot:
        """Return where the whole goes: where the weightiest word in it would."""
        if self.is_unwanted:
            return "unwanted"
        slots: list[Slot] = [known.slot for known, _ in self.known]
        return min(slots, key=WEIGHTIEST_FIRST.index, default="other")


@dataclass(slots=True)
class Parts:
    """What is said in each place, the entries that were named, and what phrases say besides.

    What is `said` stands under its letters, folded: nothing is said twice.
    """

    language: Language
    said: dict[Slot, dict[str, str]] = field(default_factory=lambda: {slot: {} for slot in ORDER})
    entries: dict[Slot, list[Entry]] = field(default_factory=lambda: {slot: [] for slot in ORDER})
    besides: set[Slot] = field(default_factory=set)

    def take(self, piece: Piece) -> None:
        """Say a phrase: whole in one place, or each of its words in its own."""
        if piece.whole:
            self.add(piece.slot, piece.whole)
        for known, letters in piece.known:
            self.entries[known.slot] += [known.entry] if known.entry else []
            if piece.whole:
                self.besides.add(known.slot)
            else:
                self.add(known.slot, _written(known, letters, self.language))

    def add(self, slot: Slot, text: str) -> None:
        """Say `text` in its place, once."""
        if text:
            self.said[slot].setdefault(folded(text), text)

    def suggest(self, bpm: float | None, *, has_figures: bool) -> None:
        """Add what suits the entries where nothing is said; the tempo `bpm` if it is given."""
        suiting = [entry for slot in LEADING for entry in self.entries[slot]]
        if not has_figures:
            self.add("tempo", self._tempo(bpm, suiting))
        for slot in self._unsaid():
            phrases = (getattr(entry, slot) for entry in suiting)
            if phrase := next(filter(None, phrases), None):
                self.add(slot, phrase.in_(self.language))

    def _tempo(self, bpm: float | None, suiting: list[Entry]) -> str:
        words = self.entries["tempo"]
        if bpm is not None:
            return "" if words else f"{round(bpm, 1):g} BPM"
        bpms = _bpms(words) or _bpms(suiting)
        return f"{round(mean(bpms))} BPM" if bpms else ""

    def _unsaid(self) -> tuple[Slot, ...]:
        """Return of what something may be suggested."""
        said = {slot for slot in SUGGESTED if self.said[slot]} | self.besides
        if "instruments" in said:
            said.add("rhythm")
        return tuple(slot for slot in SUGGESTED if slot not in said)

    def text(self) -> str:
        """Return all that is said, in order."""
        said = (text for slot in ORDER for text in self.said[slot].values())
        return SEPARATORS[self.language].join(said)


@dataclass(frozen=True)
class Translator:
    """Translates by a table of words."""

    words: Words

    def __call__(self, prompt: str, bpm: float | None = None) -> str:
        """Return `prompt` worded by the table, itself where that leaves nothing.

        `bpm` is the song's tempo, which is added where the prompt says nothing of tempo.
        """
        pieces = list(self._read(prompt))
        tempos = [prompt[start:end] for start, end in tempo_spans(prompt)]
        parts = Parts(language_of("".join((*(piece.kept for piece in pieces), *tempos))))
        for piece in pieces:
            parts.take(piece)
        for tempo in tempos:
            parts.add("tempo", tempo)
        if not parts.text():
            return prompt
        parts.suggest(bpm, has_figures=tempo_in(prompt) is not None)
        return parts.text()

    def slot_of(self, phrase: str) -> Slot:
        """Return where a name or phrase of the table goes, "other" for what is not in it."""
        known = self._known.get(folded(phrase))
        return known.slot if known else "other"

    def _read(self, prompt: str) -> Iterator[Piece]:
        """Yield the phrases between commas, and by itself what is not wanted."""
        text = _blanked(prompt, tempo_spans(prompt))
        words: list[re.Match[str]] = []
        begin = 0
        for found, end in read(text, self._pattern, self._thing):
            if not found["negation"] and not found["cut"]:
                words.append(found)
                continue
            yield self._piece(text, begin, found.start(), words)
            if found["negation"]:
                yield Piece((), self._bare(text[found.start() : end]), is_unwanted=True)
            words, begin = [], end
        yield self._piece(text, begin, len(text), words)

    def _piece(self, text: str, begin: int, end: int, words: list[re.Match[str]]) -> Piece:
        """Return the phrase [begin, end) of `text`, in which `words` are known."""
        starts, ends = [each.start() for each in words], [each.end() for each in words]
        gaps = [text[a:b] for a, b in zip([begin, *ends], [*starts, end], strict=True)]
        if not words:
            return Piece((), self._bare(gaps[0]))
        known = tuple((self._known[named(each[0], self._known)], each[0]) for each in words)
        if not any(map(self._bare, gaps)):
            return Piece(known)
        head = _without(self._whole_starts, gaps[0])
        tail = _without(self._ends, gaps[-1][::-1])[::-1]
        return Piece(known, head + text[starts[0] : ends[-1]] + tail)

    def _bare(self, letters: str) -> str:
        """Return the letters without connectives at their ends."""
        return _without(self._ends, _without(self._starts, letters)[::-1])[::-1]

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
        return re.compile(f"(?:{names})|{NEGATION}|(?P<cut>{_CUT})", re.IGNORECASE)

    @cached_property
    def _thing(self) -> re.Pattern[str]:
        """Return what finds one thing that is not wanted, as in "no loud drums": not "no loud"."""
        names = pattern_of(self._known).pattern
        how = pattern_of(n for n, known in self._known.items() if known.slot in DESCRIBING).pattern
        return re.compile(rf"(?:(?:{how})\s*+的?\s*+(?={names}))*+(?:{names})", re.IGNORECASE)

    @cached_property
    def _starts(self) -> re.Pattern[str]:
        """Return what finds all connectives, signs and blanks where letters begin."""
        return _joints(*self._joining)

    @cached_property
    def _whole_starts(self) -> re.Pattern[str]:
        """Return the same before a whole phrase, whose article belongs to it."""
        return _joints(*self._joining, but=rf"(?!{_ARTICLES})")

    @cached_property
    def _ends(self) -> re.Pattern[str]:
        """Return what finds them where letters, read backwards, begin."""
        english, chinese = self._joining
        return _joints([word[::-1] for word in english], [word[::-1] for word in chinese])

    @property
    def _joining(self) -> tuple[Sequence[str], Sequence[str]]:
        table = self.words.table.connectives
        return table.en, table.zh


def _bpms(entries: list[Entry]) -> list[float]:
    return [entry.bpm for entry in entries if entry.bpm is not None]


def _joints(english: Iterable[str], chinese: Iterable[str], but: str = "") -> re.Pattern[str]:
    """Return what takes in linear time as many connectives, signs and blanks as there are."""
    latin, other = _any_of(english), _any_of(chinese)
    each = rf"[{re.escape(_EDGE)}]|{but}(?:{latin})(?![a-z])|(?:{other})"
    return re.compile(f"(?:{each})*+", re.IGNORECASE)


def _without(joints: re.Pattern[str], letters: str) -> str:
    """Return the letters behind the `joints` with which they begin."""
    found = joints.match(letters)
    return letters[found.end() :] if found else letters


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
