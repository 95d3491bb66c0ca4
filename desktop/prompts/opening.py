"""Opens the user's library of prompts, whatever state its file is in."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from platformdirs import user_data_path

from desktop.prompts.library import DamagedLibraryError, Library, LibraryError
from desktop.prompts.library_file import SHIPPED, Kept, read_prompts
from desktop.storage.errors import StorageError, reporting

NAME: Final = "prompts.sqlite"
IN_MEMORY: Final = ":memory:"


@dataclass(frozen=True, slots=True)
class Opened:
    """A library, and what is to be told of how it was found."""

    library: Library
    problem: str = ""


def user_file(name: str = NAME) -> Path:
    """Return where a file of the user's data lies, which may not be there yet."""
    return user_data_path("partimento", appauthor=False) / name


def open_library(path: Path) -> Opened:
    """Return the library at `path`, new with a starter set if there is none.

    A damaged file is kept aside and a new one made; where no file can be used, the prompts that
    come with the program are there, and changes are lost at its end.
    """
    try:
        with reporting(path.parent, "made"):
            path.parent.mkdir(parents=True, exist_ok=True)
        return _open_or_replace(path)
    except StorageError as error:
        problem = f"{error}; what is changed in the library now will be gone"
        return Opened(Library(IN_MEMORY, _starter), problem)


def _open_or_replace(path: Path) -> Opened:
    try:
        return Opened(Library(path, _starter))
    except DamagedLibraryError as error:
        aside = _put_aside(path)
        problem = f"{path}: {error.problem}; it is kept as {aside.name}, and there is a new one"
        return Opened(Library(path, _starter), problem)


def _put_aside(path: Path) -> Path:
    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    aside = path.with_name(f"{path.stem}.damaged-{moment}{path.suffix}")
    with reporting(path, "moved"):
        path.replace(aside)
    for ending in ("-wal", "-shm"):
        with suppress(FileNotFoundError), reporting(path, "moved"):
            companion = path.with_name(path.name + ending)
            if companion.exists():
                companion.replace(aside.with_name(aside.name + ending))
    return aside


def _starter() -> tuple[Kept, ...]:
    return read_prompts(SHIPPED)


__all__ = ["IN_MEMORY", "LibraryError", "Opened", "open_library", "user_file"]
