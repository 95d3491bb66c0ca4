"""A project that a command works on."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import click

from desktop.cli.exports import prepare
from desktop.cli.report import Report
from desktop.document.edits import add_take, choose_take
from desktop.document.song import Song, Take
from desktop.storage.errors import StorageError, reporting
from desktop.storage.files import copy_tree, folder_aside
from desktop.storage.pool import TakePool
from desktop.storage.project import AUTOSAVE, LOCK, Opened, Project, project_path, read_project

NEWER: Final = (
    "is newer than the song, which this would edit without it",
    "take it up with `partimento recover`, or remove it",
)


class OpenProject:
    """An open project whose song is saved after each edit."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._song = project.opened.song

    @classmethod
    def open(cls, path: Path, report: Report) -> Self:
        """Return the project at `path`, its ending left out or not, and say what is amiss.

        One with a newer autosave is refused: each edit would push that further down the backups,
        and out at last.
        """
        project = Project.open(found_path(path))
        if project.opened.recovered is not None:
            project.close()
            raise StorageError(project.folder / AUTOSAVE, *NEWER)
        tell_condition(project.opened, report)
        return cls(project)

    @property
    def folder(self) -> Path:
        return self.project.folder

    @property
    def song(self) -> Song:
        return self._song

    @property
    def takes(self) -> TakePool:
        return self.project.takes

    def keep_takes(self, takes: Sequence[tuple[int, Take]]) -> None:
        """Give each region its take, let it play, and save."""
        song = self._song
        for region_id, take in takes:
            song = choose_take(add_take(song, region_id, take), region_id, take.id)
        self.save(song)

    def save(self, song: Song) -> None:
        """Make `song` the project's."""
        self.project.save(song)
        self._song = song

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.project.close()


@contextmanager
def new_project(name: Path, song: Song) -> Iterator[OpenProject]:
    """Give a new project of that name, open; it is gone again if the block does not end well."""
    with OpenProject(Project.create(project_path(name), song)) as opened:
        try:
            yield opened
        except BaseException:
            shutil.rmtree(opened.folder, ignore_errors=True)  # still ours alone, by the lock
            raise


def found_path(path: Path) -> Path:
    """Return `path`, with the ending .partimento where only that is there."""
    return path if path.exists() or not project_path(path).exists() else project_path(path)


def read_song(path: Path, report: Report) -> tuple[Path, Opened]:
    """Return the project's folder and what is in it, changing nothing; say what is amiss."""
    folder = found_path(path)
    opened = read_project(folder)
    tell_condition(opened, report)
    return folder, opened


def tell_condition(opened: Opened, report: Report) -> None:
    """Say which takes are missing, and whether an autosave holds later work."""
    for missing in opened.missing_takes:
        report.note(f"the audio of a take is missing: {missing.path}")
    if opened.recovered is not None:
        report.note("an autosave is newer than the song; `partimento recover` makes it the song")
    if opened.autosave_error is not None:
        report.note(f"an autosave does not open: {opened.autosave_error}")


def copy_project(path: Path, into: Path, report: Report) -> Path:
    """Return the copy of a project in the folder `into`; one that is there already is kept."""
    source = found_path(path).resolve()
    target = into / source.name
    read_project(source)  # an error about the song is clearer than one about its copy
    if into.resolve().is_relative_to(source):
        raise click.UsageError(f"--out {into} lies within the song; name a folder elsewhere")
    prepare(into)
    if target.exists():
        report.note(f"going on with the copy that is there already, {target}")
    else:
        with reporting(target, "written"), folder_aside(into, "copy") as aside:
            copy_tree(source, aside / source.name, {LOCK})
            (aside / source.name).rename(target)
    return target
