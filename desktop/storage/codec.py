"""The song as bytes of JSON and back; what is not exactly a song is refused with the place."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np

from desktop.document.song import Song
from desktop.storage.errors import DamagedSongError, NewerVersionError
from desktop.storage.migrations import MIGRATIONS, Data, Migration, migrate

CURRENT: Final = 4
MAX_NEXT_ID: Final = 2**52  # half of all ids: the rest is for what a song is yet to get
UNNAMED: Final = Path("song.json")


@dataclass(frozen=True, slots=True)
class Saved:
    """A song as it lies in a file; of two files the one with the higher `revision` is newer."""

    version: int
    revision: int
    song: Song


def encode(song: Song, revision: int = 0) -> bytes:
    """Return the bytes of a song's file; a song that was decoded gives the same bytes again."""
    return msgspec.json.encode(Saved(CURRENT, revision, song), enc_hook=_plain) + b"\n"


def decode(
    data: bytes,
    path: Path = UNNAMED,
    current: int = CURRENT,
    migrations: Mapping[int, Migration] = MIGRATIONS,
) -> Saved:
    """Return the song in `data`, which was read from `path`, migrated when it is older.

    Raises NewerVersionError, or DamagedSongError with the place in the data. Unknown and missing
    fields are damage too: a silent default would lose them at the next save.
    """
    try:
        plain = _migrated(_parse(data), path, current, migrations)
        saved = msgspec.convert(plain, Saved)
        _check_fields(plain, msgspec.to_builtins(saved), "$")
        if saved.revision < 0:
            raise ValueError(f"revision must be 0 or more, got {saved.revision}")
        if saved.song.next_id > MAX_NEXT_ID:
            raise ValueError(f"next_id must be {MAX_NEXT_ID} or less, got {saved.song.next_id}")
    except _DAMAGE as error:
        raise DamagedSongError(path, f"is damaged ({_reason(error)})") from error
    return saved


# What parsing and converting raise; a migration of damaged data may stumble in any way.
_DAMAGE: Final = (
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    RecursionError,
)


def _reason(error: Exception) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)[:300]


def _parse(data: bytes) -> Data:
    plain = msgspec.json.decode(data)
    if not isinstance(plain, dict):
        raise ValueError(f"expected an object, got {type(plain).__name__}")
    return plain


def _migrated(data: Data, path: Path, current: int, migrations: Mapping[int, Migration]) -> Data:
    version = data.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise ValueError(f"version must be 1 or more, got {str(version)[:20]}")
    if version > current:
        problem = f"was written by a newer version of Partimento (format {version}, not {current})"
        raise NewerVersionError(path, problem, "update Partimento to open it")
    return migrate(data, migrations)


def _check_fields(read: Any, song: Any, place: str) -> None:
    if isinstance(song, dict):
        for name in sorted(read.keys() ^ song.keys()):
            raise ValueError(f"{'unknown' if name in read else 'missing'} field {place}.{name}")
        for name, value in song.items():
            _check_fields(read[name], value, f"{place}.{name}")
    elif isinstance(song, list | tuple):
        for n, (one, other) in enumerate(zip(read, song, strict=True)):
            _check_fields(one, other, f"{place}[{n}]")


def _plain(value: object) -> object:
    if isinstance(value, np.generic):  # a scalar that came out of an array is the number it holds
        return value.item()
    raise NotImplementedError(f"a song cannot hold {type(value).__name__}")
