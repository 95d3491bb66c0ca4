"""`partimento sketch`."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from desktop.cli.exports import export_project, prepare
from desktop.cli.open_project import OpenProject
from desktop.cli.options import (
    FILE,
    FOLDER,
    TEXT,
    format_options,
    render_options,
    reporting,
    track_option,
)
from desktop.cli.prompting import prompted, spread
from desktop.cli.rendering import Wishes, ending, open_worker, render_with
from desktop.cli.report import Report
from desktop.cli.selection import select_tracks
from desktop.document.edits import change_track
from desktop.document.song import ROLES, Role, Song, Track
from desktop.exporting.options import Bits, ExportOptions, FileFormat
from desktop.midi.reading import read_midi
from desktop.rendering.packs import find_pack
from desktop.storage.project import Project, project_path


@click.command("sketch")
@click.argument("file", type=FILE)
@click.option(
    *("--prompt", "prompts"),
    type=TEXT,
    multiple=True,
    required=True,
    help="What it sounds like; once for all tracks, or once for each.",
)
@click.option("--negative-prompt", type=TEXT, default="", help="What it does not sound like.")
@click.option("--role", type=click.Choice(ROLES), help="In place of the tracks' guessed roles.")
@track_option
@click.option("--out", type=FOLDER, help="The folder for everything; by default named as FILE.")
@render_options
@format_options
@reporting
def command(
    file: Path,
    *,
    prompts: tuple[str, ...],
    negative_prompt: str,
    role: Role | None,
    tracks: tuple[str, ...],
    out: Path | None,
    file_format: FileFormat,
    bits: Bits | None,
    report: Report,
    **wishes: Any,
) -> int:
    """Render the MIDI file FILE under a prompt, and export stems, mix and MIDI.

    Each track that has notes gets a region over the whole song, with the role that its name and
    notes suggest. The song stays in the folder, to be worked on.
    """
    options = ExportOptions(file_format=file_format, bits=bits)
    song = read_midi(file)
    chosen = select_tracks(song.tracks, tracks)
    song = prompted(song, chosen, spread(prompts, chosen), negative_prompt)
    song = song if role is None else with_role(song, chosen, role)
    out, wished = out or Path(file.stem), Wishes(**wishes)
    folder, pack = project_path(out / file.stem), find_pack(wished.pack_id)
    with open_worker(pack, wished, report) as worker:  # before anything is written
        prepare(out)
        Project.create(folder, song).close()
        with OpenProject.open(folder, report) as opened:
            regions = [region.id for track in opened.song.tracks for region in track.regions]
            failed = render_with(worker, opened, regions, wishes=wished, report=report)
            files = export_project(opened.song, opened.takes, out, options, report)
    return ending(report, folder, regions, failed, files)


def with_role(song: Song, tracks: Sequence[Track], role: Role) -> Song:
    """Return `song` with the tracks in `role`."""
    for track in tracks:
        song = change_track(song, track.id, lambda t: replace(t, role=role))
    return song
