"""`partimento cues`."""

import sys
from pathlib import Path
from typing import Final

import click

from desktop.cli.open_project import OpenProject
from desktop.cli.options import FILE, FOLDER, legible, reporting
from desktop.cli.report import Report, counted
from desktop.cli.selection import select_tracks
from desktop.document.song import ROLES, Role, Song
from desktop.importing.cue_placing import CueError, place_cues
from desktop.importing.cue_sheet import MAX_BYTES, CueSheet, cue_text, read_cues

SHOWN_LETTERS: Final = 200  # of a line that cannot be read


@click.command("cues")
@click.argument("song", type=FOLDER)
@click.argument("file", type=FILE)
@click.option("--track", metavar="NAME", help="An old track for the regions; its name or id.")
@click.option(
    "--role",
    type=click.Choice(ROLES),
    default="mix",
    help="What a new track plays: drums, pitches or all of them.",
    show_default=True,
)
@click.option("--tempos", is_flag=True, help="Change the song's tempo where a cue names one.")
@reporting
def command(
    song: Path, file: Path, *, track: str | None, role: Role, tempos: bool, report: Report
) -> None:
    """Make regions of the cue sheet FILE in SONG, on a new track; - for FILE reads stdin.

    A cue is a span and a prompt, several a line or one: [0:15] "soft guitar" for seconds 0 to 15,
    0:15-0:30 soft guitar for minutes and seconds, bars 1-8: soft guitar for bars. If a line cannot
    be read, the song stays as it is.
    """
    sheet = read_cues(typed_text() if str(file) == "-" else cue_text(file))
    check(sheet, report)
    with OpenProject.open(song, report) as opened:
        track_id = chosen_track(opened.song, track)
        name = "Cues" if str(file) == "-" else legible(file.stem)
        try:
            placed = place_cues(
                opened.song, sheet.cues, track_id, set_tempos=tempos, name=name, role=role
            )
        except CueError as error:
            raise click.UsageError(f"{error}; the song is as it was") from error
        opened.save(placed)
    for cue in sheet.cues:
        fields = {"line": cue.line, "span": str(cue.span), "prompt": cue.prompt, "bpm": cue.bpm}
        report.result(f"[{cue.span}] {cue.prompt}", "cue", **fields)
    report.note(counted(len(sheet.cues), "region"), "done", regions=len(sheet.cues))


def typed_text() -> str:
    """Return what comes in by stdin, which may have no end; UsageError if it is too long."""
    text = sys.stdin.read(MAX_BYTES + 1)
    if len(text) > MAX_BYTES:
        words = (
            f"there are more than {MAX_BYTES} letters, which no cue sheet has; give a part of it"
        )
        raise click.UsageError(words)
    return text


def check(sheet: CueSheet, report: Report) -> None:
    """Tell of each line that is no cue, and raise UsageError if there is one, or nothing else."""
    for unread in sheet.unread:
        said = f"line {unread.line}: {unread.text[:SHOWN_LETTERS]}\n    {unread.why}"
        report.result(said, "unread", line=unread.line, words=unread.text, why=unread.why)
    if sheet.unread:
        number = counted(len(sheet.unread), "line")
        raise click.UsageError(
            f"{number} of the cue sheet cannot be read, the first is line {sheet.unread[0].line}: "
            f"{sheet.unread[0].why}; the song is as it was"
        )
    if not sheet.cues:
        raise click.UsageError('the cue sheet is empty; write cues, as [0:15] "soft guitar"')


def chosen_track(song: Song, name: str | None) -> int | None:
    """Return the id of the track of that name, None for a new one."""
    if name is None:
        return None
    found = select_tracks(song.tracks, (name,))
    if len(found) > 1:
        ids = ", ".join(str(track.id) for track in found)
        raise click.BadParameter(f"several tracks are called {name!r}; give one of the ids {ids}")
    return found[0].id
