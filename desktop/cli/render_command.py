"""`partimento render`."""

from pathlib import Path
from typing import Any

import click

from desktop.cli.exports import export_project, prepare
from desktop.cli.open_project import OpenProject, copy_project
from desktop.cli.options import (
    FOLDER,
    format_options,
    region_option,
    render_options,
    reporting,
    track_option,
)
from desktop.cli.rendering import Wishes, ending, render_regions
from desktop.cli.report import Report
from desktop.cli.selection import is_silent, select_regions
from desktop.exporting.options import Bits, ExportOptions, FileFormat


@click.command("render")
@click.argument("song", type=FOLDER)
@click.option("--out", type=FOLDER, help="Also export stems, mix and MIDI to this folder.")
@track_option
@region_option
@click.option("--missing", is_flag=True, help="Only regions that play no take, or a lost one.")
@click.option("--copy", is_flag=True, help="Leave SONG as it is: work on a copy in --out.")
@render_options
@format_options
@reporting
def command(
    song: Path,
    *,
    out: Path | None,
    tracks: tuple[str, ...],
    region_ids: tuple[int, ...],
    missing: bool,
    copy: bool,
    file_format: FileFormat,
    bits: Bits | None,
    report: Report,
    **wishes: Any,
) -> int:
    """Render the regions of SONG, all by default, into takes that the regions then play.

    Regions of a track that touch are rendered as one piece. Each take is saved as soon as it is
    finished. Regions listen to the takes of the other tracks, those just rendered too.
    """
    if copy and out is None:
        raise click.UsageError("--copy needs --out, the folder for the copy")
    options = ExportOptions(file_format=file_format, bits=bits)
    path = copy_project(song, out, report) if copy and out is not None else song
    with OpenProject.open(path, report) as opened:
        takes = opened.takes
        region_ids = select_regions(
            *(opened.song, tracks, region_ids),
            lambda region: not missing or is_silent(region, takes),
        )
        if out is not None:
            prepare(out)
        failed = render_regions(opened, region_ids, Wishes(**wishes), report)
        files = (
            () if out is None else export_project(opened.song, opened.takes, out, options, report)
        )
    return ending(report, opened.folder, region_ids, failed, files)
