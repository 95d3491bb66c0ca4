"""One step a version: `MIGRATIONS[n]` turns the data of version n into that of version n + 1."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

Data = dict[str, Any]
Migration = Callable[[Data], Data]
_RECORDED: Final = re.compile(r'{"imported": "(?P<name>[^"\\]*\.au)"')


def with_comps(data: Data) -> Data:
    """Return a song of version 1 with what takes and regions got: levels, comparisons, comps."""
    return _with_regions(data, _with_comp)


def _with_comp(region: Data) -> Data:
    takes = [{**take, "gain_db": 0.0, "wins": 0, "losses": 0} for take in region["takes"]]
    return {**region, "takes": takes, "comp": None}


def with_packs(data: Data) -> Data:
    """Return a song of version 2 whose regions are all rendered by the song's pack."""
    return _with_regions(data, lambda region: {**region, "pack_id": None})


def with_recordings(data: Data) -> Data:
    """Return a song of version 3 whose takes name the recordings that they came from."""
    return _with_regions(data, _with_recordings)


def _with_recordings(region: Data) -> Data:
    takes = [{**take, "recording": _recording_of(take["recipe"])} for take in region["takes"]]
    return {**region, "takes": takes}


def _recording_of(recipe: str) -> str:
    # Nothing but a recording was ever taken from a file of that ending.
    found = _RECORDED.match(recipe)
    return found["name"] if found else ""


def _with_regions(data: Data, change: Migration) -> Data:
    tracks = [
        {**track, "regions": [change(region) for region in track["regions"]]}
        for track in data["song"]["tracks"]
    ]
    return {**data, "song": {**data["song"], "tracks": tracks}}


MIGRATIONS: Final[Mapping[int, Migration]] = {1: with_comps, 2: with_packs, 3: with_recordings}


def migrate(data: Data, migrations: Mapping[int, Migration]) -> Data:
    """Return `data` brought up, version by version, to the one no migration leads away from."""
    while (migration := migrations.get(data["version"])) is not None:
        data = {**migration(data), "version": data["version"] + 1}
    return data
