"""The header of a WAV file with a broadcast extension, for files of any size.

soundfile writes no `bext` chunk, and its float files carry the time of writing, so that the same
song would never give the same file. Sources: EBU Tech 3285 (bext), EBU Tech 3306 (RF64).
"""

import struct
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.exporting.options import Bits
from desktop.mixing.levels import CHANNELS

RIFF_LIMIT_BYTES: Final = 2**32 - 1
IN_DS64: Final = 2**32 - 1  # stands where a size no longer fits
PCM: Final = 1
IEEE_FLOAT: Final = 3
_BEXT: Final = "<256s32s32s10s8sQH64s190s"


@dataclass(frozen=True, slots=True)
class Origin:
    """What the broadcast extension says; letters outside ASCII become question marks there."""

    description: str
    program: str
    created: datetime
    start_frame: int  # since midnight, for which the start of the song stands


def wav_header(frames: int, sample_rate_hz: int, bits: Bits, origin: Origin) -> bytes:
    """Return all that stands before the samples of a stereo file; they fill an even byte count."""
    data_bytes = frames * CHANNELS * bits // 8
    chunks = _bext(origin, sample_rate_hz, bits) + _format(sample_rate_hz, bits)
    if bits == 32:
        chunks += _chunk(b"fact", struct.pack("<I", min(frames, IN_DS64)))
    riff_bytes = len(b"WAVE") + len(chunks) + 8 + data_bytes
    if riff_bytes <= RIFF_LIMIT_BYTES:
        head = struct.pack("<4sI4s", b"RIFF", riff_bytes, b"WAVE")
        return head + chunks + struct.pack("<4sI", b"data", data_bytes)
    riff_bytes += 8 + struct.calcsize("<QQQI")
    head = struct.pack("<4sI4s", b"RF64", IN_DS64, b"WAVE")
    head += _chunk(b"ds64", struct.pack("<QQQI", riff_bytes, data_bytes, frames, 0))
    return head + chunks + struct.pack("<4sI", b"data", IN_DS64)


def _format(sample_rate_hz: int, bits: Bits) -> bytes:
    kind = IEEE_FLOAT if bits == 32 else PCM
    frame_bytes = CHANNELS * bits // 8
    rates = (sample_rate_hz, sample_rate_hz * frame_bytes, frame_bytes, bits)
    return _chunk(b"fmt ", struct.pack("<HHIIHH", kind, CHANNELS, *rates))


def _bext(origin: Origin, sample_rate_hz: int, bits: Bits) -> bytes:
    version, umid, reserved = 1, b"", b""
    fixed = struct.pack(
        _BEXT,
        _ascii(origin.description),
        _ascii(origin.program),
        b"",
        origin.created.strftime("%Y-%m-%d").encode(),
        origin.created.strftime("%H:%M:%S").encode(),
        origin.start_frame,
        version,
        umid,
        reserved,
    )
    history = f"A=PCM,F={sample_rate_hz},W={bits},M=stereo,T={origin.program}\r\n"
    return _chunk(b"bext", fixed + _ascii(history))


def _ascii(text: str) -> bytes:
    return text.encode("ascii", "replace")


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
