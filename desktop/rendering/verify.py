"""Whether a take can be made again from its recipe, and how like the two are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import numpy as np

from desktop.document.query import find_region, track_with_region
from desktop.document.song import Song, Take
from desktop.mixing.errors import MixError
from desktop.rendering.packs import find_pack
from desktop.rendering.recipe import TakeRecipe, read_recipe
from desktop.rendering.render import Renders, stereo
from desktop.rendering.requests import MAX_RENDER_S, as_heard, listen
from desktop.rendering.variations import sound_of
from desktop.storage.errors import StorageError
from desktop.storage.pool import TakePool, as_kept
from inference.arrays import Audio
from inference.errors import Cancelled, DeviceError, InferenceError, PackError
from inference.pack import Pack
from inference.pipeline import Rendered
from inference.progress import CancelToken, OnProgress
from inference.request import RenderRequest, audio_digest, request_from_plain
from inference.sessions import PROVIDERS

WorkerFor: TypeAlias = Callable[[str, int], Renders]  # by device and number of threads


class Outcome(StrEnum):
    """What came of rendering a take again."""

    EQUAL = "equal"
    DIFFERS = "differs"
    CANNOT = "cannot"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a take compares with itself rendered again; `reason` says why it cannot be.

    `difference_db` is the power of the difference, relative to the power of the take.
    """

    take_id: str
    outcome: Outcome
    difference_db: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Verifier:
    """Renders takes of a song again, on the device and with the threads that made them."""

    song: Song
    takes: TakePool
    worker_for: WorkerFor

    def verify(self, take: Take, on_progress: OnProgress, cancel: CancelToken) -> Verdict:
        """Return how `take` compares with itself rendered again; raises Cancelled."""
        try:
            self.takes.verify(take)
            if is_imported(take):
                return Verdict(take.id, Outcome.IMPORTED)
            recipe = read_recipe(take.recipe)
            again = self._render_again(take, recipe, on_progress, cancel)
        except Cancelled:
            raise
        except (InferenceError, StorageError, MixError, ValueError, LookupError) as error:
            return Verdict(take.id, Outcome.CANNOT, reason=str(error))
        stored, sound = self.takes.read(take), stereo(again.audio)
        # the recipe may be that of other audio
        same = audio_digest(again.audio) == recipe.audio_sha256
        if same and np.array_equal(stored, as_kept(sound)):
            return Verdict(take.id, Outcome.EQUAL)
        difference_db = relative_db(stored, sound)
        return Verdict(take.id, Outcome.DIFFERS, difference_db)

    def _render_again(
        self, take: Take, recipe: TakeRecipe, on_progress: OnProgress, cancel: CancelToken
    ) -> Rendered:
        pack = pack_of(recipe)
        worker = self.worker_for(device_of(recipe), recipe.threads)
        requests = [self._request(recipe, index, pack) for index in range(len(recipe.requests))]
        check_lengths(requests, recipe.chain_index, take)
        rendered = worker.render_chain(pack.folder, requests, on_progress, cancel)
        return rendered[recipe.chain_index]

    def _request(self, recipe: TakeRecipe, index: int, pack: Pack) -> RenderRequest:
        """Return a request of the chain, with the audio that it was given."""
        plain, audio = recipe.requests[index], dict[str, Audio]()
        wanted = plain.get("context_audio")
        if wanted is not None:
            audio[wanted] = self._checked(self._context(recipe, index, pack), wanted)
        for name, source in (recipe.sources[index] if recipe.sources else {}).items():
            sound = sound_of(source, self._take(source.take_sha256), pack, self.takes.open)
            audio[plain[name]] = self._checked(sound, plain[name])
        return request_from_plain(plain, audio)

    @staticmethod
    def _checked(audio: Audio | None, wanted: str) -> Audio:
        if audio is None or audio_digest(audio) != wanted:
            raise LookupError("what it listened to is no longer in the song as it was then")
        return audio

    def _take(self, sha256: str) -> Take:
        for track in self.song.tracks:
            for region in track.regions:
                for take in region.takes:
                    if take.sha256 == sha256:
                        return take
        raise LookupError(f"the take {sha256[:8]} that it was made from is no longer in the song")

    def _context(self, recipe: TakeRecipe, index: int, pack: Pack) -> Audio | None:
        region = find_region(self.song, recipe.region_ids[index])
        track = track_with_region(self.song, region.id)
        then = as_heard(self.song, recipe.heard[index])
        return listen(then, track, region, pack, self.takes.open)


def is_imported(take: Take) -> bool:
    """Return whether the take's recipe says that it came from a file."""
    try:
        return "imported" in take.provenance()
    except ValueError:
        return False


def check_lengths(requests: Sequence[RenderRequest], index: int, take: Take) -> None:
    """Raise ValueError unless the request at `index` is as long as `take`, and none is endless."""
    if requests[index].frames != take.frames:
        raise ValueError(
            f"its recipe asks for {requests[index].frames} frames, the take has {take.frames}"
        )
    if sum(request.frames for request in requests) > MAX_RENDER_S * take.sample_rate_hz:
        raise ValueError(f"its recipe asks for more than {MAX_RENDER_S} s")


def pack_of(recipe: TakeRecipe) -> Pack:
    """Return the very pack that the recipe names, or raise PackError."""
    pack = find_pack(recipe.pack_id)
    if pack.sha256 != recipe.pack_sha256:
        raise PackError(
            f"it was made by pack {recipe.pack_id} {recipe.pack_version}, and the one installed "
            f"({pack.manifest.version}) is another; install that version"
        )
    return pack


def device_of(recipe: TakeRecipe) -> str:
    """Return the device whose provider made the take, or raise DeviceError."""
    for device, provider in PROVIDERS.items():
        if provider == recipe.provider:
            return device
    raise DeviceError(f"it was made by {recipe.provider!r}, which this program does not know")


def relative_db(take: Audio, again: Audio) -> float:
    """Return the power of the difference over that of `take` in dB, at most 0 for another length.

    Both are float32 (2, frames).
    """
    if take.shape != again.shape:
        return 0.0
    error = np.square(take - again, dtype=np.float64).mean()
    power = np.square(take, dtype=np.float64).mean()
    return float(10 * np.log10(max(error, 1e-20) / max(power, 1e-20)))
