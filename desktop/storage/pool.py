"""The take pool: audio named by the hash of its file, added to and never changed."""

import hashlib
import io
import json
import os
import struct
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Final, NamedTuple

import numpy as np
import soundfile as sf  # type: ignore[import-untyped]
from numpy.typing import NDArray

from desktop.document.song import Take, TakeFormat, check_sha256
from desktop.storage.errors import (
    DamagedTakeError,
    FileAccessError,
    MissingTakeError,
    reporting,
)
from desktop.storage.files import put_in_place, sound_path, write_atomically

Audio = NDArray[np.float32]

CHANNELS: Final = 2
FORMATS: Final[tuple[TakeFormat, ...]] = ("flac", "wav")
_FULL_SCALE: Final = 2**23  # 24-bit samples are whole multiples of 1 / 2**23: exact as float32
_BLOCK_FRAMES: Final = 1 << 16
_HASHED_BYTES: Final = 1 << 22
_RIFF_LIMIT_BYTES: Final = 2**32 - 1
_WAV_HEADER_BYTES: Final = 58
_IEEE_FLOAT: Final = 3


@dataclass(frozen=True, slots=True)
class PooledTake:
    """Audio that lies in the pool at `path`."""

    sha256: str
    format: TakeFormat
    path: Path
    frames: int


class AudioShape(NamedTuple):
    """What must be known of audio before its first block is written."""

    frames: int
    sample_rate_hz: int
    is_beyond: bool  # whether a sample is beyond -1..1


class TakePool:
    """The folder of a project's takes: `<sha256>.flac` or `.wav`, and `<sha256>.json` beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, audio: Audio, sample_rate_hz: int, recipe: str = "{}") -> PooledTake:
        """Return where `audio`, float32 (2, frames), now lies; what lies there already stays.

        Kept as 24-bit FLAC, or as 32-bit float WAV when a sample is beyond -1..1: nothing is
        scaled. `recipe` is a JSON object. Raises ValueError for other input, FileAccessError
        when the disk refuses; then nothing was added.
        """
        _check_recipe(recipe)
        data, take_format = encode_audio(audio, sample_rate_hz)
        sha256 = hashlib.sha256(data).hexdigest()
        with reporting(self.folder, "made"):
            self.folder.mkdir(parents=True, exist_ok=True)
        path = self.path_of(sha256, take_format)
        with self._with_recipe(sha256, recipe):
            if not path.is_file() or _hash_of(path) != sha256:
                write_atomically(path, data)
        return PooledTake(sha256, take_format, path, audio.shape[1])

    def add_blocks(
        self,
        blocks: Iterable[Audio],
        shape: AudioShape,
        recipe: str,
        on_hashed: Callable[[], object] = lambda: None,
    ) -> PooledTake:
        """Return where the audio now lies that comes in `blocks`, float32 (2, frames) each.

        As `add`, and the same file, but the audio is never held as a whole. `on_hashed` is told
        now and then while the file is hashed, and once it lies in the pool. What it or `blocks`
        raises goes on, and leaves nothing.
        """
        _check_recipe(recipe)
        with reporting(self.folder, "made"):
            self.folder.mkdir(parents=True, exist_ok=True)
        temporary = self.folder / f".take.{token_hex(4)}.tmp"
        try:
            write = _write_float_wav if shape.is_beyond else _write_flac
            write(temporary, blocks, shape)
            take_format: TakeFormat = "wav" if shape.is_beyond else "flac"
            sha256 = _hash_of(temporary, on_hashed)
            path = self.path_of(sha256, take_format)
            with self._with_recipe(sha256, recipe), _gone_again(path):
                put_in_place(temporary, path)
                on_hashed()
        finally:
            temporary.unlink(missing_ok=True)
        return PooledTake(sha256, take_format, path, shape.frames)

    @contextmanager
    def _with_recipe(self, sha256: str, recipe: str) -> Iterator[None]:
        """Write the recipe before its audio, so that none is ever found without; or neither."""
        path = self.recipe_path(sha256)
        is_new = not path.is_file()
        if is_new:
            write_atomically(path, recipe.encode())
        try:
            yield
        except BaseException:
            if is_new:
                path.unlink(missing_ok=True)
            raise

    def path_of(self, sha256: str, take_format: TakeFormat) -> Path:
        """Return the path of a take, there or not; ValueError when it would not be the pool's."""
        if take_format not in FORMATS:
            raise ValueError(f"a take's format must be one of {FORMATS}, got {take_format!r}")
        return self.folder / f"{check_sha256(sha256)}.{take_format}"

    def recipe_path(self, sha256: str) -> Path:
        """Return the path of a take's recipe."""
        return self.folder / f"{check_sha256(sha256)}.json"

    def has(self, take: Take | PooledTake) -> bool:
        """Return whether the take's audio is in the pool, unheard."""
        return self.path_of(take.sha256, take.format).is_file()

    def open(self, take: Take | PooledTake) -> sf.SoundFile:
        """Return the open audio, to be read anywhere; the caller closes it.

        Raises MissingTakeError, DamagedTakeError or FileAccessError.
        """
        path = self._present(take)
        with reporting(path, "read"), path.open("rb"):
            pass  # else what may not be read would be called damaged, and be thrown away
        try:
            file = sf.SoundFile(sound_path(path))
        except sf.LibsndfileError as error:
            raise _damaged(path, f"is no audio ({error.error_string})") from error
        if file.channels != CHANNELS or file.frames != take.frames:
            found = f"{file.channels} channels of {file.frames} frames"
            file.close()
            raise _damaged(path, f"has {found}, not {CHANNELS} of {take.frames}")
        return file

    def read(self, take: Take | PooledTake, start: int = 0, frames: int | None = None) -> Audio:
        """Return frames [start, start + frames) as float32 (2, frames), fewer past the end."""
        with self.open(take) as file:
            stop = min(file.frames, file.frames if frames is None else start + frames)
            wanted = max(0, stop - start)
            try:
                file.seek(min(start, file.frames))
                audio = file.read(wanted, dtype="float32", always_2d=True)
            except sf.LibsndfileError as error:
                raise _damaged(
                    Path(os.fsdecode(file.name)), f"breaks off ({error.error_string})"
                ) from error
        if len(audio) != wanted:
            raise _damaged(
                Path(os.fsdecode(file.name)), f"breaks off after {start + len(audio)} frames"
            )
        return np.ascontiguousarray(audio.T)

    def verify(self, take: Take | PooledTake) -> None:
        """Raise MissingTakeError or DamagedTakeError unless the file is what its name says."""
        path = self._present(take)
        if (found := _hash_of(path)) != take.sha256:
            raise _damaged(path, f"has changed: its SHA-256 is now {found}")

    def recipe(self, sha256: str) -> str:
        """Return the recipe that lies beside the audio, as its writer wrote it."""
        path = self.recipe_path(sha256)
        with reporting(path, "read"):
            return path.read_text(encoding="utf-8", errors="replace")

    def _present(self, take: Take | PooledTake) -> Path:
        path = self.path_of(take.sha256, take.format)
        if not path.is_file():
            advice = "copy it back from another copy of the song, or render the region again"
            raise MissingTakeError(path, "the audio of a take is missing", advice)
        return path


def encode_audio(audio: Audio, sample_rate_hz: int) -> tuple[bytes, TakeFormat]:
    """Return the file that the pool would keep: the same bytes for the same audio and rate."""
    if audio.dtype != np.float32 or audio.ndim != 2 or audio.shape[0] != CHANNELS:
        raise ValueError(f"audio must be float32 (2, frames), got {audio.dtype} {audio.shape}")
    if not audio.shape[1] or not np.isfinite(audio).all():
        raise ValueError("audio must have 1 frame or more and no NaN or infinity")
    if _fits_integers(audio):
        return _flac(audio, sample_rate_hz), "flac"
    return _float_wav(audio, sample_rate_hz), "wav"


def as_kept(audio: Audio) -> Audio:
    """Return the samples that the pool would give back for `audio`."""
    return (_whole(audio) / _FULL_SCALE).astype(np.float32) if _fits_integers(audio) else audio


def _fits_integers(audio: Audio) -> bool:
    return bool(max(audio.max(), -audio.min()) <= 1.0)


def _whole(audio: Audio) -> NDArray[np.float64]:
    # Our own rounding: libsndfile would scale by 2**23 - 1 and so change 24-bit audio.
    return np.minimum(np.rint(audio.astype(np.float64) * _FULL_SCALE), _FULL_SCALE - 1)


def _flac(audio: Audio, sample_rate_hz: int) -> bytes:
    file = io.BytesIO()
    with sf.SoundFile(file, "w", sample_rate_hz, CHANNELS, "PCM_24", format="FLAC") as flac:
        _put_whole(flac, audio)
    return file.getvalue()


def _put_whole(flac: sf.SoundFile, audio: Audio) -> None:
    for start in range(0, audio.shape[1], _BLOCK_FRAMES):
        whole = _whole(audio[:, start : start + _BLOCK_FRAMES].T)
        flac.write(whole.astype(np.int32) << 8)


def _write_flac(path: Path, blocks: Iterable[Audio], shape: AudioShape) -> None:
    try:
        with sf.SoundFile(
            sound_path(path), "w", shape.sample_rate_hz, CHANNELS, "PCM_24", format="FLAC"
        ) as flac:
            for block in blocks:
                _put_whole(flac, block)
        with sf.SoundFile(sound_path(path)) as flac:
            if flac.frames == shape.frames:
                return
            reason = f"{flac.frames} of {shape.frames} frames are there"
    except sf.LibsndfileError as error:  # it does not tell why
        reason = error.error_string
    problem = f"cannot be written ({reason})"
    raise FileAccessError(path, problem, "free some space on the disk and try again")


def _write_float_wav(path: Path, blocks: Iterable[Audio], shape: AudioShape) -> None:
    with reporting(path, "written"), path.open("xb") as file:
        file.write(_wav_header(shape.frames, shape.sample_rate_hz))
        for block in blocks:
            file.write(_interleaved(block))


def _float_wav(audio: Audio, sample_rate_hz: int) -> bytes:
    return _wav_header(audio.shape[1], sample_rate_hz) + _interleaved(audio)


def _interleaved(audio: Audio) -> bytes:
    return np.ascontiguousarray(audio.T, dtype="<f4").tobytes()


def _wav_header(frames: int, sample_rate_hz: int) -> bytes:
    # libsndfile writes the time of day into float files; the pool wants the same bytes each time.
    frame_bytes = 4 * CHANNELS
    data_bytes = frames * frame_bytes
    if data_bytes > _RIFF_LIMIT_BYTES - _WAV_HEADER_BYTES:
        raise ValueError(f"a take beyond -1..1 must be shorter than 4 GiB, got {data_bytes} bytes")
    rates = (sample_rate_hz, sample_rate_hz * frame_bytes, frame_bytes, 32)
    fmt = struct.pack("<4sIHHIIHHH", b"fmt ", 18, _IEEE_FLOAT, CHANNELS, *rates, 0)
    fact = struct.pack("<4sII", b"fact", 4, frames)
    chunks = b"WAVE" + fmt + fact + struct.pack("<4sI", b"data", data_bytes)
    return struct.pack("<4sI", b"RIFF", len(chunks) + data_bytes) + chunks


@contextmanager
def _gone_again(path: Path) -> Iterator[None]:
    """Remove the file at `path` if what follows fails, unless it was there before."""
    was_there = path.is_file()
    try:
        yield
    except BaseException:
        if not was_there:
            path.unlink(missing_ok=True)
        raise


def _hash_of(path: Path, on_hashed: Callable[[], object] = lambda: None) -> str:
    digest = hashlib.sha256()
    with reporting(path, "read"), path.open("rb") as file:
        while block := file.read(_HASHED_BYTES):
            digest.update(block)
            on_hashed()
    return digest.hexdigest()


def _check_recipe(recipe: str) -> None:
    try:
        is_object = isinstance(json.loads(recipe), dict)
    except (ValueError, RecursionError):
        is_object = False
    if not is_object:
        raise ValueError(f"a recipe must be a JSON object, got {recipe[:80]!r}")


def _damaged(path: Path, problem: str) -> DamagedTakeError:
    advice = "restore it from a copy, or remove it and render the region again"
    return DamagedTakeError(path, problem, advice)
