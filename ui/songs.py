"""Where songs lie: the user's folder, those opened last, new names."""

from contextlib import suppress
from pathlib import Path
from typing import Final

from platformdirs import user_data_path
from PySide6.QtCore import QCoreApplication, QSettings

from desktop.document.song import Song
from desktop.exporting.plan import safe_name
from desktop.storage.errors import ProjectExistsError, StorageError, reporting
from desktop.storage.files import copy_tree, folder_aside
from desktop.storage.project import AUTOSAVE, LOCK, SUFFIX, Project, project_path

KEPT: Final = 10
RECENT: Final = "songs/recent"


def songs_folder() -> Path:
    """Return the user's folder of songs, which may not be there yet."""
    return user_data_path("partimento", appauthor=False) / "songs"


def example_folder() -> Path:
    """Return the example song that comes with the program, which may be missing."""
    return Path(__file__).resolve().parents[1] / "examples" / "greensleeves.partimento"


def recent_songs(settings: QSettings) -> list[Path]:
    """Return the songs opened last that are still there, the newest first."""
    found = str(settings.value(RECENT, "")).split("\n")
    return [Path(line) for line in found if line and _is_folder(Path(line))]


def _is_folder(path: Path) -> bool:
    with suppress(OSError):  # a name that is too long, a disk that does not answer
        return path.is_dir()
    return False


def remember_song(settings: QSettings, folder: Path) -> None:
    """Make `folder` the newest of the songs opened last."""
    folder = folder.resolve()
    others = [each for each in recent_songs(settings) if each != folder]
    settings.setValue(RECENT, "\n".join(str(each) for each in [folder, *others][:KEPT]))


def free_folder(parent: Path, name: str) -> Path:
    """Return a project folder in `parent` for a song called `name` that is not taken yet."""
    stem = safe_name(name) or QCoreApplication.translate("Songs", "Song")
    number = 1
    folder = project_path(parent / stem)
    while folder.exists():
        number += 1
        folder = parent / f"{stem} {number}{SUFFIX}"
    return folder


def make_song(parent: Path, name: str) -> Path:
    """Return the folder of a new, empty song in `parent`; StorageError when it cannot be made."""
    folder = free_folder(parent, name)
    Project.create(folder, Song(title=folder.stem)).close()
    return folder


def copy_song(source: Path, target: Path, song: Song) -> None:
    """Make `target` a copy of the project at `source` that holds `song`, or nothing.

    Raises StorageError.
    """
    if target.resolve().is_relative_to(source.resolve()):
        raise StorageError(target, "lies within the song itself", "choose a place elsewhere")
    if target.exists():
        problem = "there is something at this path already"
        raise ProjectExistsError(target, problem, "choose another name, or open it")
    with reporting(target, "written"):
        target.parent.mkdir(parents=True, exist_ok=True)
        with folder_aside(target.parent, "copy") as aside:
            copy = aside / target.name
            copy_tree(source, copy, {LOCK, AUTOSAVE})
            with Project.open(copy) as project:
                project.save(song)
            copy.rename(target)
