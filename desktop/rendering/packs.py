"""Where packs lie: those that come with the program, and those that the user has installed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from platformdirs import user_data_path

from inference.errors import PackError
from inference.pack import Pack, find_packs

DEFAULT_PACK: Final = "mini"


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
    for wanted in (pack_id,) if pack_id is not None else (DEFAULT_PACK, *(p.id for p in packs)):
        for pack in packs:
            if pack.id == wanted:
                return pack
    for error in found:  # a pack of that name that is damaged says more than one that is missing
        if isinstance(error, PackError) and is_about(error, pack_id or DEFAULT_PACK):
            raise error
    names = ", ".join(dict.fromkeys(pack.id for pack in packs)) or "none"
    wanted_words = f"no pack {pack_id!r}" if pack_id is not None else "no pack at all"
    raise PackError(
        f"there is {wanted_words} (installed: {names}); see `partimento models list`, "
        "or install one with `partimento models add`"
    )


def passed_over(pack: Pack) -> Iterator[PackError]:
    """Yield why other packs of the id of `pack` cannot be used; one may be what is expected."""
    for found in all_packs():
        if isinstance(found, PackError) and is_about(found, pack.id):
            yield found


def is_about(error: PackError, pack_id: str) -> bool:
    """Return whether `error` names a file in the folder of pack `pack_id`."""
    return f"/{pack_id}/" in str(error).replace("\\", "/")
