"""Files from elsewhere as edits of the open song."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from desktop.document.edits import add_marker, add_track
from desktop.document.song import Song, Track
from desktop.document.time import Tick
from desktop.importing.audio import SUFFIXES as AUDIO_SUFFIXES
from desktop.importing.audio import ImportedAudio, import_audio, place_audio, read_audio
from desktop.importing.tracks import with_tracks
from desktop.midi.reading import read_midi
from desktop.storage.pool import TakePool

MIDI_SUFFIXES: Final = (".mid", ".midi")


def is_midi(path: Path) -> bool:
    """Return whether `path` is named as a MIDI file."""
    return path.suffix.lower() in MIDI_SUFFIXES


def is_audio(path: Path) -> bool:
    """Return whether `path` is named as an audio file that can be read."""
    return path.suffix.lower() in AUDIO_SUFFIXES


def bringing_in(path: Path, pool: TakePool, tick: Tick) -> Callable[[Song], Song]:
    """Return the edit that adds a MIDI or audio file as tracks of their own.

    Audio goes into `pool` now and starts at `tick`, and so does a MIDI file, but in a song without
    tracks: there it brings its tempo and starts the song. Raises MidiError or StorageError.
    """
    if is_audio(path):
        return partial(_with_audio, name=path.stem, tick=tick, audio=_read(path, pool))
    return partial(_with_midi, read=read_midi(path), tick=tick)


def _read(path: Path, pool: TakePool) -> ImportedAudio:
    return import_audio(read_audio(path), pool)


def _with_audio(song: Song, name: str, tick: Tick, audio: ImportedAudio) -> Song:
    return place_audio(add_track(song, name, "mix"), song.next_id, tick, audio)


def _with_midi(song: Song, read: Song, tick: Tick) -> Song:
    if song.tracks:
        return with_tracks(song, tuple(_later(track, tick) for track in read.tracks))
    filled = with_tracks(song, read.tracks)
    filled = replace(filled, tempo_map=read.tempo_map)  # an empty song has no tempo to keep to
    for marker in read.markers:
        filled = add_marker(filled, marker.tick, marker.name)
    return filled


def _later(track: Track, tick: Tick) -> Track:
    clips = tuple(replace(clip, start=Tick(clip.start + tick)) for clip in track.clips)
    return replace(track, clips=clips)
