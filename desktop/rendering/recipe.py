"""Recipes: what a take needs to be rendered again, kept with it in the song as JSON."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from desktop.document.song import QualityGate
from desktop.rendering.requests import Asked, Heard, Source
from inference.pipeline import Rendered
from inference.request import Note, audio_digest, request_to_plain

VERSION: Final = 1


class Try(msgspec.Struct, frozen=True):
    """A seed that was tried for the take, and why the quality gate refused what came of it."""

    seed: int
    failures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a recipe says beside what `inference` knows."""

    gate: QualityGate
    tries: tuple[Try, ...]
    touching_elsewhere: tuple[int, ...] = ()


class TakeRecipe(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All that a take was made from; the fields up to `improvised_drums` are those of
    `inference.Recipe`.

    `requests`, `heard` and `region_ids` are those of the whole chain, of which the take is number
    `chain_index`.
    `sources` says, for each request, which take each audio but the context comes from.
    `touching_elsewhere` names regions that touch this one and were not rendered with it.
    `audio_sha256` is of the samples as rendered, float32 at the pack's rate: a take is stored at
    that rate, and whatever plays it at another resamples it.
    """

    version: int = VERSION
    requests: tuple[dict[str, Any], ...]
    heard: tuple[Heard, ...]
    sources: tuple[dict[str, Source], ...] = ()
    region_ids: tuple[int, ...]
    pack_id: str
    pack_version: str
    pack_sha256: str
    provider: str
    threads: int
    program_version: str
    onnxruntime_version: str
    seed: int
    steps: int
    rendered_together: Annotated[int, Meta(ge=1, le=1024)] = 1
    together_index: Annotated[int, Meta(ge=0)] = 0
    thrift: Annotated[int, Meta(ge=0, le=15)] = 0
    chain: tuple[str, ...] = ()
    chain_index: int = 0
    ignored: tuple[str, ...] = ()
    improvised_notes: tuple[Note, ...] = ()
    improvised_drums: tuple[Note, ...] = ()
    touching_elsewhere: tuple[int, ...] = ()
    sample_rate_hz: int
    audio_sha256: str
    gate: dict[str, Any] = {}
    tries: tuple[Try, ...] = ()


def recipe_text(
    rendered: Rendered, asked: Sequence[Asked], sample_rate_hz: int, around: Circumstances
) -> str:
    """Return the recipe, as JSON, of one part of a chain that was rendered from `asked`."""
    known = msgspec.structs.asdict(rendered.recipe)
    del known["request"]  # it is the one at `chain_index` of `requests`
    recipe = TakeRecipe(
        requests=tuple(request_to_plain(one.request) for one in asked),
        heard=tuple(one.heard for one in asked),
        sources=tuple(dict(one.sources) for one in asked) if any(o.sources for o in asked) else (),
        region_ids=tuple(one.region_id for one in asked),
        sample_rate_hz=sample_rate_hz,
        audio_sha256=audio_digest(rendered.audio),
        gate=asdict(around.gate),
        tries=around.tries,
        touching_elsewhere=around.touching_elsewhere,
        **known,
    )
    return msgspec.json.encode(recipe).decode()


def read_recipe(text: str) -> TakeRecipe:
    """Return the recipe in `text`; ValueError, with the reason, when it holds none of ours."""
    try:
        recipe = msgspec.json.decode(text, type=TakeRecipe)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError) as error:
        raise ValueError(f"it has no recipe that this program wrote ({error})") from error
    if recipe.version != VERSION:
        raise ValueError(f"its recipe has version {recipe.version}, this program reads {VERSION}")
    lengths = {len(recipe.requests), len(recipe.heard), len(recipe.region_ids)}
    lengths |= {len(part) for part in (recipe.sources, recipe.chain) if part}
    if recipe.together_index >= recipe.rendered_together:
        raise ValueError("its recipe is damaged: the batch does not hold the take")
    if len(lengths) > 1 or not 0 <= recipe.chain_index < len(recipe.requests):
        raise ValueError("its recipe is damaged: the chain does not hold the take")
    return recipe
