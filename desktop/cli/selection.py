"""Which tracks and regions the options of a command mean."""

from collections.abc import Callable, Iterable, Sequence

import click

from desktop.document.song import Region, Song, Track
from desktop.storage.pool import TakePool


def select_tracks(tracks: Sequence[Track], wanted: Sequence[str]) -> tuple[Track, ...]:
    """Return the tracks that `wanted` names, by name in any case or by id; all for none."""
    if not wanted:
        return tuple(tracks)
    found = {name: [track for track in tracks if is_named(track, name)] for name in wanted}
    for name, named in found.items():
        if not named:
            there = listed(f"{track.name!r} ({track.id})" for track in tracks)
            raise click.BadParameter(
                f"there is no track {name!r}; choose from: {there}", param_hint="--track"
            )
    chosen = {track.id for named in found.values() for track in named}
    return tuple(track for track in tracks if track.id in chosen)


def is_named(track: Track, name: str) -> bool:
    return track.name.casefold() == name.casefold() or str(track.id) == name


def select_regions(
    song: Song,
    tracks: Sequence[str],
    region_ids: Sequence[int],
    is_wanted: Callable[[Region], bool],
) -> tuple[int, ...]:
    """Return the ids of the regions that are wanted, of all tracks and all regions by default."""
    regions = {r.id: r for track in select_tracks(song.tracks, tracks) for r in track.regions}
    if not regions:
        raise click.UsageError(
            "there is no region to render; `import --prompt` and `sketch` make some"
        )
    for number in region_ids:
        if number not in regions:
            there = listed(str(number) for number in regions)
            raise click.BadParameter(
                f"there is no region {number}; choose from: {there}", param_hint="--region"
            )
    chosen = (regions[number] for number in region_ids or regions)
    return tuple(dict.fromkeys(region.id for region in chosen if is_wanted(region)))


def is_silent(region: Region, takes: TakePool) -> bool:
    """Return whether the region plays no take, or one whose audio is missing."""
    return region.playing is None or not takes.has(region.playing)


def listed(names: Iterable[str]) -> str:
    """Return `names` for a message."""
    return ", ".join(names) or "none"
