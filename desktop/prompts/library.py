"""The library of prompts: an SQLite file that several programs may use at once.

Every change is one transaction in write-ahead mode, so that a program that is killed leaves the
library as it was before or after it. Prompts are ordered by worth: the Elo rating of what was
compared in A/B (1500 at first, 32 points at stake), 40 points for a star, 2 for each of the first
50 uses.
"""

import sqlite3
import unicodedata
import weakref
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from desktop.prompts.library_file import Kept, MadeTake, clean_tags
from desktop.prompts.wording import language_of
from desktop.storage.errors import StorageError

NEW_ELO: Final = 1500.0
ELO_AT_STAKE: Final = 32.0
MAX_RATING: Final = 5
BUSY_MS: Final = 5000
MAX_VALUES: Final = 999  # of a query, on any system
MAX_WORDS: Final = 50  # of a search; SQLite takes 1000 conditions at most
WORTH: Final = "elo + 40 * rating + 2 * min(uses, 50)"

# Each script leads from the version that is its place in the row to the next one.
MIGRATIONS: Final = (
    """
    CREATE TABLE prompts (
        id INTEGER PRIMARY KEY,
        text TEXT NOT NULL UNIQUE,
        tags TEXT NOT NULL DEFAULT '',      -- one a line
        rating INTEGER NOT NULL DEFAULT 0,
        uses INTEGER NOT NULL DEFAULT 0,
        elo REAL NOT NULL DEFAULT 1500,
        compared INTEGER NOT NULL DEFAULT 0,
        folded TEXT NOT NULL                -- text and tags, as they are searched
    );
    CREATE TABLE takes (
        prompt_id INTEGER NOT NULL REFERENCES prompts ON DELETE CASCADE,
        song TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        PRIMARY KEY (prompt_id, song, sha256)
    ) WITHOUT ROWID;
    """,
)

# SQLITE_ERROR stands for tables that are not there.
_DAMAGED: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}


class LibraryError(StorageError):
    """The library of prompts cannot be used."""


class DamagedLibraryError(LibraryError):
    """The library's file is damaged."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt of the library; `rating` is 0..5 stars, `compared` how often it was in an A/B.

    `takes` is how many takes it made.
    """

    id: int
    text: str
    tags: tuple[str, ...] = ()
    rating: int = 0
    uses: int = 0
    elo: float = NEW_ELO
    compared: int = 0
    takes: int = 0


class Library:
    """The prompts in the file at `path`, ":memory:" for none. Use it from one thread."""

    def __init__(self, path: Path | str, starter: Callable[[], Iterable[Kept]] = tuple) -> None:
        """A new library begins with the prompts that `starter` gives."""
        self.path, self._starter = Path(path), starter
        with self._telling():
            # a library that was forgotten is closed in whichever thread clears it away
            wait_s = BUSY_MS / 1000
            self._db = sqlite3.connect(
                path, isolation_level=None, timeout=wait_s, check_same_thread=False
            )
        self._finalizer = weakref.finalize(self, self._db.close)
        try:
            with self._telling():
                self._set_up()
        except LibraryError:
            self.close()
            raise

    def close(self) -> None:
        """Let the file go; a second time does nothing."""
        self._finalizer()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def search(self, words: str = "", tag: str = "", limit: int = 200) -> tuple[Prompt, ...]:
        """Return the prompts that have all `words` in text or tags, in any case and order.

        Those that have a word of several Chinese characters in one piece come first, then the
        worthiest. With `tag`, only prompts that have it.
        """
        pieces = list(dict.fromkeys(_folded(words).split()))[:MAX_WORDS]
        wanted = list(dict.fromkeys(p for piece in pieces for p in _parts(piece)))[:MAX_WORDS]
        conditions = ["instr(folded, ?)"] * len(wanted)
        if tag:
            conditions.append("instr(char(10) || tags || char(10), char(10) || ? || char(10))")
        whole = " + ".join(["(instr(folded, ?) > 0)"] * len(pieces)) or "NULL"
        where = " AND ".join(conditions) or "1"
        order = f"{whole} DESC, {WORTH} DESC, id"
        values = (*wanted, *([tag] if tag else []), *pieces, limit)
        return self._prompts(f"WHERE {where} ORDER BY {order} LIMIT ?", values)

    def find(self, text: str) -> Prompt | None:
        """Return the prompt that says `text`."""
        return next(iter(self._prompts("WHERE text = ?", (_trimmed(text),))), None)

    def tags(self) -> tuple[str, ...]:
        """Return the tags there are, the most used first."""
        prompts = self._prompts("WHERE tags <> ''", ())
        counts = Counter(tag for prompt in prompts for tag in prompt.tags)
        return tuple(sorted(counts, key=lambda tag: (-counts[tag], tag)))

    def takes(self, prompt_id: int) -> tuple[MadeTake, ...]:
        """Return the takes that a prompt made."""
        with self._telling():
            rows = self._db.execute(
                "SELECT song, sha256 FROM takes WHERE prompt_id = ? ORDER BY song, sha256",
                (prompt_id,),
            ).fetchall()
        return tuple(MadeTake(*row) for row in rows)

    def add(self, text: str, tags: Iterable[str] = ()) -> Prompt:
        """Return the prompt that says `text`, new if there was none, with `tags` added."""
        with self._changing():
            self._merge(Kept(text=_trimmed(text), tags=clean_tags(tags)))
            found = self.find(text)
        assert found is not None
        return found

    def remove(self, prompt_id: int) -> Kept | None:
        """Forget a prompt, and return all that was known of it, for `take_in` to bring back."""
        with self._changing():
            found = self._prompts("WHERE id = ?", (prompt_id,))
            kept = self._kept(found[0]) if found else None
            self._db.execute("DELETE FROM prompts WHERE id = ?", (prompt_id,))
        return kept

    def rate(self, prompt_id: int, rating: int) -> None:
        """Give a prompt 0 to 5 stars."""
        if not 0 <= rating <= MAX_RATING:
            raise ValueError(f"rating must be in 0..{MAX_RATING}, got {rating}")
        with self._changing():
            self._db.execute("UPDATE prompts SET rating = ? WHERE id = ?", (rating, prompt_id))

    def set_tags(self, prompt_id: int, tags: Iterable[str]) -> None:
        """Give a prompt `tags` in place of those it had."""
        with self._changing():
            for prompt in self._prompts("WHERE id = ?", (prompt_id,)):
                cleaned = clean_tags(tags)
                values = ("\n".join(cleaned), _searched(prompt.text, cleaned), prompt_id)
                self._db.execute("UPDATE prompts SET tags = ?, folded = ? WHERE id = ?", values)

    def use(self, text: str) -> None:
        """Count a use of the prompt that says `text`, if the library has it."""
        with self._changing():
            self._db.execute("UPDATE prompts SET uses = uses + 1 WHERE text = ?", (_trimmed(text),))

    def made(self, text: str, take: MadeTake) -> None:
        """Remember that the prompt that says `text`, if the library has it, made a take."""
        with self._changing():
            self._db.execute(
                "INSERT OR IGNORE INTO takes SELECT id, ?, ? FROM prompts WHERE text = ?",
                (take.song, take.sha256, _trimmed(text)),
            )

    def record_win(self, winner: str, loser: str) -> None:
        """Let one prompt have won over another in an A/B; both are kept from now on.

        Elo's rule: the points that change hands are fewer the more the win was to be expected.
        """
        if _trimmed(winner) == _trimmed(loser):
            raise ValueError("a prompt cannot win over itself; compare two different ones")
        with self._changing():
            better, worse = (self._merged(text) for text in (winner, loser))
            expected = 1 / (1 + 10 ** ((worse.elo - better.elo) / 400))
            points = ELO_AT_STAKE * (1 - expected)
            for prompt, gained in ((better, points), (worse, -points)):
                self._db.execute(
                    "UPDATE prompts SET elo = elo + ?, compared = compared + 1 WHERE id = ?",
                    (gained, prompt.id),
                )

    def kept(self) -> tuple[Kept, ...]:
        """Return all prompts with all that is known of them, for a file."""
        return tuple(map(self._kept, self._prompts("ORDER BY id", ())))

    def take_in(self, kept: Iterable[Kept]) -> int:
        """Add the prompts of a file, and return how many are new.

        A prompt that is known gets the file's tags and takes too; of ratings and uses the larger
        ones stand, of two Elo ratings the one that is of more comparisons.
        """
        with self._changing():
            before = self._count()
            for one in kept:
                self._merge(one)
            return self._count() - before

    def _kept(self, prompt: Prompt) -> Kept:
        takes = self.takes(prompt.id) if prompt.takes else ()
        return Kept(
            prompt.text, prompt.tags, prompt.rating, prompt.uses, prompt.elo, prompt.compared, takes
        )

    def _merged(self, text: str) -> Prompt:
        self._merge(Kept(text=_trimmed(text)))
        return self._prompts("WHERE text = ?", (_trimmed(text),))[0]

    def _merge(self, kept: Kept) -> None:
        text = _trimmed(kept.text)
        if not text:
            raise ValueError("a prompt of the library must say something; write one first")
        known = self.find(text)
        tags = clean_tags((*(known.tags if known else ()), *kept.tags))
        self._db.execute(
            """
            INSERT INTO prompts (text, tags, rating, uses, elo, compared, folded)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (text) DO UPDATE SET
                tags = excluded.tags,
                folded = excluded.folded,
                rating = max(rating, excluded.rating),
                uses = max(uses, excluded.uses),
                elo = iif(excluded.compared > compared, excluded.elo, elo),
                compared = max(compared, excluded.compared)
            """,
            (text, "\n".join(tags), kept.rating, kept.uses, kept.elo, kept.compared,
             _searched(text, tags)),
        )  # fmt: skip
        for take in kept.takes:
            self._db.execute(
                "INSERT OR IGNORE INTO takes SELECT id, ?, ? FROM prompts WHERE text = ?",
                (take.song, take.sha256, text),
            )

    def _count(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM prompts").fetchone()[0])

    def _prompts(self, rest: str, values: Sequence[object]) -> tuple[Prompt, ...]:
        columns = "id, text, tags, rating, uses, elo, compared"
        with self._telling():
            rows = self._db.execute(f"SELECT {columns} FROM prompts {rest}", values).fetchall()
            takes = dict(self._db.execute(*_counting([row[0] for row in rows])))
        try:
            return tuple(_prompt(*row, takes.get(row[0], 0)) for row in rows)
        except (TypeError, AttributeError) as error:  # bytes or NULL where there was text
            raise self._damaged(error) from error

    def _set_up(self) -> None:
        self._db.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        self._db.execute("PRAGMA foreign_keys = ON")
        if self._db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("a check of its pages failed")
        if self._version() != len(MIGRATIONS):
            with self._changing():
                self._migrate()
        self._db.execute("SELECT count(*) FROM takes JOIN prompts ON id = prompt_id")
        self._db.execute("PRAGMA synchronous = NORMAL")
        with suppress(sqlite3.OperationalError):  # busy: whoever opens it next will switch
            self._db.execute("PRAGMA journal_mode = WAL")

    def _version(self) -> int:
        return int(self._db.execute("PRAGMA user_version").fetchone()[0])

    def _migrate(self) -> None:
        version = self._version()
        if version > len(MIGRATIONS):
            advice = "update Partimento to use it"
            raise LibraryError(self.path, "was written by a newer version of Partimento", advice)
        for script in MIGRATIONS[version:]:
            for statement in script.split(";\n"):
                self._db.execute(statement)
        self._db.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        if version == 0:
            for kept in self._starter():
                self._merge(kept)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Make one transaction of the block, which sees nobody else's changes in between."""
        with self._telling():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except UnicodeDecodeError as error:  # in text, or in what SQLite says of it
            raise self._damaged(error) from error
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF in _DAMAGED:
                raise self._damaged(error) from error
            advice = "close other programs that use it, check the disk and try again"
            raise LibraryError(self.path, f"cannot be used ({error})", advice) from error

    def _damaged(self, error: Exception) -> DamagedLibraryError:
        advice = "remove it, or put a copy in its place"
        return DamagedLibraryError(self.path, f"is damaged ({error})", advice)


def _prompt(number: int, text: str, tags: str, *figures: Any) -> Prompt:
    if not isinstance(text, str):
        raise TypeError(f"prompt {number} is no text")
    return Prompt(number, text, tuple(tags.split("\n")) if tags else (), *figures)


def _counting(prompt_ids: Sequence[int]) -> tuple[str, Sequence[int]]:
    """Return the query, and its values, for how many takes each of the prompts made."""
    few = len(prompt_ids) <= MAX_VALUES
    chosen = f"WHERE prompt_id IN ({','.join('?' * len(prompt_ids))})" if few else ""
    query = f"SELECT prompt_id, count(*) FROM takes {chosen} GROUP BY prompt_id"
    return query, prompt_ids if few else ()


def _trimmed(text: str) -> str:
    return text.strip()


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _searched(text: str, tags: Sequence[str]) -> str:
    return _folded("\n".join((text, *tags)))


def _parts(piece: str) -> Iterable[str]:
    """Return what is looked for: Chinese has no spaces, so each of its characters by itself."""
    return piece if language_of(piece) == "zh" else (piece,)
