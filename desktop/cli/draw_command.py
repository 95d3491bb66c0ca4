"""`partimento draw`."""

from collections.abc import Sequence
from pathlib import Path

import click

from desktop.cli.open_project import OpenProject
from desktop.cli.options import FOLDER, region_option, reporting, track_option
from desktop.cli.report import Report, counted
from desktop.cli.selection import select_regions
from desktop.document.query import find_region, track_with_region
from desktop.document.song import Song
from desktop.rendering.improvised import Parted, hindrance, improvised, with_improvised_notes


@click.command("draw")
@click.argument("song", type=FOLDER)
@track_option
@region_option
@reporting
def command(
    song: Path, *, tracks: tuple[str, ...], region_ids: tuple[int, ...], report: Report
) -> None:
    """Draw the notes that the model improvised into regions of SONG: where there are none.

    And beside the one part of a mix, if it is the part that they were improvised around.

    They are the notes of the takes that the regions play, to be edited, exported as MIDI, or
    rendered again. The drums of a mix come on a muted track of their own.
    """
    with OpenProject.open(song, report) as opened:
        before = opened.song
        chosen = select_regions(before, tracks, region_ids, lambda _region: True)
        free = chosen if region_ids else [n for n in chosen if not hindrance(before, n)]
        if not free:
            raise click.UsageError(
                "there are no improvised notes to draw: the regions have notes of their own, or "
                "play takes that nothing was improvised for; the song is as it was"
            )
        opened.save(with_drawn(before, free))
    for region_id in free:
        tell(before, region_id, report)
    report.note(f"{counted(len(free), 'region')} drawn", "done", regions=len(free))


def with_drawn(song: Song, region_ids: Sequence[int]) -> Song:
    """Return `song` with the improvised notes of the regions; UsageError where there are none."""
    for region_id in region_ids:
        track = track_with_region(song, region_id)
        beside = f"{track.name}, {'notes' if track.role == 'drums' else 'drums'}"
        try:
            song = with_improvised_notes(song, region_id, beside_name=beside)
        except ValueError as error:
            raise click.UsageError(f"region {region_id}: {error}; the song is as it was") from error
    return song


def tell(song: Song, region_id: int, report: Report) -> None:
    """Say how many notes were drawn for a region of `song`, as it was before."""
    parts = parts_of(song, region_id)
    own, beside = len(parts.own), len(parts.beside)
    more = f", {beside} more on a muted track" if beside else ""
    text = f"region {region_id}: {counted(own, 'note')}{more}"
    report.result(text, "drawn", region_id=region_id, notes=own, beside=beside)


def parts_of(song: Song, region_id: int) -> Parted:
    """Return the improvised notes of a region by where they are drawn."""
    found = improvised(song.tempo_map, find_region(song, region_id))
    return found.on(track_with_region(song, region_id))
