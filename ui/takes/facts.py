"""What a take was made from: of its recipe, what people ask for. No widgets."""

from functools import lru_cache
from typing import Any, Final

import msgspec

from desktop.document.song import Take

KEPT: Final = 4096  # recipes read


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What the model was asked for."""

    prompt: str = ""
    negative_prompt: str = ""
    role: str = ""
    steps: int | None = None
    guidance: float | None = None
    notes_strength: float = 1.0
    initial_strength: float = 1.0
    turns: tuple[tuple[int, float], ...] = ()
    repaint: tuple[tuple[int, int], ...] = ()


class HeardTrack(msgspec.Struct, frozen=True):
    """A track that was listened to."""

    track: int
    takes: tuple[str, ...] = ()


class Try(msgspec.Struct, frozen=True):
    """A seed that was tried, and why the quality gate refused what came of it."""

    seed: int
    failures: tuple[str, ...] = ()


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """The recipe of a take; what it does not say is empty. `imported` names a file it came from."""

    requests: tuple[Asked, ...] = ()
    heard: tuple[tuple[HeardTrack, ...], ...] = ()
    sources: tuple[dict[str, tuple[str, int, int]], ...] = ()
    chain_index: int = 0
    seed: int | None = None
    steps: int | None = None
    pack_id: str = ""
    pack_version: str = ""
    provider: str = ""
    rendered_together: int = 1
    thrift: int = 0
    program_version: str = ""
    tries: tuple[Try, ...] = ()
    imported: str = ""
    improvised_notes: tuple[Any, ...] = ()
    improvised_drums: tuple[Any, ...] = ()

    @property
    def improvised(self) -> int:
        """Return how many notes were improvised for it."""
        return len(self.improvised_notes) + len(self.improvised_drums)

    @property
    def asked(self) -> Asked:
        """Return what was asked for this take, of all in its chain."""
        there = 0 <= self.chain_index < len(self.requests)
        return self.requests[self.chain_index] if there else Asked()

    @property
    def listened(self) -> tuple[HeardTrack, ...]:
        """Return the tracks that it listened to."""
        return self.heard[self.chain_index] if 0 <= self.chain_index < len(self.heard) else ()

    @property
    def pack(self) -> str:
        """Return id and version of the pack, empty where none made the take."""
        return f"{self.pack_id} {self.pack_version}".strip()


def facts_of(take: Take) -> Facts:
    """Return what the take's recipe says, nothing where it cannot be read."""
    return facts_of_recipe(take.recipe)


@lru_cache(KEPT)
def facts_of_recipe(recipe: str) -> Facts:
    """Return what `recipe` says, nothing where it cannot be read."""
    try:
        return msgspec.json.decode(recipe, type=Facts)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        return Facts()
