"""Songs on their way to the engine: of each, only the parts that the one before did not have.

A part is the same when it is the same object, so the cost is that of the change.
"""

import io
import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from desktop.document.song import Note, Song


@dataclass(frozen=True, slots=True)
class SongUpdate:
    """A pickled song in which numbers stand for its parts: those known, and the `fresh` ones."""

    dropped: tuple[int, ...]
    fresh: tuple[tuple[int, bytes], ...]
    song: bytes


class SongWriter:
    """Writes one song after the other for one reader."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[int, object]] = {}  # by id(); it holds on to the object
        self._last_number = 0

    def write(self, song: Song) -> SongUpdate:
        """Return how `song` differs from the one written before."""
        wanted = {id(part): part for part in parts(song)}
        dropped = [key for key in self._known if key not in wanted]
        numbers = tuple(self._known.pop(key)[0] for key in dropped)
        fresh = tuple(self._number(part) for key, part in wanted.items() if key not in self._known)
        return SongUpdate(numbers, fresh, self._pickled(song))

    def _number(self, part: object) -> tuple[int, bytes]:
        pickled = self._pickled(part)
        self._last_number += 1
        self._known[id(part)] = self._last_number, part
        return self._last_number, pickled

    def _pickled(self, part: object) -> bytes:
        data = io.BytesIO()
        _Pickler(data, self._known).dump(part)
        return data.getvalue()


class SongReader:
    """Reads what one writer wrote, in that order."""

    def __init__(self) -> None:
        self._parts: dict[int, object] = {}

    def read(self, update: SongUpdate) -> Song:
        """Return the song; parts that it shares with the one before are the same objects."""
        for number in update.dropped:
            del self._parts[number]
        for number, data in update.fresh:
            self._parts[number] = self._unpickled(data)
        song: Song = self._unpickled(update.song)
        return song

    def _unpickled(self, data: bytes) -> Any:
        return _Unpickler(io.BytesIO(data), self._parts).load()


def parts(song: Song) -> Iterator[object]:
    """Yield what is worth a number; what a part consists of comes before it."""
    yield song.tempo_map
    for track in song.tracks:
        yield from track.clips
        for region in track.regions:
            yield from region.takes
            yield region
        yield track


class _Pickler(pickle.Pickler):
    # a note's own way, through the state of a dataclass with slots, takes three times as long
    dispatch_table = {Note: lambda n: (Note, (n.id, n.start, n.length, n.pitch, n.velocity))}  # noqa: RUF012

    def __init__(self, file: io.BytesIO, known: dict[int, tuple[int, object]]) -> None:
        super().__init__(file, protocol=5)
        self._known = known

    def persistent_id(self, value: object) -> int | None:
        known = self._known.get(id(value))
        return known[0] if known is not None else None


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, parts: dict[int, object]) -> None:
        super().__init__(file)
        self._parts = parts

    def persistent_load(self, number: int) -> object:
        return self._parts[number]
