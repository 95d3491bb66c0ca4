"""Where packs lie: those that come with the program, and those that the user has installed."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from platformdirs import user_data_path

from desktop.document.query import find_region, wanted_pack_id
from desktop.document.song import Song
from inference.errors import PackError, RequestError
from inference.pack import Pack, find_packs

DEFAULT_PACK: Final = "mini"


class MissingPackError(PackError):
    """No pack of that id is installed; `installed` are those that are."""

    def __init__(self, wanted: str, installed: str) -> None:
        super().__init__(
            f"there is {wanted} (installed: {installed}); see `partimento models list`, "
            "or install one with `partimento models add`"
        )
        self.installed = installed


def bundled_folder() -> Path:
    """Return the folder of the packs that come with the program."""
    return Path(__file__).resolve().parents[2] / "onnx_models" / "packs"


def user_folder() -> Path:
    """Return the folder into which packs are installed, which may not be there yet."""
    return user_data_path("partimento", appauthor=False) / "packs"


def all_packs() -> Iterator[Pack | PackError]:
    """Yield each pack, or why it cannot be used; of two with one id, the user's comes first."""
    yield from find_packs((user_folder(), bundled_folder()))


def find_pack(pack_id: str | None) -> Pack:
    """Return the pack; for None the default one, or the first there is. PackError without any."""
    found = list(all_packs())
    packs = [pack for pack in found if isinstance(pack, Pack)]
    for each in (pack_id,) if pack_id is not None else (DEFAULT_PACK, *(p.id for p in packs)):
        for pack in packs:
            if pack.id == each:
                return pack
    for error in found:  # a pack of that name that is damaged says more than one that is missing
        if isinstance(error, PackError) and is_about(error, pack_id or DEFAULT_PACK):
            raise error
    names = ", ".join(dict.fromkeys(pack.id for pack in packs)) or "none"
    wanted = f"no pack {pack_id!r}" if pack_id is not None else "no pack at all"
    raise MissingPackError(wanted, names)


def pack_for(song: Song, region_ids: Sequence[int], pack_id: str | None = None) -> Pack:
    """Return the pack that renders the regions as one piece; `pack_id` stands in place of theirs.

    PackError where it is not there, RequestError where they want different ones.
    """
    if pack_id is not None:
        return find_pack(pack_id)
    regions = [find_region(song, region_id) for region_id in region_ids]
    wanted = {wanted_pack_id(song, region) or DEFAULT_PACK: region for region in regions}
    if len(wanted) > 1:
        raise RequestError(
            f"regions that wait to be rendered as one now want different packs "
            f"({', '.join(wanted)}); render them again"
        )
    own = regions[0].pack_id
    try:
        return find_pack(wanted_pack_id(song, regions[0]))
    except MissingPackError as error:
        if own is None:
            raise
        raise PackError(
            f"region {regions[0].id} is to be rendered by pack {own!r}, which is not installed "
            f"(installed: {error.installed}); install it, or choose another for the region"
        ) from error


def passed_over(pack: Pack) -> Iterator[PackError]:
    """Yield why other packs of the id of `pack` cannot be used; one may be what is expected."""
    for found in all_packs():
        if isinstance(found, PackError) and is_about(found, pack.id):
            yield found


def is_about(error: PackError, pack_id: str) -> bool:
    """Return whether `error` names a file in the folder of pack `pack_id`."""
    return f"/{pack_id}/" in str(error).replace("\\", "/")
