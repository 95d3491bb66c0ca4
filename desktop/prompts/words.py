"""The words that prompts are made of, by kind, from a table that the user may change."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Final, Literal, get_args

import msgspec
from msgspec import Meta, structs

from desktop.document.tempo import MAX_BPM, MIN_BPM
from desktop.prompts.wording import Language, with_words, without_span
from desktop.storage.errors import FileAccessError, StorageError, reporting
from desktop.storage.files import read_file, write_atomically

Kind = Literal["style", "mood", "scene", "instrument", "rhythm", "tempo", "dynamics", "sound"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
SHIPPED: Final = Path(__file__).with_name("words.toml")
NAME: Final = "words.toml"
MAX_BYTES: Final = 4 * 2**20
_ANY_I: Final = str.maketrans("ıİ", "ii")
OWN: Final = """\
# Your own words for prompts, in English and Chinese: what you write here holds at once.
# An entry takes the place of the one of the same name that came with the program, `off = true`
# takes it away, and a new name adds one. Tables are [instrument.NAME], [style.NAME], [mood.NAME],
# [scene.NAME], [tempo.NAME], [dynamics.NAME] and [sound.NAME].
#
# [scene.harbour]
# en = ["harbour", "port"]
# zh = ["港口"]
# bpm = 80
# instruments = { en = "accordion and double bass", zh = "手风琴和低音提琴" }
# rhythm = { en = "slow swaying waltz", zh = "缓慢摇曳的圆舞曲" }
# dynamics = { en = "played softly", zh = "轻声演奏" }
# production = { en = "distant, with reverb", zh = "遥远，带混响" }
"""


class WordsError(StorageError):
    """The user's table of words cannot be used."""


class Phrase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is written in each of the languages."""

    en: str = ""
    zh: str = ""

    def in_(self, language: Language) -> str:
        """Return the text in `language`, or in the other one where it has none."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names of one thing, what is written for it, and what suits it; see words.toml."""

    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()
    says: Phrase | None = None
    common: bool = False
    bpm: Annotated[float, Meta(ge=MIN_BPM, le=MAX_BPM)] | None = None
    instruments: Phrase | None = None
    rhythm: Phrase | None = None
    dynamics: Phrase | None = None
    production: Phrase | None = None
    off: bool = False

    def names(self, language: Language) -> tuple[str, ...]:
        """Return what it is called in `language`, or in the other one where it has no name."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)

    def written(self, language: Language) -> str:
        """Return what stands for it in a prompt."""
        return self.says.in_(language) if self.says else next(iter(self.names(language)), "")


class Connectives(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that say nothing of the music."""

    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A words.toml."""

    connectives: Connectives = Connectives()
    instrument: dict[str, Entry] = {}
    style: dict[str, Entry] = {}
    mood: dict[str, Entry] = {}
    scene: dict[str, Entry] = {}
    rhythm: dict[str, Entry] = {}
    tempo: dict[str, Entry] = {}
    dynamics: dict[str, Entry] = {}
    sound: dict[str, Entry] = {}


@dataclass(frozen=True, slots=True)
class Word:
    """An entry under its kind and key."""

    kind: Kind
    key: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Found:
    """A word in a prompt: from letter `start` to `end`."""

    word: Word
    start: int
    end: int


@dataclass(frozen=True)
class Words:
    """All words of a table."""

    table: Table

    @cached_property
    def all(self) -> tuple[Word, ...]:
        """Return the words in the order of kinds, as they stand in the table."""
        return tuple(
            Word(kind, key, entry)
            for kind in KINDS
            for key, entry in getattr(self.table, kind).items()
            if not entry.off
        )

    def of_kind(self, kind: Kind) -> tuple[Word, ...]:
        """Return the words of `kind`."""
        return tuple(word for word in self.all if word.kind == kind)

    def find(self, prompt: str) -> tuple[Found, ...]:
        """Return the words in `prompt`; of names that overlap the longest is meant."""
        return tuple(
            Found(self._named[named(found[0], self._named)], *found.span())
            for found in self._pattern.finditer(prompt)
        )

    def has(self, prompt: str, word: Word) -> bool:
        """Return whether `prompt` calls the word by one of its names."""
        return any(found.word == word for found in self.find(prompt))

    def toggled(self, prompt: str, word: Word, language: Language) -> str:
        """Return `prompt` without the word if it has it, else with it at the end."""
        if not self.has(prompt, word):
            return with_words(prompt, word.entry.names(language)[0])
        for found in reversed(self.find(prompt)):
            if found.word == word:
                prompt = without_span(prompt, found.start, found.end)
        return prompt

    def beginning_with(self, letters: str) -> list[str]:
        """Return the names that begin with `letters`, in any case, the most likely ones first."""
        wanted, found = folded(letters), []
        for word in self.all:
            for names in (word.entry.en, word.entry.zh):
                for place, name in enumerate(names):
                    if folded(name).startswith(wanted):
                        found.append((not word.entry.common, place, len(name), name))
        return [name for *_, name in sorted(found)]

    @cached_property
    def _named(self) -> dict[str, Word]:
        found: dict[str, Word] = {}
        for word in self.all:
            for name in (*word.entry.en, *word.entry.zh):
                found.setdefault(folded(name), word)
        return found

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return pattern_of(self._named)


def folded(text: str) -> str:
    """Return `text` as names are compared, whatever their case.

    `re` takes the I without its dot, and the one that has it as a capital, for an i.
    """
    return text.translate(_ANY_I).casefold()


def pattern_of(names: Iterable[str]) -> re.Pattern[str]:
    """Return what finds any of `names`, the longest first; Latin ones as whole words, with an s."""
    ordered = sorted((name for name in names if name), key=len, reverse=True)
    latin = "|".join(re.escape(name) for name in ordered if name.isascii()) or r"(?!)"
    other = "|".join(re.escape(name) for name in ordered if not name.isascii()) or r"(?!)"
    return re.compile(f"(?:{other})|(?<![a-z])(?:{latin})s?(?![a-z])", re.IGNORECASE)


def named(letters: str, names: dict[str, Any]) -> str:
    """Return under which of `names` the letters that `pattern_of` found are known."""
    name = folded(letters)
    return name if name in names else name.removesuffix("s")


def load_words(own: Path | None = None) -> Words:
    """Return the shipped words, changed as the file `own` says if there is one; WordsError."""
    shipped = _read(SHIPPED)
    if own is None or not own.exists():
        return Words(shipped)
    changed = _read(own)
    kinds = {kind: {**getattr(shipped, kind), **getattr(changed, kind)} for kind in KINDS}
    both = changed.connectives
    connectives = Connectives(shipped.connectives.en + both.en, shipped.connectives.zh + both.zh)
    return Words(structs.replace(shipped, connectives=connectives, **kinds))


def make_own(path: Path) -> None:
    """Put a table that changes nothing yet at `path`, unless there is one; StorageError."""
    if not path.exists():
        with reporting(path.parent, "made"):
            path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, OWN.encode())


def _read(path: Path) -> Table:
    try:
        table = msgspec.convert(tomllib.loads(read_file(path, MAX_BYTES).decode()), Table)
    except (ValueError, RecursionError) as error:
        advice = "mend or remove it; until then the words that came with the program are used"
        raise WordsError(path, f"is no table of words ({error})", advice) from error
    except FileAccessError as error:
        raise WordsError(path, error.problem, error.advice) from error
    _check(path, table)
    return table


def _check(path: Path, table: Table) -> None:
    for kind in KINDS:
        for key, entry in getattr(table, kind).items():
            if not entry.off and not any(map(str.strip, entry.en + entry.zh)):
                advice = f"give [{kind}.{key}] a name, as en or zh, or off = true"
                raise WordsError(path, f"[{kind}.{key}] has no name", advice)
