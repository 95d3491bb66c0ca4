"""Variations: renderings that begin from a take, not from noise and a sketch alone."""

from contextlib import suppress
from dataclasses import replace

from desktop.document.query import find_region
from desktop.document.song import Region, Song, Take, called
from desktop.mixing.stems import OpenTake
from desktop.rendering.jobs import Extend, Repaint, Retake, Rework, Variation
from desktop.rendering.past import GONE, Past, sound_of
from desktop.rendering.recipe import TakeRecipe, read_recipe
from desktop.rendering.requests import Asked, Source
from inference.errors import RequestError
from inference.pack import Pack
from inference.request import RenderRequest, Span, Turn, request_digest


def vary(
    asked: Asked, variation: Variation, song: Song, pack: Pack, open_take: OpenTake
) -> tuple[Asked, ...]:
    """Return what is asked for as `variation` wants it, and what is to be rendered along.

    Raises RequestError where that cannot be, MixError where the take cannot be read.
    """
    region, request = find_region(song, asked.region_id), asked.request
    if isinstance(variation, Retake):
        return retaken(asked, variation, song, pack, open_take)
    take = take_of(region, variation.take_id)
    source = placed(take, request.frames, pack)
    sound = sound_of(source, take, pack, open_take)
    if isinstance(variation, Rework):
        request = replace(request, initial_audio=sound, initial_strength=variation.strength)
        return (replace(asked, request=request, sources={"initial_audio": source}),)
    if isinstance(variation, Extend):
        spans = missing_spans(source, take, pack)
    else:
        spans = (span_of(variation, song, region, pack),)
    request = replace(request, known_audio=sound, repaint=spans)
    return (replace(asked, request=request, sources={"known_audio": source}),)


def take_of(region: Region, take_id: str) -> Take:
    """Return the region's take, or RequestError."""
    for take in region.takes:
        if take.id == take_id:
            return take
    raise RequestError(f"region {region.id} has no take {take_id!r}; choose one of its takes")


def retaken(
    asked: Asked, variation: Retake, song: Song, pack: Pack, open_take: OpenTake
) -> tuple[Asked, ...]:
    """Return `asked` on the noise that its take was made from, turned, and in the take's chain.

    It hears what the take heard, as long as that is in the song.
    """
    take = take_of(find_region(song, asked.region_id), variation.take_id)
    try:
        recipe = read_recipe(take.recipe)
        past = Past(recipe, song, pack, open_take)
        check_pack(recipe, take, asked.region_id, pack)
        request = on_its_noise(asked.request, recipe, variation.variance)
        chain = past.around(as_heard_then(replace(asked, request=request), past))
    except (ValueError, KeyError, TypeError) as error:
        raise RequestError(f"take {take.id} cannot be retaken: {error}; render it anew") from error
    return chain


def check_pack(recipe: TakeRecipe, take: Take, region_id: int, pack: Pack) -> None:
    """Raise RequestError unless the take is of `pack`, whose noise is that of no other."""
    if recipe.pack_id != pack.id:
        raise RequestError(
            f"take {take.id} was made by pack {recipe.pack_id!r}, and region {region_id} is "
            f"rendered by pack {pack.id!r}; choose that of the take for the region, or render anew"
        )


def on_its_noise(request: RenderRequest, recipe: TakeRecipe, variance: float) -> RenderRequest:
    """Return `request` on the noise of the take of `recipe`, turned by `variance`."""
    made = recipe.requests[recipe.chain_index]
    turns = tuple(Turn(int(seed), float(amount)) for seed, amount in made.get("turns", ()))
    if variance > 0:
        turns = (*turns, Turn(request.seed, variance))
    return replace(request, seed=int(made["seed"]), turns=turns)


def as_heard_then(asked: Asked, past: Past) -> Asked:
    """Return `asked` listening to what its take listened to; to what is there now, if need be."""
    index = past.recipe.chain_index
    with suppress(*GONE):
        context = past.context(index)
        if find_region(past.song, asked.region_id).listens:
            request = replace(asked.request, context_audio=context)
            return replace(asked, request=request, heard=past.recipe.heard[index])
    return asked


def recalled(asked: Asked, song: Song, pack: Pack, open_take: OpenTake) -> tuple[Asked, ...]:
    """Return `asked` in the chain in which the very same request made a take; alone without one.

    So the seed of a take brings it back, though its neighbours are not rendered anew.
    """
    digest = request_digest(asked.request)
    for take in find_region(song, asked.region_id).takes:
        if digest in take.recipe:
            with suppress(ValueError, RequestError):
                recipe = read_recipe(take.recipe)
                if recipe.chain and recipe.chain[recipe.chain_index] == digest:
                    return Past(recipe, song, pack, open_take).around(asked)
    return (asked,)


def placed(take: Take, frames: int, pack: Pack) -> Source:
    """Return which part of `take` lies under its region, in frames of the pack."""
    rate_hz = pack.manifest.audio.sample_rate_hz
    offset = round(take.offset_frames * rate_hz / take.sample_rate_hz)
    return Source(take.sha256, offset, frames)


def span_of(repaint: Repaint, song: Song, region: Region, pack: Pack) -> Span:
    """Return the frames of the region that are made anew."""
    rate_hz = pack.manifest.audio.sample_rate_hz
    begin, start, end = (
        song.tempo_map.tick_to_frame(tick, rate_hz)
        for tick in (region.start, max(repaint.start, region.start), min(repaint.end, region.end))
    )
    if end <= start:
        place = song.tempo_map.place_text
        raise RequestError(
            f"{place(repaint.start)} to {place(repaint.end)} is not in the region "
            f"{called(region)}, which lasts from {place(region.start)} to {place(region.end)}; "
            "choose a span within it"
        )
    return Span(start - begin, end - begin)


def missing_spans(source: Source, take: Take, pack: Pack) -> tuple[Span, ...]:
    """Return the frames of the region that the take does not reach."""
    rate_hz = pack.manifest.audio.sample_rate_hz
    length = round(take.frames * rate_hz / take.sample_rate_hz)
    begins = min(max(0, -source.first_frame), source.frames)
    ends = min(max(0, length - source.first_frame), source.frames)
    spans = tuple(Span(*span) for span in ((0, begins), (ends, source.frames)) if span[0] < span[1])
    if not spans or begins >= ends:
        raise RequestError(
            f"take {take.id} fills its region, or does not touch it: there is nothing to extend; "
            "make the region longer"
        )
    return spans
