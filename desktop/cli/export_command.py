"""`partimento export`."""

from pathlib import Path

import click

from desktop.cli.exports import export_project, prepare
from desktop.cli.open_project import read_song
from desktop.cli.options import FOLDER, format_options, reporting
from desktop.cli.report import Report, counted
from desktop.exporting.options import Bits, ExportOptions, FileFormat
from desktop.storage.pool import TakePool
from desktop.storage.project import TAKES


@click.command("export")
@click.argument("song", type=FOLDER)
@click.option("--out", type=FOLDER, required=True, help="The folder to write to.")
@click.option("--stems", is_flag=True, help="A file for each track.")
@click.option("--mix", is_flag=True, help="The sum of the stems.")
@click.option("--midi", is_flag=True, help="Notes, tempo, markers and prompts.")
@format_options
@reporting
def command(
    song: Path,
    *,
    out: Path,
    stems: bool,
    mix: bool,
    midi: bool,
    file_format: FileFormat,
    bits: Bits | None,
    report: Report,
) -> None:
    """Write the takes that SONG plays as stems, mix and MIDI; all three without an option."""
    kinds = (stems, mix, midi) if stems or mix or midi else (True, True, True)
    options = ExportOptions(*kinds, file_format=file_format, bits=bits)
    folder, opened = read_song(song, report)
    prepare(out)
    files = export_project(opened.song, TakePool(folder / TAKES), out, options, report)
    report.note(counted(len(files), "file"), "done", files=[str(file) for file in files])
