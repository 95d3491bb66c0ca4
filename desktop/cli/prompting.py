"""Prompts from the command line, laid over whole tracks."""

from collections.abc import Sequence

import click

from desktop.document.edits import add_region, set_prompt
from desktop.document.query import find_track
from desktop.document.song import Song, Track
from desktop.document.time import Tick


def spread(prompts: tuple[str, ...], tracks: Sequence[Track]) -> tuple[str, ...]:
    """Return a prompt for each of the tracks."""
    if not tracks:
        raise click.UsageError("the file has no notes to sketch from; choose another file")
    if len(prompts) not in {1, len(tracks)}:
        names = ", ".join(repr(track.name) for track in tracks)
        raise click.UsageError(
            f"give --prompt once, or once for each of the {len(tracks)} tracks ({names}); "
            f"got {len(prompts)}"
        )
    return prompts if len(prompts) == len(tracks) else prompts * len(tracks)


def prompted(song: Song, tracks: Sequence[Track], prompts: Sequence[str], negative: str) -> Song:
    """Return `song` with a region over all of it on each of the tracks."""
    end = song.end
    for track, prompt in zip(tracks, prompts, strict=True):
        song = add_region(song, track.id, Tick(0), end)
        (region,) = find_track(song, track.id).regions
        song = set_prompt(song, region.id, prompt, negative)
    return song
