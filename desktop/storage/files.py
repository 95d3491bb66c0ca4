"""Files that are whole or not there: atomic writes, strict reads, the lock."""

import os
import re
import shutil
import sys
import time
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from types import TracebackType
from typing import BinaryIO, Final, Literal, Self

from desktop.storage.errors import FileAccessError, ProjectLockedError, StorageError, reporting

_ASIDE: Final = re.compile(r"\.(export|copy)-[0-9a-f]{8}")
_ASIDE_LOCK: Final = ".lock"
_YOUNG_S: Final = 5.0
_TEMPORARY: Final = re.compile(r"\.[\w.]+\.[0-9a-f]{8}\.tmp")


def write_atomically(path: Path, data: bytes) -> None:
    """Put `data` at `path`, durable on return; FileAccessError leaves the old file untouched."""
    with reporting(path, "written"):
        temporary = path.with_name(f".{path.name}.{token_hex(4)}.tmp")
        try:
            with temporary.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)


def put_in_place(temporary: Path, path: Path) -> None:
    """Give a file that is whole its name, durable on return; FileAccessError where it cannot be."""
    with reporting(path, "written"):
        descriptor = os.open(temporary, os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        temporary.replace(path)
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return  # other systems cannot open a folder, and keep its entries by a journal
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_file(path: Path, max_bytes: int) -> bytes:
    """Return the bytes of a regular file, so that no pipe or device is waited for."""
    with reporting(path, "read"):
        size_bytes = path.stat().st_size
        if not path.is_file() or size_bytes > max_bytes:
            too_long = f"has {size_bytes} bytes, more than the {max_bytes} that are read"
            what = too_long if path.is_file() else "is no file"
            raise FileAccessError(path, what, "move it away or restore it from a copy")
        return path.read_bytes()


def sound_path(path: Path) -> str | bytes:
    """Return `path` for soundfile, which refuses text for a name whose bytes are no letters."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return os.fsencode(path)
    return str(path)


def leftovers(folder: Path) -> Iterator[Path]:
    """Yield the temporary files that killed writes left in `folder`."""
    with reporting(folder, "read"):
        entries = list(folder.iterdir()) if folder.is_dir() else []
    yield from (entry for entry in entries if _TEMPORARY.fullmatch(entry.name))


@contextmanager
def folder_aside(parent: Path, kind: Literal["export", "copy"]) -> Iterator[Path]:
    """Give a new hidden folder in `parent`, removed at the end.

    Those of killed programs are removed first; a lock tells them from those in use. OSError when
    the disk refuses.
    """
    _sweep_asides(parent)
    aside = parent / f".{kind}-{token_hex(4)}"
    aside.mkdir(mode=0o700)
    try:
        with ExitStack() as stack:
            with suppress(FileAccessError):  # a disk without locks, on which nobody sweeps either
                stack.enter_context(Lock(aside / _ASIDE_LOCK, aside))
            yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def copy_tree(source: Path, target: Path, leaving_out: Collection[str]) -> None:
    """Copy a folder but for those names, links as links, so that nothing from elsewhere comes.

    OSError when the disk refuses.
    """
    ignore = shutil.ignore_patterns(*leaving_out)
    try:
        shutil.copytree(source, target, symlinks=True, ignore=ignore)
    except shutil.Error as error:  # it holds a row of (source, target, reason)
        raise OSError(error.args[0][0][2]) from error


def _sweep_asides(parent: Path) -> None:
    for folder in parent.iterdir():
        lock = folder / _ASIDE_LOCK
        if not _ASIDE.fullmatch(folder.name) or folder.is_symlink() or not lock.is_file():
            continue
        # one that is just being made may not be locked yet
        if lock.stat().st_mtime < time.time() - _YOUNG_S:
            with suppress(StorageError):  # in use
                Lock(lock, folder).close()
                shutil.rmtree(folder, ignore_errors=True)


class Lock:
    """The right to write a project, held until `close` or until the process ends, however."""

    def __init__(self, path: Path, folder: Path) -> None:
        with reporting(path, "locked"):
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
            self._file: BinaryIO = os.fdopen(os.open(path, flags, 0o666), "r+b", buffering=0)
            try:
                _lock(self._file)
                self._file.truncate(0)
                self._file.write(f"{os.getpid()}\n".encode())
            except BaseException as error:
                self._file.close()
                if isinstance(error, BlockingIOError):
                    raise _locked(path, folder) from error
                raise

    def close(self) -> None:
        """Give the right back; the lock's file stays, as removing it would race."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _locked(path: Path, folder: Path) -> ProjectLockedError:
    holder = path.read_text(errors="replace").strip()[:20] or "unknown"
    problem = f"the song is open in another program (process {holder})"
    return ProjectLockedError(folder, problem, "close it there first")


if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        file.seek(2**30)  # far past what is written, as a locked byte cannot be read by others
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError(*error.args) from error
        file.seek(0)

else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
