"""Prompts from the command line, laid over whole tracks."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

import click

from desktop.document.edits import check_prompt
from desktop.document.song import Region, Song, Track
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
    try:
        for prompt in (*prompts, negative):
            check_prompt(prompt)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    wanted = {track.id: prompt for track, prompt in zip(tracks, prompts, strict=True)}
    ids, end = count(song.next_id), song.end

    def covered(track: Track) -> Track:
        region = Region(next(ids), Tick(0), end, wanted[track.id], negative)
        return replace(track, regions=(region,))

    # one edit of the song, not one for each of what may be thousands of tracks
    covering = tuple(covered(track) if track.id in wanted else track for track in song.tracks)
    return replace(song, tracks=covering, next_id=next(ids))
