"""`partimento new`."""

import math
import re
from pathlib import Path

import click

from desktop.cli.options import FOLDER, legible, reporting
from desktop.cli.report import Report
from desktop.document.song import Settings, Song
from desktop.document.tempo import MAX_BPM, MIN_BPM, MetreChange, TempoChange, TempoMap
from desktop.document.time import Tick
from desktop.storage.project import Project, project_path


@click.command("new")
@click.argument("name", type=FOLDER)
@click.option("--bpm", type=click.FloatRange(MIN_BPM, MAX_BPM), default=120.0, show_default=True)
@click.option("--metre", default="4/4", show_default=True, help="As 3/4 or 6/8.")
@click.option("--sample-rate", type=click.IntRange(8000, 192000), default=44100, show_default=True)
@reporting
def command(name: Path, bpm: float, metre: str, sample_rate: int, report: Report) -> None:
    """Make an empty song in the folder NAME.partimento."""
    folder = project_path(name)
    if math.isnan(bpm):  # which is in no range, and is not found out of one either
        raise click.BadParameter("must be a number, got nan", param_hint="--bpm")
    tempo_map = TempoMap((TempoChange(Tick(0), bpm),), (parse_metre(metre),))
    song = Song(legible(folder.stem), (), tempo_map, settings=Settings(sample_rate_hz=sample_rate))
    Project.create(folder, song).close()
    report.result(str(folder), "file", path=str(folder))
    report.result(f"made {folder}", "done")


def parse_metre(text: str) -> MetreChange:
    """Return the metre in `text`, as 6/8, from the song's start on."""
    found = re.fullmatch(r"(\d{1,3})/(\d{1,3})", text)
    try:
        if found is None:
            raise ValueError(f"must be as 3/4 or 6/8, got {text!r}")
        return MetreChange(Tick(0), int(found[1]), int(found[2]))
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--metre") from error
