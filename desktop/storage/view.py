"""How a song was looked at last: a file beside it, so that it goes where the song goes.

It is no part of the song: it is neither a change of it, nor lost when the song is not saved.
"""

from contextlib import suppress
from pathlib import Path
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from desktop.storage.errors import StorageError
from desktop.storage.files import read_file, write_atomically

NAME: Final = "view.json"
MAX_BYTES: Final = 2**20

Id = Annotated[int, Meta(ge=1, lt=2**53)]
Pixels = Annotated[int, Meta(ge=0, lt=2**31)]


class View(msgspec.Struct, frozen=True):
    """What of the song is in view, and which panels are open; `below` is "" for none.

    `heights` are those of rows, by the ids of their tracks. What it names may be gone from the
    song since, as by changes that were not saved.
    """

    left_tick: Annotated[float, Meta(ge=0, lt=2**53)] = 0.0
    pixels_per_tick: Annotated[float, Meta(gt=0, le=1000)] = 0.05
    top_px: Pixels = 0
    heights: dict[Id, Pixels] = {}
    unfolded: frozenset[Id] = frozenset()
    clip_id: Id | None = None
    below: str = ""
    browser: bool = True
    inspector: bool = True


def read_view(project: Path) -> View | None:
    """Return how the song of `project` was looked at last; None where that cannot be known."""
    with suppress(StorageError, msgspec.DecodeError, RecursionError):
        return msgspec.json.decode(read_file(project / NAME, MAX_BYTES), type=View)
    return None


def write_view(project: Path, view: View) -> None:
    """Keep `view` with the song of `project`, or as it was where the disk refuses."""
    with suppress(StorageError):
        write_atomically(project / NAME, msgspec.json.encode(view) + b"\n")
