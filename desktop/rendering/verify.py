"""Whether a take can be made again from its recipe, and how like the two are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import numpy as np

from desktop.document.song import Song, Take
from desktop.mixing.errors import MixError
from desktop.rendering.packs import find_pack
from desktop.rendering.past import Past, check_total
from desktop.rendering.recipe import TakeRecipe, read_recipe
from desktop.rendering.render import stereo
from desktop.rendering.together import Renders
from desktop.storage.errors import StorageError
from desktop.storage.pool import TakePool, as_kept
from inference.arrays import Audio
from inference.errors import Cancelled, DeviceError, InferenceError, PackError
from inference.pack import Pack
from inference.pipeline import Rendered
from inference.progress import CancelToken, OnProgress
from inference.request import RenderRequest, audio_digest
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
        past = Past(recipe, self.song, pack, self.takes.open)
        requests = [past.request(index) for index in range(len(recipe.requests))]
        check_lengths(requests, recipe.chain_index, take)
        # what shared its runs need not be there again: only the shape of the batch counts
        times = recipe.rendered_together
        check_total(requests * times, take.sample_rate_hz)
        rendered = worker.render_together(
            *(pack.folder, [requests] * times, on_progress, [cancel] * times), thrift=recipe.thrift
        )[recipe.together_index]
        assert rendered is not None  # else all were cancelled
        return rendered[recipe.chain_index]


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
    check_total(requests, take.sample_rate_hz)


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
