"""Audio files become takes: a region whose only take is the file's sound."""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
from desktop.storage.errors import StorageError, reporting
from desktop.storage.files import sound_path
from desktop.storage.pool import AudioShape, TakePool
from inference.arrays import Audio

BLOCK_FRAMES: Final = 1 << 18
RATES_HZ: Final = range(8000, 192001)  # that a take may have
NO_SOUND: Final = ("holds no sound", "choose another")  # what is wrong, and what to do
TO_CHOOSE: Final = "choose a WAV, FLAC, OGG, MP3 or AIFF file"
UNKNOWN_FRAMES: Final = 2**63 - 1  # what libsndfile says of a stream's length
BEGINNINGS: Final = (b".snd", b"dns.", b"RIFF", b"RIFX", b"RF64", b"fLaC", b"OggS", b"FORM")
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


class SoundFile(soundfile.SoundFile):  # type: ignore[misc]
    """One in which nothing is sought where its length is not known: past its end that fails."""

    def seekable(self) -> bool:
        return self.frames != UNKNOWN_FRAMES and bool(super().seekable())


def import_audio(
    path: Path, pool: TakePool, on_share: Callable[[float], object] = lambda _share: None
) -> ImportedAudio:
    """Return the sound of the file at `path`, added to `pool` as a take at the file's own rate.

    Mono sounds on both sides; of more channels the first two are kept. `on_share` is told now and
    then how much is done, 0..1, and may stop it by raising: then nothing was added. So it is with
    AudioFileError, where there is no sound to be had, and FileAccessError, when the disk refuses.
    """
    shape, digest = _looked_through(path, lambda share: on_share(share / 2))
    name, stem = (text.encode(errors="replace").decode() for text in (path.name, path.stem))
    recipe = json.dumps({"imported": name, "sha256": digest}, ensure_ascii=False)
    blocks = _blocks(path, lambda share: on_share(0.5 + share / 2))
    blocks = _unchanged(path, blocks, digest)
    pooled = pool.add_blocks(blocks, shape, recipe, lambda: on_share(1.0))
    take = Take(
        id=str(uuid4()),
        sha256=pooled.sha256,
        format=pooled.format,
        frames=pooled.frames,
        sample_rate_hz=shape.sample_rate_hz,
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


def sample_rate_of(path: Path) -> int:
    """Return the rate of the file at `path`; AudioFileError where it cannot be read."""
    with _opened(path) as file:
        return int(file.samplerate)


def read_audio(path: Path) -> AudioFile:
    """Return the sound of the file at `path`; AudioFileError when there is none to be had.

    Mono sounds on both sides; of more channels the first two are kept.
    """
    rate = sample_rate_of(path)
    blocks = list(_blocks(path, lambda _share: None))
    return AudioFile(path, np.ascontiguousarray(np.concatenate(blocks, axis=1)), rate)


def _looked_through(path: Path, on_share: Callable[[float], object]) -> tuple[AudioShape, str]:
    """Return the shape of the sound of a file, and the SHA-256 of its samples side by side."""
    digest, frames, peak = hashlib.sha256(), 0, 0.0
    rate = sample_rate_of(path)
    for block in _blocks(path, on_share):
        digest.update(_side_by_side(block))
        frames += block.shape[1]
        peak = max(peak, float(np.abs(block).max()))
    return AudioShape(frames, rate, peak > 1.0), digest.hexdigest()


def _unchanged(path: Path, blocks: Iterator[Audio], sha256: str) -> Iterator[Audio]:
    """Yield `blocks`; AudioFileError at their end unless they are those that were looked through.

    As of a file that another program still writes.
    """
    digest = hashlib.sha256()
    for block in blocks:
        digest.update(_side_by_side(block))
        yield block
    if digest.hexdigest() != sha256:
        raise AudioFileError(path, "changed while it was read", "try again once it is whole")


def _side_by_side(block: Audio) -> bytes:
    return np.ascontiguousarray(block.T).tobytes()


def _blocks(path: Path, on_share: Callable[[float], object]) -> Iterator[Audio]:
    """Yield the sound of a file piece by piece, float32 (2, frames)."""
    with _opened(path) as file:
        done = 0
        while len(read := file.read(BLOCK_FRAMES, dtype="float32", always_2d=True)):
            if not np.isfinite(read).all():
                problem = "holds samples that are no numbers"
                raise AudioFileError(path, problem, "export it again")
            block = read.T
            yield np.ascontiguousarray(block[:2] if len(block) > 1 else np.repeat(block, 2, axis=0))
            done += len(read)
            _check_length(path, done, file.samplerate)
            on_share(min(1.0, done / file.frames))
        if not done:
            raise AudioFileError(path, *NO_SOUND)


@contextmanager
def _opened(path: Path) -> Iterator[SoundFile]:
    """Give the open file; AudioFileError where it cannot be read, then or later."""
    if not path.is_file():
        raise AudioFileError(path, "is no file", "choose another")
    try:
        with SoundFile(sound_path(path)) as file:
            if file.format == "RAW":  # so libsndfile takes an .au file without the header of one
                raise AudioFileError(path, "is no audio that can be read (no header)", TO_CHOOSE)
            if file.samplerate not in RATES_HZ:
                raise AudioFileError(path, *unfit_rate(file.samplerate))
            if file.frames == 0:
                raise AudioFileError(path, *NO_SOUND)
            if file.frames != UNKNOWN_FRAMES:
                _check_length(path, file.frames, file.samplerate)
            yield file
    except (OSError, soundfile.LibsndfileError) as error:
        raise AudioFileError(path, *_unreadable(path, error)) from error


def _check_length(path: Path, frames: int, sample_rate_hz: int) -> None:
    if frames > MAX_SONG_S * sample_rate_hz:
        raise AudioFileError(path, f"lasts {frames} frames", "choose a shorter file")


def _unreadable(path: Path, error: OSError | soundfile.LibsndfileError) -> tuple[str, str]:
    """Return what is wrong with a file, and what to do: one that begins as audio is damaged."""
    reason = str(getattr(error, "error_string", error)).rstrip(".")
    with reporting(path, "read"), path.open("rb") as file:
        begins = file.read(4)
    if begins in BEGINNINGS:
        return f"is damaged ({reason})", "get it again from where it came, or choose another"
    return f"is no audio that can be read ({reason})", TO_CHOOSE
