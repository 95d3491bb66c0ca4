"""Variations: renderings that begin from a take, not from noise and a sketch alone."""

from dataclasses import replace

from desktop.document.query import find_region
from desktop.document.song import Region, Song, Take
from desktop.mixing.stems import OpenTake
from desktop.mixing.takes import take_sound
from desktop.rendering.jobs import Extend, Repaint, Retake, Rework, Variation
from desktop.rendering.recipe import read_recipe
from desktop.rendering.requests import Asked, Source, fold
from inference.arrays import Audio
from inference.errors import RequestError
from inference.pack import Pack
from inference.request import RenderRequest, Span, Turn


def vary(asked: Asked, variation: Variation, song: Song, pack: Pack, open_take: OpenTake) -> Asked:
    """Return what is asked for as `variation` wants it.

    Raises RequestError where that cannot be, MixError where the take cannot be read.
    """
    region, request = find_region(song, asked.region_id), asked.request
    take = take_of(region, variation.take_id)
    if isinstance(variation, Retake):
        return replace(asked, request=retaken(request, take, variation.variance))
    source = placed(take, request.frames, pack)
    sound = sound_of(source, take, pack, open_take)
    if isinstance(variation, Rework):
        request = replace(request, initial_audio=sound, initial_strength=variation.strength)
        return replace(asked, request=request, sources={"initial_audio": source})
    if isinstance(variation, Extend):
        spans = missing_spans(source, take, pack)
    else:
        spans = (span_of(variation, song, region, pack),)
    request = replace(request, known_audio=sound, repaint=spans)
    return replace(asked, request=request, sources={"known_audio": source})


def take_of(region: Region, take_id: str) -> Take:
    """Return the region's take, or RequestError."""
    for take in region.takes:
        if take.id == take_id:
            return take
    raise RequestError(f"region {region.id} has no take {take_id!r}; choose one of its takes")


def retaken(request: RenderRequest, take: Take, variance: float) -> RenderRequest:
    """Return `request` on the noise that `take` was made from, turned by `variance`."""
    try:
        recipe = read_recipe(take.recipe)
        made = recipe.requests[recipe.chain_index]
        turns = tuple(Turn(int(seed), float(amount)) for seed, amount in made.get("turns", ()))
        first = int(made["seed"])
    except (ValueError, KeyError, TypeError) as error:
        raise RequestError(f"take {take.id} cannot be retaken: {error}; render it anew") from error
    if variance > 0:
        turns = (*turns, Turn(request.seed, variance))
    return replace(request, seed=first, turns=turns)


def placed(take: Take, frames: int, pack: Pack) -> Source:
    """Return which part of `take` lies under its region, in frames of the pack."""
    rate_hz = pack.manifest.audio.sample_rate_hz
    offset = round(take.offset_frames * rate_hz / take.sample_rate_hz)
    return Source(take.sha256, offset, frames)


def sound_of(source: Source, take: Take, pack: Pack, open_take: OpenTake) -> Audio:
    """Return the sound of `source`, which is of `take`, as the pack takes it.

    float32 (channels, frames); silence where the take has nothing.
    """
    file = open_take(take)
    sound = take_sound(take, file, pack.manifest.audio.sample_rate_hz)
    try:
        audio = sound.read(source.first_frame, source.frames)
    finally:
        sound.close()
    channels = pack.manifest.audio.channels
    return audio if channels == 2 else fold(audio, channels)


def span_of(repaint: Repaint, song: Song, region: Region, pack: Pack) -> Span:
    """Return the frames of the region that are made anew."""
    rate_hz = pack.manifest.audio.sample_rate_hz
    begin, start, end = (
        song.tempo_map.tick_to_frame(tick, rate_hz)
        for tick in (region.start, max(repaint.start, region.start), min(repaint.end, region.end))
    )
    if end <= start:
        raise RequestError(
            f"ticks {repaint.start} to {repaint.end} are not in region {region.id}; "
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
