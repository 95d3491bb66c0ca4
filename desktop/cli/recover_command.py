"""`partimento recover`."""

from pathlib import Path

import click

from desktop.cli.open_project import found_path
from desktop.cli.options import FOLDER, reporting
from desktop.cli.report import Report
from desktop.storage.project import Project


@click.command("recover")
@click.argument("song", type=FOLDER)
@reporting
def command(song: Path, report: Report) -> None:
    """Make the autosave of SONG the song, if it is newer; the song as saved goes to its backups."""
    with Project.open(found_path(song)) as project:
        opened = project.opened
        if opened.autosave_error is not None:
            raise opened.autosave_error
        if opened.recovered is not None:
            project.save(opened.recovered)
    found = opened.recovered is not None
    words = "recovered from its autosave" if found else "no newer autosave; left as it is"
    report.result(f"{project.folder}: {words}", "done", song=str(project.folder), recovered=found)
