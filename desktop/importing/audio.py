"""Audio files become takes: a region whose only take is the file's sound."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import uuid4

import numpy as np
import soundfile  # type: ignore[import-untyped]

from desktop.document.edits import add_region, add_take, choose_take
from desktop.document.song import Song, Take
from desktop.document.time import MAX_SONG_S, Tick
from desktop.storage.errors import StorageError
from desktop.storage.files import sound_path
from desktop.storage.pool import TakePool
from inference.arrays import Audio

RATES_HZ: Final = range(8000, 192001)  # that a take may have
SUFFIXES: Final = frozenset({".wav", ".flac", ".ogg", ".mp3", ".aif", ".aiff", ".opus"})


class AudioFileError(StorageError):
    """An audio file cannot be taken in; the message names it, why, and what to do."""


@dataclass(frozen=True, slots=True)
class AudioFile:
    """What an audio file at `path` holds: float32 (2, frames) at its own rate."""

    path: Path
    audio: Audio
    sample_rate_hz: int


@dataclass(frozen=True, slots=True)
class ImportedAudio:
    """A take that is now in the pool, and the name of the file it came from."""

    take: Take
    name: str


def import_audio(file: AudioFile, pool: TakePool) -> ImportedAudio:
    """Return the sound of `file`, added to `pool` as a take at the file's own rate.

    Raises FileAccessError when the disk refuses; then nothing was added.
    """
    digest = hashlib.sha256(file.audio.tobytes()).hexdigest()
    name, stem = (
        text.encode(errors="replace").decode() for text in (file.path.name, file.path.stem)
    )
    recipe = json.dumps({"imported": name, "sha256": digest}, ensure_ascii=False)
    pooled = pool.add(file.audio, file.sample_rate_hz, recipe)
    take = Take(
        id=str(uuid4()),
        sha256=pooled.sha256,
        format=pooled.format,
        frames=pooled.frames,
        sample_rate_hz=file.sample_rate_hz,
        created_utc=datetime.now(UTC).isoformat(timespec="seconds"),
        recipe=recipe,
        name=stem,
    )
    return ImportedAudio(take, stem)


def place_audio(song: Song, track_id: int, start: Tick, audio: ImportedAudio) -> Song:
    """Return `song` with a region from `start` on that plays all of `audio`.

    ValueError where another region of the track lies in the way.
    """
    start_s = song.tempo_map.tick_to_second(start)
    end_s = start_s + audio.take.frames / audio.take.sample_rate_hz
    end = Tick(max(start + 1, song.tempo_map.second_to_tick(end_s)))
    region_id = song.next_id
    placed = add_take(add_region(song, track_id, start, end), region_id, audio.take)
    return choose_take(placed, region_id, audio.take.id)


def unfit_rate(sample_rate_hz: int) -> tuple[str, str]:
    """Return what is wrong with the rate, and what to do."""
    low, high = RATES_HZ[0], RATES_HZ[-1]
    return f"has {sample_rate_hz} Hz, a song takes {low} to {high}", "convert it to 44100 Hz"


def read_audio(path: Path) -> AudioFile:
    """Return the sound of the file at `path`; AudioFileError when there is none to be had.

    Mono sounds on both sides; of more channels the first two are kept.
    """
    if not path.is_file():
        raise AudioFileError(path, "is no file", "choose another")
    try:
        with soundfile.SoundFile(sound_path(path)) as file:
            if file.samplerate not in RATES_HZ:
                raise AudioFileError(path, *unfit_rate(file.samplerate))
            if not 0 < file.frames <= MAX_SONG_S * file.samplerate:
                raise AudioFileError(path, f"lasts {file.frames} frames", "choose a shorter file")
            audio = file.read(dtype="float32", always_2d=True).T
            rate = int(file.samplerate)
    except (OSError, soundfile.LibsndfileError) as error:
        advice = "choose a WAV, FLAC, OGG, MP3 or AIFF file"
        raise AudioFileError(path, f"is no audio that can be read ({error})", advice) from error
    if not np.isfinite(audio).all():
        raise AudioFileError(path, "holds samples that are no numbers", "export it again")
    stereo = audio[:2] if len(audio) > 1 else np.repeat(audio, 2, axis=0)
    return AudioFile(path, np.ascontiguousarray(stereo), rate)
