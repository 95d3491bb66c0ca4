"""What the requests of a recipe were given, found again in the song."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.document.query import find_region, track_with_region
from desktop.document.song import Song, Take
from desktop.mixing.errors import MixError
from desktop.mixing.stems import OpenTake
from desktop.mixing.takes import take_sound
from desktop.rendering.recipe import TakeRecipe
from desktop.rendering.requests import (
    MAX_RENDER_S,
    NOTHING,
    Asked,
    Source,
    as_heard,
    fold,
    listen,
)
from desktop.storage.errors import StorageError
from inference.arrays import Audio
from inference.errors import RequestError
from inference.pack import Pack
from inference.request import RenderRequest, audio_digest, request_from_plain

GONE = (LookupError, MixError, StorageError)  # what is raised where the song has it no longer


@dataclass(frozen=True, slots=True)
class Past:
    """The requests of `recipe` with the audio that they were given, as far as `song` has it."""

    recipe: TakeRecipe
    song: Song
    pack: Pack
    open_take: OpenTake

    def request(self, index: int) -> RenderRequest:
        """Return a request of the chain as it was; one of `GONE` where that cannot be."""
        plain, audio = self.recipe.requests[index], dict[str, Audio]()
        if (context := self.context(index)) is not None:
            audio[plain["context_audio"]] = context
        for name, source in self._sources(index).items():
            sound = sound_of(source, self._take(source.take_sha256), self.pack, self.open_take)
            audio[plain[name]] = checked(sound, plain[name])
        return request_from_plain(plain, audio)

    def context(self, index: int) -> Audio | None:
        """Return what a request listened to; one of `GONE` where that cannot be heard again."""
        wanted = self.recipe.requests[index].get("context_audio")
        if wanted is None:
            return None
        region = find_region(self.song, self.recipe.region_ids[index])
        track = track_with_region(self.song, region.id)
        then = as_heard(self.song, self.recipe.heard[index])
        return checked(listen(then, track, region, self.pack, self.open_take), wanted)

    def around(self, asked: Asked) -> tuple[Asked, ...]:
        """Return `asked` in place of the take's own request, and the rest of its chain along.

        Raises ValueError or RequestError where the recipe's requests cannot be rendered.
        """
        own, steps = self.recipe.chain_index, asked.request.steps
        asked = replace(asked, thrift=self.recipe.thrift)
        chain = tuple(
            asked if index == own else self._along(index, steps)
            for index in range(len(self.recipe.requests))
        )
        check_total([each.request for each in chain], self.pack.manifest.audio.sample_rate_hz)
        return chain

    def _along(self, index: int, steps: int | None) -> Asked:
        """Return a neighbour's request; it hears nothing where it cannot hear what it heard."""
        region_id, heard = self.recipe.region_ids[index], self.recipe.heard[index]
        try:
            request = self.request(index)
        except GONE:
            plain = {**self.recipe.requests[index], "context_audio": None}
            request, heard = request_from_plain(plain), NOTHING
        request = replace(request, steps=steps)  # a chain is rendered in one number of steps
        return Asked(region_id, request, heard, self._sources(index), along=True)

    def _sources(self, index: int) -> dict[str, Source]:
        return self.recipe.sources[index] if self.recipe.sources else {}

    def _take(self, sha256: str) -> Take:
        for track in self.song.tracks:
            for region in track.regions:
                for take in region.takes:
                    if take.sha256 == sha256:
                        return take
        raise LookupError(f"the take {sha256[:8]} that it was made from is no longer in the song")


def checked(audio: Audio | None, wanted: str) -> Audio:
    """Return `audio`, or raise LookupError unless its digest is `wanted`."""
    if audio is None or audio_digest(audio) != wanted:
        raise LookupError("what it listened to is no longer in the song as it was then")
    return audio


def check_total(requests: Sequence[RenderRequest], sample_rate_hz: int) -> None:
    """Raise ValueError where a recipe asks for more than is rendered as one piece."""
    if sum(request.frames for request in requests) > MAX_RENDER_S * sample_rate_hz:
        raise ValueError(f"its recipe asks for more than {MAX_RENDER_S} s")


def sound_of(source: Source, take: Take, pack: Pack, open_take: OpenTake) -> Audio:
    """Return the sound of `source`, which is of `take`, as the pack takes it.

    float32 (channels, frames); silence where the take has nothing. RequestError where it is longer
    than what is rendered as one piece.
    """
    rate_hz = pack.manifest.audio.sample_rate_hz
    if not 0 < source.frames <= MAX_RENDER_S * rate_hz:
        raise RequestError(
            f"it was made from {source.frames} frames of take {take.id}, and {MAX_RENDER_S} s can "
            "be rendered in one piece; render it anew"
        )
    file = open_take(take)
    sound = take_sound(take, file, rate_hz)
    try:
        audio = sound.read(source.first_frame, source.frames)
    finally:
        sound.close()
    channels = pack.manifest.audio.channels
    return audio if channels == 2 else fold(audio, channels)
