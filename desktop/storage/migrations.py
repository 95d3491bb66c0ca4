"""One step a version: `MIGRATIONS[n]` turns the data of version n into that of version n + 1."""

from collections.abc import Callable, Mapping
from typing import Any, Final

Data = dict[str, Any]
Migration = Callable[[Data], Data]


def with_comps(data: Data) -> Data:
    """Return a song of version 1 with what takes and regions got: levels, comparisons, comps."""
    tracks = [
        {**track, "regions": [_with_comp(region) for region in track["regions"]]}
        for track in data["song"]["tracks"]
    ]
    return {**data, "song": {**data["song"], "tracks": tracks}}


def _with_comp(region: Data) -> Data:
    takes = [{**take, "gain_db": 0.0, "wins": 0, "losses": 0} for take in region["takes"]]
    return {**region, "takes": takes, "comp": None}


def with_packs(data: Data) -> Data:
    """Return a song of version 2 whose regions are all rendered by the song's pack."""
    tracks = [
        {**track, "regions": [{**region, "pack_id": None} for region in track["regions"]]}
        for track in data["song"]["tracks"]
    ]
    return {**data, "song": {**data["song"], "tracks": tracks}}


MIGRATIONS: Final[Mapping[int, Migration]] = {1: with_comps, 2: with_packs}


def migrate(data: Data, migrations: Mapping[int, Migration]) -> Data:
    """Return `data` brought up, version by version, to the one no migration leads away from."""
    while (migration := migrations.get(data["version"])) is not None:
        data = {**migration(data), "version": data["version"] + 1}
    return data
