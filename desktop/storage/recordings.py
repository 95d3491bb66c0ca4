"""What an audio input hears, on disk as it comes in: it can be read, however it ended.

A recording is a Sun AU file. Its header need not say how long it is, so one that was cut off
anywhere is whole. Beside it lies a note, as JSON, of where in the song it belongs.
"""

import json
import os
import struct
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from desktop.document.time import MAX_TICK, Tick, checked_tick
from desktop.storage.errors import FileAccessError, StorageError, reporting
from desktop.storage.files import read_file, write_atomically

FOLDER: Final = "recordings"
SUFFIX: Final = ".au"
MAX_NOTE_BYTES: Final = 10_000
_HEADER: Final = struct.Struct(">4s5I")
_UNKNOWN_LENGTH: Final = 2**32 - 1
_FLOAT: Final = 6


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a recording belongs: the song was at `start` when its frame `start_frame` was played.

    Frames before that were heard during the count-in. From then on the song went on, or round in
    `loop`. A `track_id` of None is a track to be made.
    """

    track_id: int | None
    start: Tick
    start_frame: int = 0
    loop: tuple[Tick, Tick] | None = None


class Found(NamedTuple):
    """A recording that lies in a project."""

    path: Path
    spot: Spot


class RecordingFile:
    """A new recording that grows; what was written is safe from the end of this process."""

    def __init__(self, path: Path, sample_rate_hz: int, channels: int) -> None:
        """Raise FileAccessError where there can be none; then there is no file."""
        self._path, self._frame_bytes = path, 4 * channels
        self._bytes = 0
        header = _HEADER.pack(
            b".snd", _HEADER.size, _UNKNOWN_LENGTH, _FLOAT, sample_rate_hz, channels
        )
        with reporting(path, "written"):
            self._file = path.open("xb", buffering=0)
            try:
                self._put(header)
            except BaseException:
                self.close()
                path.unlink()
                raise

    @property
    def frames(self) -> int:
        """Return how much was written."""
        return max(0, self._bytes - _HEADER.size) // self._frame_bytes

    def write(self, sound: NDArray[np.float32]) -> None:
        """Append `sound` (frames, channels); all of it, or FileAccessError and whole frames."""
        with reporting(self._path, "written"):
            try:
                self._put(sound.astype(">f4").tobytes())
            except BaseException:
                self._file.truncate(_HEADER.size + self.frames * self._frame_bytes)
                raise

    def sync(self) -> None:
        """Let what was written be safe from the end of the whole machine."""
        with reporting(self._path, "written"):
            os.fsync(self._file.fileno())

    def close(self) -> None:
        """Write no more."""
        self._file.close()

    def _put(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            written = self._file.write(left)
            self._bytes += written
            left = left[written:]


def recordings_folder(project: Path) -> Path:
    """Return the folder of a project's recordings, made if need be; or raise FileAccessError."""
    folder = project / FOLDER
    if folder.is_symlink():
        problem = "is a link that may lead out of the song"
        raise FileAccessError(folder, problem, "put a real folder there")
    with reporting(folder, "made"):
        folder.mkdir(exist_ok=True)
    return folder


def note_spot(recording: Path, spot: Spot) -> None:
    """Write down where `recording` belongs; FileAccessError when the disk refuses."""
    write_atomically(recording.with_suffix(".json"), json.dumps(asdict(spot)).encode())


def find_recordings(project: Path) -> list[Found]:
    """Return the recordings that lie in a project, the oldest first; none where that cannot be."""
    folder = project / FOLDER
    with suppress(OSError):
        if folder.is_dir() and not folder.is_symlink():
            paths = [path for path in folder.iterdir() if path.suffix == SUFFIX and path.is_file()]
            return [Found(path, _spot_of(path)) for path in sorted(paths)]
    return []


def is_empty(recording: Path) -> bool:
    """Return whether nothing had come in when the recording ended."""
    with suppress(OSError):
        return recording.stat().st_size <= _HEADER.size
    return True


def remove_recording(recording: Path) -> None:
    """Remove a recording that is kept elsewhere; what cannot be removed stays."""
    for path in (recording, recording.with_suffix(".json")):
        with suppress(OSError):
            path.unlink(missing_ok=True)
    with suppress(OSError):  # where there are others
        recording.parent.rmdir()


def _spot_of(recording: Path) -> Spot:
    """Return where a recording belongs; the start of the song where that is not known."""
    try:
        fields = json.loads(read_file(recording.with_suffix(".json"), MAX_NOTE_BYTES))
        track_id, loop = fields["track_id"], fields["loop"]
        return Spot(
            None if track_id is None else _whole(track_id),
            _tick(fields["start"]),
            _whole(fields["start_frame"]),
            None if loop is None else (_tick(loop[0]), _tick(loop[1])),
        )
    except (StorageError, ValueError, LookupError, TypeError, RecursionError):
        return Spot(None, Tick(0))


def _tick(value: object) -> Tick:
    return checked_tick("a place", _whole(value))


def _whole(value: object) -> int:
    if type(value) is not int or not 0 <= value <= MAX_TICK * 1000:
        raise ValueError(f"a whole number from 0 on is wanted, got {value!r}")
    return value
