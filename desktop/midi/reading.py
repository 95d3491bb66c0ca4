"""Standard MIDI files of type 0 and 1 as songs."""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final

from desktop.document.palette import track_colour
from desktop.document.query import PlacedNote
from desktop.document.song import KEYS, Clip, Marker, Note, Settings, Song, Track
from desktop.document.tempo import (
    MAX_BPM,
    MAX_DENOMINATOR,
    MIN_BPM,
    MetreChange,
    TempoChange,
    TempoMap,
)
from desktop.document.time import Tick
from desktop.midi.error import MidiError
from desktop.midi.events import META, Chunks, Event, read_chunks, read_events
from desktop.midi.notes import (
    DRUM_CHANNEL,
    NotesByChannel,
    check_note_count,
    read_notes,
    to_song_tick,
)
from desktop.midi.roles import guess_role
from desktop.midi.text import text_decoder

MAX_FILE_BYTES: Final = 64 * 2**20
MAX_METAS: Final = 200_000  # texts and changes; more would only fill the memory
MAX_TEXT_BYTES: Final = 4 * 2**20  # of all texts; to guess their charset takes a while
TOLD_EVENTS: Final = 4096

_NAME, _INSTRUMENT, _MARKER, _CUE = 0x03, 0x04, 0x06, 0x07
_TEMPO, _METRE, _KEY = 0x51, 0x58, 0x59
_TEXTS: Final = (_NAME, _INSTRUMENT, _MARKER, _CUE)

Decode = Callable[[bytes], str]
OnShare = Callable[[float], object]


@dataclass(frozen=True, slots=True)
class _Part:
    """A track of the song to be."""

    name: str
    notes: list[PlacedNote]
    on_drum_channel: bool


@dataclass(frozen=True, slots=True)
class _FileTrack:
    """A track of the file; `metas` are its meta events, in ticks of the song."""

    metas: tuple[Event, ...]
    notes: NotesByChannel

    def texts(self, *kinds: int) -> Iterator[tuple[Tick, bytes]]:
        return ((Tick(e.tick), e.data) for e in self.metas if e.meta_type in kinds)

    def name(self, decode: Decode) -> str:
        found = (decode(data) for kind in (_NAME, _INSTRUMENT) for _, data in self.texts(kind))
        return next((name for name in found if name), "")


def read_midi(path: Path, on_share: OnShare = lambda _share: None) -> Song:
    """Return the file as a song; MidiError when it is none, is damaged or is too large.

    Each track that has notes becomes a track with one clip of whole bars. All its channels stay
    together but for the drums; a file whose notes are all in one track is split by channel. The
    title is the first track's name if that track has no notes, else the file's name. The key is
    the first one; markers and cue points are the markers. Files timed by SMPTE are laid on
    120 bpm. Tempos beyond the song's limits are moved to them, metres it does not know left out.
    `on_share` is told now and then how much is done, 0..1, and may stop it by raising.
    """
    try:
        return song_from_bytes(_content(path), path.stem, on_share)
    except ValueError as error:
        raise MidiError(f"cannot read {path}: {error}") from error


def _content(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise MidiError("there is no such file; choose another")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise MidiError(f"it is larger than {MAX_FILE_BYTES >> 20} MB; split it in a sequencer")
        return path.read_bytes()
    except OSError as error:
        raise MidiError(f"{error.strerror}; choose another file") from error


def song_from_bytes(data: bytes, title: str, on_share: OnShare = lambda _share: None) -> Song:
    """Return the song of a file's content, named `title` if it names none; ValueError as above."""
    chunks = read_chunks(data)
    file_tracks = tuple(_file_tracks(chunks, on_share))
    decode = text_decoder(_texts(file_tracks))
    metas = [meta for track in file_tracks for meta in track.metas]
    tempo_map = _tempo_map(metas) if chunks.has_beats else TempoMap()
    ids = count(1)
    parts = tuple(_parts(chunks, file_tracks, decode))
    tracks = tuple(_tracks(parts, tempo_map, ids, on_share))
    markers = tuple(_markers(file_tracks, decode, ids))
    own_title = "" if file_tracks[0].notes else file_tracks[0].name(decode)
    return Song(
        title=own_title or title.encode(errors="replace").decode(),
        tracks=tracks,
        tempo_map=tempo_map,
        markers=markers,
        settings=Settings(key=_key(metas)),
        next_id=next(ids),
    )


def _file_tracks(chunks: Chunks, on_share: OnShare) -> Iterator[_FileTrack]:
    note_count = done = 0
    whole = max(1, sum(map(len, chunks.tracks)))
    metas: list[Event] = []
    for data in chunks.tracks:
        first, heeded = len(metas), _heeded(read_events(data), partial(on_share, done / whole / 2))
        notes = read_notes(_kept_metas(heeded, metas, chunks.scale), chunks.scale)
        done += len(data)
        note_count += sum(map(len, notes.values()))
        check_note_count(note_count)
        yield _FileTrack(tuple(metas[first:]), notes)


def _heeded(events: Iterable[Event], tell: Callable[[], object]) -> Iterator[Event]:
    """Yield all events, and `tell` now and then, as that may be the wish to read no more."""
    for number, event in enumerate(events):
        if number % TOLD_EVENTS == 0:
            tell()
        yield event


def _kept_metas(events: Iterable[Event], kept: list[Event], scale: Fraction) -> Iterator[Event]:
    """Yield all events, and keep the meta events we read, in ticks of the song."""
    for event in events:
        if event.status == META and event.meta_type in (*_TEXTS, _TEMPO, _METRE, _KEY):
            kept.append(event._replace(tick=to_song_tick(event.tick, scale)))
            if len(kept) > MAX_METAS:
                raise MidiError(f"it has more than {MAX_METAS} texts and changes; choose another")
        yield event


def _texts(file_tracks: Iterable[_FileTrack]) -> list[bytes]:
    texts = [text for track in file_tracks for _, text in track.texts(*_TEXTS)]
    if sum(map(len, texts)) > MAX_TEXT_BYTES:
        raise MidiError(f"its texts take more than {MAX_TEXT_BYTES >> 20} MB; choose another file")
    return texts


def _parts(chunks: Chunks, file_tracks: tuple[_FileTrack, ...], decode: Decode) -> Iterator[_Part]:
    with_notes = [track for track in file_tracks if track.notes]
    by_channel = chunks.type == 0 or len(with_notes) == 1
    for track in with_notes:
        yield from _split(track.notes, track.name(decode), by_channel)


def _split(notes: NotesByChannel, name: str, by_channel: bool) -> Iterator[_Part]:
    rest: list[PlacedNote] = []
    for channel, found in sorted(notes.items()):
        if len(notes) == 1:
            yield _Part(name, found, channel == DRUM_CHANNEL)
        elif channel == DRUM_CHANNEL:
            yield _Part(f"{name} drums".strip(), found, True)
        elif by_channel:
            yield _Part(f"{name} {channel + 1}".strip(), found, False)
        else:
            rest += found
    if rest:
        yield _Part(name, sorted(rest), False)


def _tracks(
    parts: tuple[_Part, ...], tempo_map: TempoMap, ids: Iterator[int], on_share: OnShare
) -> Iterator[Track]:
    for number, part in enumerate(parts, start=1):
        on_share(0.5 + (number - 1) / len(parts) / 2)
        yield _track(number, part, tempo_map, ids)


def _track(number: int, part: _Part, tempo_map: TempoMap, ids: Iterator[int]) -> Track:
    track_id, clip = next(ids), _clip(part.notes, tempo_map, next(ids))
    role = guess_role(part.name, part.notes, on_drum_channel=part.on_drum_channel)
    name, colour = part.name or f"Track {number}", track_colour(number - 1)
    return Track(track_id, name, colour, role, clips=(clip,))


def _clip(notes: list[PlacedNote], tempo_map: TempoMap, clip_id: int) -> Clip:
    start = tempo_map.bar_at(notes[0].start).start
    last = tempo_map.bar_at(max(note.end for note in notes) - 1)
    placed = tuple(
        Note(n, Tick(note.start - start), Tick(note.end - note.start), note.pitch, note.velocity)
        for n, note in enumerate(notes, start=1)
    )
    return Clip(clip_id, start, Tick(last.start + last.length - start), placed)


def _markers(
    file_tracks: Iterable[_FileTrack], decode: Decode, ids: Iterator[int]
) -> Iterator[Marker]:
    # Some programs write the same markers into every track.
    texts = {text for track in file_tracks for text in track.texts(_MARKER, _CUE)}
    for tick, name in sorted({(tick, decode(text)) for tick, text in texts}):
        yield Marker(next(ids), tick, name)


def _tempo_map(metas: Iterable[Event]) -> TempoMap:
    """Return tempos and metres from whichever track; of several at one tick the last."""
    tempos = {Tick(0): TempoMap().tempos[0]}
    metres = {Tick(0): TempoMap().metres[0]}
    for tick, _, kind, data in metas:
        if kind == _TEMPO and (bpm := _bpm(data)):
            tempos[Tick(tick)] = TempoChange(Tick(tick), bpm)
        elif kind == _METRE and (metre := _metre(Tick(tick), data)):
            metres[Tick(tick)] = metre
    return TempoMap(
        tuple(tempos[tick] for tick in sorted(tempos)),
        tuple(metres[tick] for tick in sorted(metres)),
    )


def _bpm(data: bytes) -> float | None:
    beat_us = int.from_bytes(data[:3], "big")
    if len(data) < 3 or beat_us == 0:
        return None
    return min(max(microseconds_to_bpm(beat_us), MIN_BPM), MAX_BPM)


def microseconds_to_bpm(beat_us: int) -> float:
    """Return the roundest tempo that a file stores as `beat_us` microseconds a beat."""
    exact = 60e6 / beat_us
    rounded = (round(exact, digits) for digits in range(4))
    return next((bpm for bpm in rounded if bpm and bpm_to_microseconds(bpm) == beat_us), exact)


def bpm_to_microseconds(bpm: float) -> int:
    """Return the whole microseconds a beat that a file stores for `bpm`."""
    return round(60e6 / bpm)


def _metre(tick: Tick, data: bytes) -> MetreChange | None:
    if len(data) < 2 or data[0] == 0 or data[1] > math.log2(MAX_DENOMINATOR):
        return None
    return MetreChange(tick, data[0], 2 ** data[1])


def _key(metas: Iterable[Event]) -> str | None:
    found = [event for event in metas if event.meta_type == _KEY and len(event.data) >= 2]
    keys = (_key_name(event.data) for event in sorted(found, key=lambda event: event.tick))
    return next((key for key in keys if key), None)


def _key_name(data: bytes) -> str | None:
    sharps, minor = int.from_bytes(data[:1], "big", signed=True), data[1]
    if not -7 <= sharps <= 7 or minor > 1:
        return None
    return KEYS[15 * minor + 7 + sharps]
