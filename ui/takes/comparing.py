"""Who is compared with whom, and what becomes of the result."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

from desktop.document.song import Region, Take
from desktop.prompts.library import Library
from desktop.session.blind import Side, Win, with_wins
from ui.shared.studio import Studio
from ui.takes.facts import facts_of

Kind = Literal["takes", "prompts", "packs"]


def sides_of(
    kind: Kind, region: Region, one: Take, other: Take, title: Callable[[Take], str]
) -> tuple[Side, Side] | None:
    """Return what `one` and `other` stand for, as takes or for all of their prompt or pack.

    None where that is the same, or not known. Rejected takes are left out.
    """
    if kind == "takes":
        sides = Side(title(one), (one.id,)), Side(title(other), (other.id,))
        return sides if one.id != other.id else None
    names = tuple(_name(kind, take) for take in (one, other))
    if names[0] == names[1] or not all(names):
        return None
    takes = [take for take in region.takes if not take.rejected or take in (one, other)]
    first, second = (
        Side(name, tuple(take.id for take in takes if _name(kind, take) == name)) for name in names
    )
    return first, second


def keep_result(studio: Studio, name: str, region: Region, wins: Sequence[Win]) -> None:
    """Count the wins in the takes, as a step called `name`, and in the library of prompts."""
    if not wins:
        return
    studio.session.edit(name, partial(with_wins, region_id=region.id, wins=wins))
    prompts = {take.id: facts_of(take).asked.prompt.strip() for take in region.takes}
    for win in wins:
        better, worse = prompts.get(win.winner, ""), prompts.get(win.loser, "")
        if better and worse and better != worse:
            studio.prompts.change(partial(Library.record_win, winner=better, loser=worse))


def _name(kind: Kind, take: Take) -> str:
    facts = facts_of(take)
    return facts.pack if kind == "packs" else facts.asked.prompt.strip()
