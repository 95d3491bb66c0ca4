"""What the models of song and regions can and cannot do, in words for the user."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from PySide6.QtCore import QCoreApplication

from desktop.document.query import wanted_pack_id
from desktop.document.song import ROLES, Region, Settings, Song
from desktop.rendering.packs import find_pack
from inference.errors import PackError
from inference.pack import Manifest, Pack, Unable, takes

Ability = Literal["prompt", "negative_prompt", "notes", "context_audio", "guidance"]
ABILITIES: Final[tuple[Ability, ...]] = (
    *("prompt", "negative_prompt", "notes", "context_audio", "guidance"),
)  # fmt: skip


def _tr(text: str) -> str:
    return QCoreApplication.translate("Abilities", text)


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a model cannot do, each with the reason; a model that is not there can do anything.

    `problem` is why it is not there. Of several models, it is what none of them can do.
    """

    model: str = ""
    lacking: dict[Ability, str] = field(default_factory=dict)
    roles: tuple[str, ...] = ROLES
    problem: str = ""
    guidance_scale: float | None = None
    negative_scale: float | None = None
    models: int = 1
    unable: tuple[Unable, ...] = ()

    def summary(self) -> str:
        """Return what the model takes, on one line."""
        names = ability_names()
        can = [names[ability] for ability in ABILITIES if ability not in self.lacking]
        return ", ".join(can) or _tr("nothing but a length")

    def details(self) -> str:
        """Return what it takes and what not, a line each."""
        names = ability_names()
        lines = [f"✓ {names[each]}" for each in ABILITIES if each not in self.lacking]
        return "\n".join([self.model, *lines, *(f"✗ {why}" for why in self.lacking.values())])


class AbilitiesOfSongs:
    """Looks a model up again where the song's settings have changed, or where it was not there."""

    def __init__(self) -> None:
        self._settings: Settings | None = None
        self._known: dict[str | None, Abilities] = {}

    def of(self, song: Song, regions: Sequence[Region] = ()) -> Abilities:
        """Return what the models of `regions` can do, for none of them that of `song`."""
        if self._settings is not song.settings:
            self._settings, self._known = song.settings, {}
        wanted = [wanted_pack_id(song, region) for region in regions] or [song.settings.pack_id]
        return together([self._of_pack(pack_id) for pack_id in dict.fromkeys(wanted)])

    def _of_pack(self, pack_id: str | None) -> Abilities:
        known = self._known.get(pack_id)
        if known is None or known.problem:
            try:
                found: Pack | PackError = find_pack(pack_id)
            except PackError as error:
                found = error
            known = self._known[pack_id] = abilities_of(found)
        return known


def together(models: Sequence[Abilities]) -> Abilities:
    """Return what regions of several models can do: what one of them can, is not greyed."""
    if len(models) == 1:
        return models[0]
    scales = {each.guidance_scale for each in models}
    negative = {each.negative_scale for each in models}
    names = tuple(dict.fromkeys(each.model for each in models if each.model))
    return Abilities(
        ", ".join(names),
        {
            ability: why
            for ability, why in models[0].lacking.items()
            if all(ability in each.lacking for each in models)
        },
        tuple(role for role in ROLES if any(role in each.roles for each in models)),
        next((each.problem for each in models if each.problem), ""),
        scales.pop() if len(scales) == 1 else None,
        negative.pop() if len(negative) == 1 else None,
        len(names),
        tuple(what for what in models[0].unable if all(what in each.unable for each in models)),
    )


def abilities_of(found: Pack | PackError) -> Abilities:
    """Return what the pack that was found can do."""
    if isinstance(found, PackError):
        return Abilities(problem=str(found))
    manifest, sampling = found.manifest, found.manifest.sampling
    can, why = understood(manifest), reasons()
    lacking = {each: why[each].format(model=manifest.name) for each in ABILITIES if not can[each]}
    return Abilities(
        manifest.name,
        lacking,
        manifest.conditions.roles if "role" in takes(manifest) else ROLES,
        guidance_scale=sampling.guidance_scale if can["guidance"] else None,
        negative_scale=sampling.scale_against if can["guidance"] else None,
        unable=manifest.unable,
    )


def understood(manifest: Manifest) -> dict[Ability, bool]:
    """Return which conditions a render of the pack follows."""
    offered, conditions = takes(manifest), manifest.conditions
    reads = "text" in offered
    return {
        "prompt": reads,
        "negative_prompt": reads and conditions.negative_prompt,
        "notes": "notes" in offered,
        "context_audio": "context" in offered and conditions.context_audio,
        "guidance": manifest.sampling.guidance != "none",
    }


def ability_names() -> dict[Ability, str]:
    """Return what the abilities are called."""
    return {
        "prompt": _tr("prompt"),
        "negative_prompt": _tr("negative prompt"),
        "notes": _tr("notes"),
        "context_audio": _tr("other tracks"),
        "guidance": _tr("guidance"),
    }


def reasons() -> dict[Ability, str]:
    """Return the sentences that say what a model cannot do."""
    return {
        "prompt": _tr("{model} reads no prompt"),
        "negative_prompt": _tr("{model} reads no negative prompt"),
        "notes": _tr("{model} follows no notes"),
        "context_audio": _tr("{model} does not hear other tracks"),
        "guidance": _tr("{model} knows no guidance"),
    }
