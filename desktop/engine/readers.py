"""Takes read ahead of time, chunk by chunk, by a thread of their own."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from desktop.mixing.errors import MixError
from desktop.mixing.levels import CHANNELS
from desktop.mixing.stems import Placement, TrackSound
from desktop.storage.errors import StorageError
from inference.arrays import Audio

CHUNK_FRAMES: Final = 16384
IDLE_S: Final = 0.02
KEPT_S: Final = 1.0  # longer than it takes to put a block together


class Reader:
    """The takes of a track. One thread loads and drops chunks, another reads."""

    def __init__(self, placed: tuple[Placement, ...], sound: TrackSound) -> None:
        self.placements = placed
        self._sound = sound
        self._chunks: dict[int, Audio | None] = {}  # None is silence
        self._left_at_s: dict[int, float] = {}  # when a chunk was no longer wanted
        self._was_late = False

    @property
    def is_empty(self) -> bool:
        """Return whether nothing is loaded."""
        return not self._chunks

    def has(self, chunk: int) -> bool:
        """Return whether `chunk` can be read, and is not about to be dropped."""
        return not self.placements or (chunk in self._chunks and chunk not in self._left_at_s)

    def has_span(self, start: int, frames: int) -> bool:
        """Return whether the frames can be read."""
        return all(self.has(chunk) for chunk in chunks_of(start, frames))

    def load(self, chunk: int) -> str | None:
        """Decode `chunk`; return why that was not possible, and let it be silence then."""
        if self._left_at_s.pop(chunk, None) is not None:
            return None  # it is still there
        try:
            sound = self._sound.read(chunk * CHUNK_FRAMES, CHUNK_FRAMES)
            self._chunks[chunk] = sound if sound.any() else None
        except (MixError, StorageError) as error:
            self._chunks[chunk] = None
            return str(error)
        except Exception as error:  # whatever one take has, the others play on
            self._chunks[chunk] = None
            return f"a take cannot be read: {type(error).__name__}: {error}; render it again"
        return None

    def keep(self, chunks: set[int], now_s: float) -> None:
        """Forget other chunks, but not at once: the block that is put together may need them."""
        for chunk in self._chunks.keys() & chunks:
            self._left_at_s.pop(chunk, None)
        for chunk in self._chunks.keys() - chunks:
            if now_s - self._left_at_s.setdefault(chunk, now_s) > KEPT_S:
                del self._chunks[chunk], self._left_at_s[chunk]

    def read(self, start: int, frames: int) -> Audio | None:
        """Return float32 (2, frames) of the song, None for silence; what is not there is silent."""
        chunks = chunks_of(start, frames)
        if len(chunks) == 1:
            self._was_late |= bool(self.placements) and chunks[0] not in self._chunks
            held = self._chunks.get(chunks[0])
            at = start - chunks[0] * CHUNK_FRAMES
            return held[:, at : at + frames] if held is not None else None
        sound = np.zeros((CHANNELS, frames), np.float32)
        for chunk in chunks:
            first = max(start, chunk * CHUNK_FRAMES)
            last = min(start + frames, (chunk + 1) * CHUNK_FRAMES)
            part = self.read(first, last - first)
            if part is not None:
                sound[:, first - start : last - start] = part
        return sound

    def was_late(self) -> bool:
        """Return whether since the last call something was read that was not there."""
        late, self._was_late = self._was_late, False
        return late

    def close(self) -> None:
        """Let go of the open take."""
        self._sound.close()


def chunks_of(start: int, frames: int) -> range:
    """Return the numbers of the chunks that hold the frames."""
    return range(start // CHUNK_FRAMES, -(-(start + frames) // CHUNK_FRAMES))


@dataclass(frozen=True, slots=True)
class Path:
    """Frames that are going to sound, of those readers."""

    readers: tuple[Reader, ...]
    start: int
    frames: int


class ReadAhead:
    """The thread that keeps loaded what the paths say, nearest first."""

    def __init__(
        self, paths: Callable[[], Iterable[Path]], on_trouble: Callable[[str], None]
    ) -> None:
        """`paths` is called in the thread; `on_trouble` is told what could not be read, once."""
        self._paths, self._on_trouble = paths, on_trouble
        self._told: set[str] = set()
        self._open: set[Reader] = set()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="read-ahead", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread and close the readers."""
        self._ended.set()
        self._thread.join()
        for reader in self._open:
            reader.close()

    def _run(self) -> None:
        while not self._ended.is_set():
            wanted = list(wanted_chunks(self._paths()))
            if (missing := next((w for w in wanted if not w[0].has(w[1])), None)) is None:
                self._tidy(wanted)
                self._ended.wait(IDLE_S)
            else:
                self._load(*missing)

    def _load(self, reader: Reader, chunk: int) -> None:
        self._open.add(reader)
        trouble = reader.load(chunk)
        if trouble is not None and trouble not in self._told:
            self._told.add(trouble)
            self._on_trouble(trouble)

    def _tidy(self, wanted: list[tuple[Reader, int]]) -> None:
        chunks: dict[Reader, set[int]] = {}
        for reader, chunk in wanted:
            chunks.setdefault(reader, set()).add(chunk)
        now_s = time.monotonic()
        for reader in list(self._open):
            reader.keep(chunks.get(reader, set()), now_s)
            if reader.is_empty and reader not in chunks:
                reader.close()
                self._open.discard(reader)


def wanted_chunks(paths: Iterable[Path]) -> Iterator[tuple[Reader, int]]:
    """Yield the chunks of each path in the order of time, all tracks side by side."""
    for path in paths:
        readers = [reader for reader in path.readers if reader.placements]
        for chunk in chunks_of(path.start, path.frames):
            for reader in readers:
                yield reader, chunk
