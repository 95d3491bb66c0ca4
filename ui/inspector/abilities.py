"""What the song's model can and cannot do, in words for the user."""

from dataclasses import dataclass, field
from typing import Final, Literal

from PySide6.QtCore import QCoreApplication

from desktop.document.song import ROLES, Settings, Song
from desktop.rendering.packs import find_pack
from inference.errors import PackError
from inference.pack import Manifest, Pack, takes

Ability = Literal["prompt", "negative_prompt", "notes", "context_audio", "guidance"]
ABILITIES: Final[tuple[Ability, ...]] = (
    *("prompt", "negative_prompt", "notes", "context_audio", "guidance"),
)  # fmt: skip


def _tr(text: str) -> str:
    return QCoreApplication.translate("Abilities", text)


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a model cannot do, each with the reason; a model that is not there can do anything.

    `problem` is why it is not there.
    """

    model: str = ""
    lacking: dict[Ability, str] = field(default_factory=dict)
    roles: tuple[str, ...] = ROLES
    problem: str = ""
    guidance_scale: float | None = None

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
    """Looks the song's model up again only where the song's settings have changed."""

    def __init__(self) -> None:
        self._last: tuple[Settings | None, Abilities] = (None, Abilities())

    def of(self, song: Song) -> Abilities:
        """Return what the model of `song` can do."""
        if self._last[0] is not song.settings:
            try:
                found: Pack | PackError = find_pack(song.settings.pack_id)
            except PackError as error:
                found = error
            self._last = song.settings, abilities_of(found)
        return self._last[1]


def abilities_of(found: Pack | PackError) -> Abilities:
    """Return what the pack that was found can do."""
    if isinstance(found, PackError):
        return Abilities(problem=str(found))
    manifest = found.manifest
    can, why = understood(manifest), reasons()
    lacking = {each: why[each].format(model=manifest.name) for each in ABILITIES if not can[each]}
    return Abilities(
        manifest.name,
        lacking,
        manifest.conditions.roles if "role" in takes(manifest) else ROLES,
        guidance_scale=manifest.sampling.guidance_scale if can["guidance"] else None,
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
