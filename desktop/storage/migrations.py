"""One step a version: `MIGRATIONS[n]` turns the data of version n into that of version n + 1."""

from collections.abc import Callable, Mapping
from typing import Any, Final

Data = dict[str, Any]
Migration = Callable[[Data], Data]

MIGRATIONS: Final[Mapping[int, Migration]] = {}


def migrate(data: Data, migrations: Mapping[int, Migration]) -> Data:
    """Return `data` brought up, version by version, to the one no migration leads away from."""
    while (migration := migrations.get(data["version"])) is not None:
        data = {**migration(data), "version": data["version"] + 1}
    return data
