"""The bytes of a standard MIDI file as tracks of timed events.

Own code, although mido writes our files: its reader refuses a whole file for one odd key
signature or short meta event and drops the time before a meta event it does not know, which
shifts all notes after it.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, NamedTuple

from desktop.document.time import PPQ
from desktop.midi.error import MidiError

NOTE_OFF: Final = 0x80
NOTE_ON: Final = 0x90
META: Final = 0xFF

END_OF_TRACK: Final = 0x2F

_HAVE_LENGTH: Final = frozenset({0xF0, 0xF7, META})
_CHANNEL_DATA_BYTES: Final = {0xC0: 1, 0xD0: 1}
_SYSTEM_DATA_BYTES: Final = {0xF1: 1, 0xF2: 2, 0xF3: 1}
_MAX_TRACKS: Final = 4096  # no orchestra has more; a song of them can still be worked on
_SEARCHED_BYTES: Final = 4096  # RIFF and MacBinary put a header before the file's own
_DROP_FRAME_RATE: Final = Fraction(30000, 1001)  # what a division of -29 stands for
_SMPTE_TICKS_A_SECOND: Final = 2 * PPQ  # such files have no beats: we lay them on 120 bpm

_COPY: Final = "copy it anew from where it came from"


class Event(NamedTuple):
    """An event at `tick` of the file; only one with the status META has a `meta_type`."""

    tick: int
    status: int
    meta_type: int | None
    data: bytes


@dataclass(frozen=True, slots=True)
class Chunks:
    """A file's type, its tracks undecoded, and how many of our ticks one of its ticks is."""

    type: int
    scale: Fraction
    tracks: tuple[bytes, ...]
    has_beats: bool


def read_chunks(data: bytes) -> Chunks:
    """Return the parts of a file of type 0 or 1; MidiError for anything else."""
    start = data.find(b"MThd", 0, _SEARCHED_BYTES)
    if start < 0:
        raise MidiError("it is no MIDI file (it has no MThd header); choose another file")
    if len(data) < start + 14:
        raise MidiError(f"it ends within its header; {_COPY}")
    size, type_, count, division = struct.unpack_from(">LHHh", data, start + 4)
    if type_ not in (0, 1):
        raise MidiError(f"it is of type {type_}; save it as type 0 or 1 where it was made")
    tracks = tuple(_tracks(data, start + 8 + size, count))
    if not tracks:
        raise MidiError(f"it holds no track; {_COPY}")
    return Chunks(type_, _scale(division), tracks, has_beats=division > 0)


def _tracks(data: bytes, at: int, count: int) -> Iterator[bytes]:
    found = 0
    while at + 8 <= len(data):
        name, size = struct.unpack_from(">4sL", data, at)
        if name == b"MTrk":
            found += 1
            if found > _MAX_TRACKS:
                raise MidiError(f"it has more than {_MAX_TRACKS} tracks; choose another file")
            yield data[at + 8 : at + 8 + size]
        elif not name.isalnum():
            if found >= count:
                return  # padding after the last track
            raise MidiError(f"it is damaged at byte {at}, where a track should begin; {_COPY}")
        at += 8 + size


def _scale(division: int) -> Fraction:
    if division > 0:
        return Fraction(PPQ, division)
    rate, ticks_a_frame = -(division >> 8), division & 0xFF
    if division == 0 or ticks_a_frame == 0:
        raise MidiError(f"its time division {division:#x} means nothing; {_COPY}")
    frames_a_second = _DROP_FRAME_RATE if rate == 29 else Fraction(rate)
    return _SMPTE_TICKS_A_SECOND / (frames_a_second * ticks_a_frame)


def read_events(track: bytes) -> Iterator[Event]:
    """Yield the events of a track up to its end; MidiError where the bytes make no event."""
    try:
        yield from _events(track)
    except IndexError as error:
        raise MidiError(f"a track ends within an event; {_COPY}") from error


def _events(track: bytes) -> Iterator[Event]:
    at = tick = running = 0
    while at < len(track):
        delta, at = _variable_int(track, at)
        tick += delta
        status = running
        if track[at] >= 0x80:
            status = track[at]
            at += 1
        if status < 0x80:
            raise MidiError(f"a track has data without a status at its byte {at}; {_COPY}")
        if status < 0xF0:
            running = status
        meta_type = None
        if status == META:
            meta_type = track[at]
            at += 1
        size, at = _data_size(track, status, at)
        if at + size > len(track):
            raise IndexError(at + size)
        yield Event(tick, status, meta_type, track[at : at + size])
        if meta_type == END_OF_TRACK:
            return
        at += size


def _data_size(track: bytes, status: int, at: int) -> tuple[int, int]:
    if status in _HAVE_LENGTH:
        return _variable_int(track, at)
    if status < 0xF0:
        return _CHANNEL_DATA_BYTES.get(status & 0xF0, 2), at
    return _SYSTEM_DATA_BYTES.get(status, 0), at


def _variable_int(track: bytes, at: int) -> tuple[int, int]:
    value = 0
    for end in range(at, at + 4):
        byte = track[end]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, end + 1
    raise MidiError(f"a track has a number of more than 4 bytes at its byte {at}; {_COPY}")
