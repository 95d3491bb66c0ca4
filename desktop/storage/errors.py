"""What can go wrong with a project on disk; each error names the file and what to do."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_FULL: Final = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_FORBIDDEN: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class StorageError(Exception):
    """A project could not be read or written; `path` is the file or folder."""

    def __init__(self, path: Path, problem: str, advice: str) -> None:
        super().__init__(f"{path}: {problem}; {advice}")
        self.path = path
        self.problem = problem
        self.advice = advice


class FileAccessError(StorageError):
    """The operating system refused: no permission, a full disk, a broken drive."""


class NotAProjectError(StorageError):
    """There is no project at this path."""


class ProjectExistsError(StorageError):
    """A new project would overwrite something."""


class ProjectLockedError(StorageError):
    """The project is open in another program."""


class NewerVersionError(StorageError):
    """The file was written by a newer version of the program."""


class DamagedSongError(StorageError):
    """The song's file is damaged; `backup` is the newest file beside it that opens, if any."""

    def __init__(self, path: Path, problem: str, backup: Path | None = None) -> None:
        advice = f"rename it and copy {backup} to its place" if backup else "restore it from a copy"
        super().__init__(path, problem, advice)
        self.backup = backup


class MissingTakeError(StorageError):
    """The audio of a take is not in the pool."""


class DamagedTakeError(StorageError):
    """The audio of a take is not what its hash says, or is no audio."""


@contextmanager
def reporting(path: Path, action: str) -> Iterator[None]:
    """Turn an OSError into a FileAccessError: `path` cannot be `action` ("read", "written")."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        problem = f"cannot be {action} ({reason})"
        raise FileAccessError(path, problem, _advice(error)) from error


def _advice(error: OSError) -> str:
    if error.errno in _FULL:
        return "free some space on the disk and try again"
    if error.errno in _FORBIDDEN:
        return "see to it that you may read and write there, or choose another place"
    return "check the path and the disk and try again"
