"""A project's folder: making, opening, saving and recovering a song."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from desktop.document.song import Region, Song, Take
from desktop.storage.codec import Saved, decode, encode
from desktop.storage.errors import (
    DamagedSongError,
    FileAccessError,
    NewerVersionError,
    NotAProjectError,
    ProjectExistsError,
    StorageError,
    reporting,
)
from desktop.storage.files import Lock, leftovers, read_file, write_atomically
from desktop.storage.pool import TakePool

SUFFIX: Final = ".partimento"
SONG: Final = "song.json"
AUTOSAVE: Final = "autosave.json"
TAKES: Final = "takes"
BACKUPS: Final = "backups"
LOCK: Final = ".lock"
KEPT_BACKUPS: Final = 10
MAX_SONG_BYTES: Final = 2**30
_BACKUP: Final = re.compile(r"\d{6,12}\.json")


@dataclass(frozen=True, slots=True)
class MissingTake:
    """A take of the song whose audio is not at `path`, where it should be."""

    region: Region
    take: Take
    path: Path


@dataclass(frozen=True, slots=True)
class Opened:
    """What was found: the song as last saved, and what its user should be told.

    `recovered` is the song of an autosave that is newer and differs: the user chooses, and it
    stays on disk until a later save or autosave, then among the backups. `autosave_error` says
    why an autosave does not open.
    """

    song: Song
    recovered: Song | None
    missing_takes: tuple[MissingTake, ...]
    autosave_error: StorageError | None = None


def project_path(path: Path) -> Path:
    """Return `path` with the ending .partimento, added where it is not there yet.

    Raises NotAProjectError for a path that names nothing, as `/`, `.` and `..` do.
    """
    if path.name in ("", ".."):
        raise NotAProjectError(path, "is no name for a song", "name it, as in songs/sketch")
    return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)


def check_is_project(folder: Path) -> None:
    """Raise NotAProjectError where `folder` is none, FileAccessError where that cannot be seen."""
    with reporting(folder, "read"):
        if not folder.exists():
            raise NotAProjectError(folder, "there is no such song", "check the path")
        if not folder.is_dir():
            advice = f"name the song's folder, which ends in {SUFFIX}"
            raise NotAProjectError(folder, "a song is a folder, and this is none", advice)
        for name in (TAKES, BACKUPS):
            if (folder / name).is_symlink():
                problem = "is a link that may lead out of the song"
                raise NotAProjectError(folder / name, problem, "put a real folder there")
        if not (folder / SONG).exists() and not list(_backups(folder)):
            problem = f"is no song: it has no {SONG}"
            raise NotAProjectError(folder, problem, f"choose a folder that ends in {SUFFIX}")


def read_project(folder: Path) -> Opened:
    """Return what is in a project, changing nothing and waiting for nobody.

    Raises NotAProjectError, DamagedSongError, NewerVersionError or FileAccessError.
    """
    return _read(folder)[0]


def _read(folder: Path) -> tuple[Opened, int]:
    check_is_project(folder)
    saved = _read_song(folder)
    recovered, error = _read_autosave(folder, saved)
    missing = tuple(_missing_takes(TakePool(folder / TAKES), saved.song))
    newest = max(saved.revision, recovered.revision if recovered else 0)
    song = recovered.song if recovered else None
    return Opened(saved.song, song, missing, error), newest


def _read_song(folder: Path) -> Saved:
    path = folder / SONG
    if not path.exists():
        raise DamagedSongError(path, "is missing", _newest_that_opens(folder))
    try:
        return decode(read_file(path, MAX_SONG_BYTES), path)
    except DamagedSongError as error:
        raise DamagedSongError(path, error.problem, _newest_that_opens(folder)) from error


def _newest_that_opens(folder: Path) -> Path | None:
    found: list[tuple[int, Path]] = []
    for path in (folder / AUTOSAVE, *_backups(folder)):
        with suppress(StorageError):
            found.append((decode(read_file(path, MAX_SONG_BYTES), path).revision, path))
    return max(found)[1] if found else None


def _backups(folder: Path) -> Iterator[Path]:
    with reporting(folder / BACKUPS, "read"):
        found = list((folder / BACKUPS).iterdir()) if (folder / BACKUPS).is_dir() else []
    yield from sorted((p for p in found if _BACKUP.fullmatch(p.name)), key=lambda p: int(p.stem))


def _read_autosave(folder: Path, saved: Saved) -> tuple[Saved | None, StorageError | None]:
    path = folder / AUTOSAVE
    if not path.exists():
        return None, None
    try:
        found = decode(read_file(path, MAX_SONG_BYTES), path)
    except (DamagedSongError, NewerVersionError, FileAccessError) as error:
        return None, error
    newer = found.revision > saved.revision and found.song != saved.song
    return (found if newer else None), None


def _missing_takes(pool: TakePool, song: Song) -> Iterator[MissingTake]:
    for region in chain.from_iterable(track.regions for track in song.tracks):
        for take in region.takes:
            if not pool.has(take):
                yield MissingTake(region, take, pool.path_of(take.sha256, take.format))


class Project:
    """An open project: no other program writes it until `close`, which saves nothing."""

    opened: Opened
    takes: TakePool

    def __init__(self, folder: Path, lock: Lock) -> None:
        self.folder = folder
        self.takes = TakePool(folder / TAKES)
        self._lock = lock
        self.opened, self._revision = _read(folder)
        self._saved = self._on_disk = self.opened.song
        self._autosave_is_ours = False

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Return the project, locked; `opened` says what was found.

        Raises what `read_project` raises, and ProjectLockedError.
        """
        check_is_project(folder)
        lock = Lock(folder / LOCK, folder)
        try:
            project = cls(folder, lock)
            project._sweep()
        except BaseException:
            lock.close()
            raise
        return project

    @classmethod
    def create(cls, folder: Path, song: Song) -> Self:
        """Return a new project at `folder`, whose name must end in .partimento.

        Raises ProjectExistsError when anything is there already.
        """
        if folder.suffix != SUFFIX:
            raise ValueError(f"a project's folder must end in {SUFFIX}, got {folder.name!r}")
        _check_is_free(folder)
        with reporting(folder, "made"):
            folder.mkdir(parents=True, exist_ok=True)
        with Lock(folder / LOCK, folder):
            _check_is_free(folder)
            for name in (TAKES, BACKUPS):
                with reporting(folder / name, "made"):
                    (folder / name).mkdir(exist_ok=True)
            write_atomically(folder / SONG, encode(song, revision=1))
        return cls.open(folder)

    def save(self, song: Song) -> None:
        """Put `song` into song.json, durable on return, and the song that was there aside.

        A FileAccessError leaves the song on disk as it was.
        """
        if not self._autosave_is_ours and song != self.opened.recovered:
            self._keep(self.folder / AUTOSAVE)
        if song != self._saved or not (self.folder / SONG).is_file():
            self._keep(self.folder / SONG)
            self._write(self.folder / SONG, song)
        self._saved = self._on_disk = song
        self._autosave_is_ours = True
        # The song is safe: what cannot be tidied now is tidied by a later save.
        with suppress(OSError, StorageError):
            (self.folder / AUTOSAVE).unlink(missing_ok=True)
            for old in list(_backups(self.folder))[:-KEPT_BACKUPS]:
                old.unlink(missing_ok=True)

    def autosave(self, song: Song) -> None:
        """Put `song` into autosave.json, durable on return, unless it is on disk already."""
        if song == self._on_disk:
            return
        if not self._autosave_is_ours:
            self._keep(self.folder / AUTOSAVE)
        self._write(self.folder / AUTOSAVE, song)
        self._autosave_is_ours = True

    def close(self) -> None:
        """Let other programs write the project."""
        self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _write(self, path: Path, song: Song) -> None:
        data = encode(song, self._revision + 1)
        if len(data) > MAX_SONG_BYTES:  # or it could never be read again
            problem = f"would have {len(data)} bytes, a song may have {MAX_SONG_BYTES}"
            raise FileAccessError(path, problem, "remove takes that you do not need")
        write_atomically(path, data)
        self._revision += 1
        self._on_disk = song

    def _keep(self, path: Path) -> None:
        """Copy the file at `path`, if it is there, to the backups under the next number."""
        if not path.is_file():
            return
        backups = list(_backups(self.folder))
        data = read_file(path, MAX_SONG_BYTES)
        if backups and read_file(backups[-1], MAX_SONG_BYTES) == data:
            return
        with reporting(self.folder / BACKUPS, "made"):
            (self.folder / BACKUPS).mkdir(exist_ok=True)
        number = int(backups[-1].stem) + 1 if backups else 1
        write_atomically(self.folder / BACKUPS / f"{number:06}.json", data)

    def _sweep(self) -> None:
        for folder in (self.folder, self.folder / BACKUPS, self.folder / TAKES):
            for path in leftovers(folder):
                with reporting(path, "removed"):
                    path.unlink(missing_ok=True)


def _check_is_free(folder: Path) -> None:
    with reporting(folder, "read"):
        taken = folder.is_symlink() or (folder.exists() and not folder.is_dir())
        if taken or any(_unexpected(folder)):
            advice = "choose another name, or open it"
            raise ProjectExistsError(folder, "there is something at this path already", advice)


def _unexpected(folder: Path) -> Iterator[Path]:
    # What a killed `create` leaves is no project yet: empty folders, the lock, a temporary file.
    unfinished = {folder / LOCK, *leftovers(folder)}
    yield from (p for p in folder.rglob("*") if not p.is_dir() and p not in unfinished)
