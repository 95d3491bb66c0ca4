"""Writes a SoundFont 2 as SoundFont 3: the samples of the wanted presets, as Ogg Vorbis."""

import io
import struct
from collections.abc import Collection, Iterator, Mapping
from typing import Final

import numpy as np
import soundfile  # type: ignore[import-untyped]
from numpy.typing import NDArray

PRESETS: Final = np.dtype(
    [("name", "S20"), ("program", "<u2"), ("bank", "<u2"), ("bag", "<u2"), ("rest", "<u4", 3)]
)
INSTRUMENTS: Final = np.dtype([("name", "S20"), ("bag", "<u2")])
BAGS: Final = np.dtype([("generator", "<u2"), ("modulator", "<u2")])
GENERATORS: Final = np.dtype([("kind", "<u2"), ("amount", "<u2")])
SAMPLES: Final = np.dtype(
    [
        ("name", "S20"),
        *((name, "<u4") for name in ("start", "end", "loop_start", "loop_end", "rate_hz")),
        *(("pitch", "u1"), ("correction", "i1"), ("link", "<u2"), ("kind", "<u2")),
    ]
)
INSTRUMENT, SAMPLE = 41, 53  # the generators that name what a zone plays
VORBIS: Final = 0x10  # the bit of a sample's kind
SILENCE: Final = np.zeros(64, np.int16)

Chunks = dict[bytes, memoryview]


def chunks(data: memoryview) -> Iterator[tuple[bytes, memoryview]]:
    """Yield the RIFF chunks in `data`; one that holds others goes by what it says it is."""
    at = 0
    while at < len(data):
        name, size = struct.unpack_from("<4sI", data, at)
        body = data[at + 8 : at + 8 + size]
        holds = name in (b"RIFF", b"LIST")
        yield (bytes(body[:4]), body[4:]) if holds else (name, body)
        at += 8 + size + size % 2


def chunk(name: bytes, *bodies: bytes) -> bytes:
    """Return a RIFF chunk."""
    body = b"".join(bodies)
    return struct.pack("<4sI", name, len(body)) + body + b"\0" * (len(body) % 2)


def chunk_of(kind: bytes, parts: Mapping[bytes, bytes | memoryview]) -> bytes:
    """Return a LIST chunk that holds `parts`."""
    return chunk(b"LIST", kind, *(chunk(name, bytes(body)) for name, body in parts.items()))


def played(tables: Chunks, presets: Collection[tuple[int, int]]) -> set[int]:
    """Return the samples that presets, named by bank and program, play."""
    heads = np.frombuffer(tables[b"phdr"], PRESETS)
    wanted = [n for n, head in enumerate(heads[:-1]) if (head["bank"], head["program"]) in presets]
    instruments = {i for n in wanted for i in named_by(heads, tables, b"p", INSTRUMENT, n)}
    heads = np.frombuffer(tables[b"inst"], INSTRUMENTS)
    return {s for n in instruments for s in named_by(heads, tables, b"i", SAMPLE, n)}


def named_by(
    heads: NDArray[np.void], tables: Chunks, level: bytes, kind: int, index: int
) -> list[int]:
    """Return what the generators of `kind` name in the zones of the head `index`."""
    bags = np.frombuffer(tables[level + b"bag"], BAGS)["generator"]
    first, end = (int(bags[heads["bag"][n]]) for n in (index, index + 1))
    generators = np.frombuffer(tables[level + b"gen"], GENERATORS)[first:end]
    return [int(n) for n in generators["amount"][generators["kind"] == kind]]


def vorbis(points: NDArray[np.int16], rate_hz: int, compression: float) -> bytes:
    """Return a mono sample as an Ogg Vorbis file."""
    file = io.BytesIO()
    sound = {"format": "OGG", "subtype": "VORBIS", "compression_level": compression}
    soundfile.write(file, points, rate_hz, **sound)
    return file.getvalue()


def sf2_to_sf3(
    data: bytes, presets: Collection[tuple[int, int]] | None = None, compression: float = 0.7
) -> bytes:
    """Return the SoundFont 2 `data` as SoundFont 3.

    Where `presets` (bank, program) are named, what only others play becomes silence. `compression`
    is 0 for the best sound to 1 for the smallest file.
    """
    lists = dict(chunks(dict(chunks(memoryview(data)))[b"sfbk"]))
    info, sound, tables = (dict(chunks(lists[kind])) for kind in (b"INFO", b"sdta", b"pdta"))
    rows = np.frombuffer(tables[b"shdr"], SAMPLES).copy()
    used = range(len(rows)) if presets is None else played(tables, presets)
    points = np.frombuffer(sound[b"smpl"], "<i2")
    parts = (
        chunk_of(b"INFO", info | {b"ifil": struct.pack("<HH", 3, 0)}),
        chunk_of(b"sdta", {b"smpl": b"".join(recoded(points, rows, used, compression))}),
        chunk_of(b"pdta", tables | {b"shdr": rows.tobytes()}),
    )
    return chunk(b"RIFF", b"sfbk", *parts)


def recoded(
    points: NDArray[np.int16], rows: NDArray[np.void], used: Collection[int], compression: float
) -> Iterator[bytes]:
    """Yield the files of the samples, silence first, and point the `rows` at them."""
    silence = vorbis(SILENCE, 44100, compression)
    yield silence
    end = len(silence)
    for index, row in enumerate(rows[:-1]):  # the last row ends the table
        row["kind"] |= VORBIS
        start, stop = int(row["start"]), int(row["end"])
        if index not in used or stop <= start:
            row["start"], row["end"], row["loop_start"], row["loop_end"] = 0, len(silence), 8, 56
            continue
        file = vorbis(points[start:stop], int(row["rate_hz"]), compression)
        yield file
        row["start"], row["end"] = end, end + len(file)
        for name in ("loop_start", "loop_end"):
            row[name] = max(0, int(row[name]) - start)
        end += len(file)
