"""Songs as standard MIDI files of type 1."""

import contextlib
import io
import os
import secrets
from collections.abc import Iterable, Iterator
from itertools import chain, cycle
from pathlib import Path
from typing import Any, Final

import mido  # type: ignore[import-untyped]

from desktop.document.query import notes_in_span
from desktop.document.song import Song, Track
from desktop.document.time import PPQ, Tick
from desktop.midi.error import MidiError
from desktop.midi.notes import DRUM_CHANNEL
from desktop.midi.reading import bpm_to_microseconds

_MAX_DELTA: Final = 2**28 - 1  # the most that four bytes of seven bits hold

# What begins or ends at a tick, in the order in which the file tells it.
_CHANGE, _END, _BEGIN = range(3)

Timed = tuple[Tick, int, Any]


def write_midi(song: Song, path: Path) -> None:
    """Write the song as a type 1 file in UTF-8; MidiError when that cannot be, and then no file.

    The first track carries title, key, tempos, metres and markers; prompts are text events at
    the start of their regions. Drums are on channel 10, the other tracks on those around it.
    Of notes of one pitch that sound at once on a track, MIDI cannot tell which ends first: they
    are read back as ending in the order in which they began.
    """
    content = midi_bytes(song)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise MidiError(f"cannot write {path}: {error.strerror}; choose another place") from error


def midi_bytes(song: Song) -> bytes:
    """Return the content of the song's MIDI file."""
    channels = cycle(channel for channel in range(16) if channel != DRUM_CHANNEL)
    file = mido.MidiFile(type=1, ticks_per_beat=PPQ, charset="utf-8")
    file.tracks.append(_midi_track(song.title, _conductor(song)))
    for track in song.tracks:
        channel = DRUM_CHANNEL if track.role == "drums" else next(channels)
        events = chain(_prompts(track), _notes(track, song.end, channel))
        file.tracks.append(_midi_track(track.name, events))
    written = io.BytesIO()
    file.save(file=written)
    return written.getvalue()


def _conductor(song: Song) -> Iterator[Timed]:
    if song.settings.key:
        yield Tick(0), _CHANGE, mido.MetaMessage("key_signature", key=song.settings.key)
    for tempo in song.tempo_map.tempos:
        beat_us = bpm_to_microseconds(tempo.bpm)
        yield tempo.tick, _CHANGE, mido.MetaMessage("set_tempo", tempo=beat_us)
    for metre in song.tempo_map.metres:
        yield metre.tick, _CHANGE, _metre(metre.numerator, metre.denominator)
    for marker in song.markers:
        yield marker.tick, _CHANGE, mido.MetaMessage("marker", text=marker.name)


def _metre(numerator: int, denominator: int) -> Any:
    clocks = max(1, 96 // denominator)  # a count of the metre, of 24 clocks a quarter note
    return mido.MetaMessage(
        "time_signature", numerator=numerator, denominator=denominator, clocks_per_click=clocks
    )


def _prompts(track: Track) -> Iterator[Timed]:
    for region in track.regions:
        if region.prompt:
            yield region.start, _CHANGE, mido.MetaMessage("text", text=region.prompt)


def _notes(track: Track, end: Tick, channel: int) -> Iterator[Timed]:
    for note in notes_in_span(track, Tick(0), end):
        on = mido.Message("note_on", channel=channel, note=note.pitch, velocity=note.velocity)
        yield note.start, _BEGIN, on
        yield note.end, _END, mido.Message("note_off", channel=channel, note=note.pitch)


def _midi_track(name: str, timed: Iterable[Timed]) -> Any:
    track = mido.MidiTrack([mido.MetaMessage("track_name", name=name)] if name else [])
    now = 0
    for tick, _, message in sorted(timed, key=lambda event: event[:2]):
        while tick - now > _MAX_DELTA:
            track.append(mido.MetaMessage("text", text="", time=_MAX_DELTA))
            now += _MAX_DELTA
        track.append(message.copy(time=tick - now))
        now = tick
    return track
