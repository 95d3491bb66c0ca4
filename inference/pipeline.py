"""The engine: requests in, audio and recipes out."""

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np

from inference.arrays import Audio, Latents
from inference.canvas import Canvas, rise
from inference.decoder import all_tiles, decode, encode
from inference.denoiser import Denoiser
from inference.errors import Cancelled, RequestError
from inference.improviser import Improviser, leaves_room
from inference.pack import Pack, load_pack, takes
from inference.progress import (
    CancelToken,
    OnProgress,
    Progress,
    Sound,
    Stage,
    ignore_progress,
    when_all,
)
from inference.provenance import Recipe, make_recipe
from inference.request import RenderRequest, Span, request_digest
from inference.sampler import flow_euler
from inference.schedule import step_times
from inference.sessions import Device, Net, choose_device
from inference.text import TextEncoder, TextStates

FADE_S: Final = 0.005  # between kept and new audio, inside the new


@dataclass(frozen=True, slots=True, eq=False)
class Rendered:
    """Audio, float32 (channels, frames) at the pack's rate, and how it was made."""

    audio: Audio
    recipe: Recipe


class Engine:
    """A pack opened on a device. One thread at a time may use it."""

    def __init__(
        self,
        pack: Pack | Path,
        device: str = "auto",
        threads: int | None = None,
        *,
        rows_at_once: int | None = None,
    ) -> None:
        """`rows_at_once` is how many rows the denoiser is given in one run."""
        self.pack = pack if isinstance(pack, Pack) else load_pack(pack)
        self.pack.verify()  # or a recipe would name weights that did not make the audio
        self.device: Device = choose_device(self.pack, device, threads)
        self._nets = {role: Net(self.pack, role, self.device) for role in self.pack.graphs}
        self._text = TextEncoder(self.pack, self._nets["text"]) if "text" in self._nets else None
        self._rows_at_once = rows_at_once or most_rows(self.device.name, self.pack)
        self._thrift = 0

    def thrifty(self, thrift: int) -> "Engine":
        """Return this engine with one row at a time and tiles quartered `thrift` times.

        From 2 times on windows are halved as well, and the music comes out another.
        """
        if thrift == 0:
            return self
        engine = copy(self)
        engine._thrift, engine._rows_at_once = thrift, 1
        return engine

    def render(
        self,
        request: RenderRequest,
        on_progress: OnProgress = ignore_progress,
        cancel: CancelToken | None = None,
        *,
        hear: bool = False,
    ) -> Rendered:
        """Return `request` rendered; raises Cancelled, RequestError or RenderError.

        With `hear` progress hands over the sound tile by tile.
        """
        tokens = [cancel or CancelToken()]
        (rendered,) = self.render_together([[request]], on_progress, tokens, hear=hear)
        if rendered is None:
            raise Cancelled("the render was cancelled")
        return rendered[0]

    def render_chain(
        self,
        requests: Sequence[RenderRequest],
        on_progress: OnProgress = ignore_progress,
        cancel: CancelToken | None = None,
    ) -> list[Rendered]:
        """Return touching requests rendered as one piece, each with exactly its frames."""
        (rendered,) = self._render([requests], on_progress, [cancel or CancelToken()])
        if rendered is None:
            raise Cancelled("the render was cancelled")
        return rendered

    def render_together(
        self,
        chains: Sequence[Sequence[RenderRequest]],
        on_progress: OnProgress = ignore_progress,
        cancels: Sequence[CancelToken] = (),
        *,
        hear: bool = False,
    ) -> list[list[Rendered] | None]:
        """Return independent chains rendered side by side, None for one that was cancelled.

        Each may have a token of its own; Cancelled is raised once all are cancelled. With `hear`
        progress hands over the sound of a chain that is alone, tile by tile.
        """
        tokens = cancels or [CancelToken() for _ in chains]
        return self._render(chains, on_progress, tokens, hear=hear)

    def encode(self, audio: Audio, cancel: CancelToken | None = None) -> Latents:
        """Return the latents (latent_frames, channels) of audio (channels, frames)."""
        room = -audio.shape[1] % self.pack.manifest.latent.audio_frames
        return self._encoded(np.pad(audio, ((0, 0), (0, room))), cancel or CancelToken())

    def _render(
        self,
        chains: Sequence[Sequence[RenderRequest]],
        on_progress: OnProgress,
        cancels: Sequence[CancelToken],
        *,
        hear: bool = False,
    ) -> list[list[Rendered] | None]:
        requests = [request for chain in chains for request in chain]
        self._check(requests)
        with when_all(cancels) as cancel:
            texts = self._encode_prompts(requests, on_progress, cancel)
            canvases = [Canvas(thrifty_pack(self.pack, c, self._thrift), c) for c in chains]
            self._encode_sounds(canvases, on_progress, cancel)
            self._improvise(canvases, texts, on_progress, cancel)
            latents = self._denoise(canvases, texts, on_progress, cancel, cancels)
            return self._finish(canvases, latents, on_progress, cancels, hear=hear)

    def _check(self, requests: Sequence[RenderRequest]) -> None:
        """Raise RequestError at what this pack cannot render, or cannot render together."""
        if not requests:
            raise RequestError("there is nothing to render: pass at least one request")
        for request in requests:
            self._check_one(request)
            if not same_pass(request, requests[0]):
                raise RequestError(
                    "requests rendered together must agree in pack, steps and initial strength; "
                    "render them one after another"
                )

    def _check_one(self, request: RenderRequest) -> None:
        manifest, channels = self.pack.manifest, self.pack.manifest.audio.channels
        roles = manifest.conditions.roles
        if request.pack_id != self.pack.id:
            raise RequestError(f"the request is for pack {request.pack_id!r}, not {self.pack.id!r}")
        if roles and request.role not in roles:
            raise RequestError(f"role must be one of {', '.join(roles)}, got {request.role!r}")
        for audio in (request.context_audio, request.known_audio, request.initial_audio):
            if audio is not None and len(audio) != channels:
                raise RequestError(f"audio must have {channels} channels, got {len(audio)}")

    def _encode_prompts(
        self, requests: Sequence[RenderRequest], on_progress: OnProgress, cancel: CancelToken
    ) -> dict[str, TextStates]:
        """Return the states of every prompt, and of none."""
        if self._text is None:
            return {}
        prompts = [prompt for r in requests for prompt in (r.prompt, r.negative_prompt)]
        texts: dict[str, TextStates] = {}
        for prompt in dict.fromkeys((*prompts, "")):
            cancel.raise_if_cancelled()
            texts[prompt] = self._text.encode(prompt)
        on_progress(Progress(Stage.TEXT, len(texts), len(texts)))
        return texts

    def _encode_sounds(
        self, canvases: Sequence[Canvas], on_progress: OnProgress, cancel: CancelToken
    ) -> None:
        """Give each canvas the latents of what its requests listen to, keep and start from."""
        heard = [
            (sound, canvas, field)
            for canvas in canvases
            for field in self._fields_understood()
            if (sound := canvas.sound(field)) is not None
        ]
        total = sum(self._count_tiles(canvas) for _, canvas, _ in heard)
        on_tile = counted(Stage.CONTEXT, total, on_progress)
        for sound, canvas, field in heard:
            latents = self._encoded(sound, cancel, on_tile)
            if field == "context_audio":
                canvas.hear(latents)
            elif field == "known_audio":
                canvas.keep(latents)
            else:
                canvas.initial = latents

    def _improvise(
        self, canvases: Sequence[Canvas], texts: dict[str, TextStates], on_progress: OnProgress,
        cancel: CancelToken,
    ) -> None:  # fmt: skip
        """Give each part that leaves room the notes that the pack improvises for it.

        One that is too short to have a latent frame of its own sounds as its neighbours do.
        """
        if self.pack.manifest.improvisation is None:
            return
        improviser = Improviser(self.pack, self._nets, texts)
        places = [
            (canvas, part)
            for canvas in canvases
            for part in canvas.parts
            if leaves_room(part.request) and part.first < part.last
        ]
        for number, (canvas, part) in enumerate(places):
            on_share = partial(report_share, on_progress, number, len(places))
            canvas.sketch(part, *improviser.improvise(canvas, part, cancel, on_share))

    def _fields_understood(self) -> list[str]:
        understood = understood_by(self.pack)
        return [f for f in ("context_audio", "known_audio", "initial_audio") if f in understood]

    def _encoded(
        self, audio: Audio, cancel: CancelToken, on_tile: Callable[[], None] = lambda: None
    ) -> Latents:
        if "encoder" not in self._nets:
            raise RequestError(f"pack {self.pack.id!r} has no encoder: it cannot listen to audio")
        net, thrift = self._nets["encoder"], self._thrift
        return encode(self.pack, net, audio, cancel, on_tile, thrift=thrift)

    def _count_tiles(self, canvas: Canvas) -> int:
        return len(list(all_tiles(self.pack, canvas.latent_frames, self._thrift)))

    def _denoise(
        self,
        canvases: Sequence[Canvas],
        texts: dict[str, TextStates],
        on_progress: OnProgress,
        cancel: CancelToken,
        cancels: Sequence[CancelToken],
    ) -> list[Latents]:
        """Return the latents of each canvas, their kept frames as they were.

        A canvas that is cancelled is left out only where each row runs alone: a smaller batch
        might round the others differently.
        """
        first = canvases[0].parts[0].request
        strength = 1.0 if canvases[0].initial is None else first.initial_strength
        times = step_times(self.pack.manifest.sampling, first.steps, strength)
        net = Denoiser(self.pack, self._nets, texts, self._rows_at_once)
        noises = [canvas.noise() for canvas in canvases]

        def velocities(latents: Sequence[Latents], time: float) -> list[Latents]:
            going = [
                index
                for index, token in enumerate(cancels)
                if self._rows_at_once > 1 or not token.cancelled
            ]
            cancel.raise_if_cancelled()
            there = [canvases[index] for index in going]
            flows = net.velocities(there, [latents[index] for index in going], time, cancel)
            velocities = [np.zeros_like(array) for array in latents]
            for index, canvas, flow in zip(going, there, flows, strict=True):
                kept = noises[index] - canvas.known - flow
                velocities[index] = flow + canvas.known_mask * kept
            return velocities

        start = [starting_latents(c, n, times[0]) for c, n in zip(canvases, noises, strict=True)]
        return flow_euler(start, times, velocities, on_progress, cancel)

    def _finish(
        self,
        canvases: Sequence[Canvas],
        latents: Sequence[Latents],
        on_progress: OnProgress,
        cancels: Sequence[CancelToken],
        *,
        hear: bool,
    ) -> list[list[Rendered] | None]:
        """Return the audio of every part of each canvas, None for a canvas that was cancelled."""
        total = sum(self._count_tiles(canvas) for canvas in canvases)
        count_tile = counted(Stage.DECODE, total, on_progress)
        alone = hear and len(canvases) == 1 and not canvases[0].keeps_sound
        rendered: list[list[Rendered] | None] = []
        for index, (canvas, array) in enumerate(zip(canvases, latents, strict=True)):
            shares_runs = self._rows_at_once > 1 and len(canvases) > 1
            place = {"rendered_together": len(canvases), "together_index": index}

            def on_tile(first_frame: int, audio: Audio, frames: int = canvas.frames) -> None:
                heard = audio[:, : max(0, frames - first_frame)]
                count_tile(Sound(first_frame, heard) if alone else None)

            try:
                audio = self._decoded(array, cancels[index], on_tile)
                rendered.append(self._parts(canvas, audio, place if shares_runs else {}))
            except Cancelled:
                rendered.append(None)
        if all(parts is None for parts in rendered):
            raise Cancelled("the render was cancelled")
        return rendered

    def _decoded(
        self, latents: Latents, cancel: CancelToken, on_tile: Callable[[int, Audio], None]
    ) -> Audio:
        net, thrift = self._nets["decoder"], self._thrift
        return decode(self.pack, net, latents, cancel, on_tile, thrift=thrift)

    def _parts(self, canvas: Canvas, audio: Audio, place: dict[str, Any]) -> list[Rendered]:
        """Return `audio`, which is that of `canvas`, cut to the frames of each part."""
        rendered = []
        for index, part in enumerate(canvas.parts):
            piece = audio[:, part.start_frame : part.start_frame + part.request.frames]
            fade = round(FADE_S * self.pack.manifest.audio.sample_rate_hz)
            piece = with_known(piece, part.request, fade)
            notes, drums = canvas.improvised.get(part, ((), ()))
            whole = {**chain_place(canvas, index), **place, "thrift": self._thrift}
            whole |= {"improvised_notes": notes, "improvised_drums": drums}
            rendered.append(Rendered(piece, self._recipe(part.request, whole)))
        return rendered

    def _recipe(self, request: RenderRequest, place: dict[str, Any]) -> Recipe:
        steps = len(step_times(self.pack.manifest.sampling, request.steps)) - 1
        ignored = tuple(sorted(wishes_of(request) - understood_by(self.pack)))
        return make_recipe(request, self.pack, self.device, steps, ignored=ignored, **place)


def most_rows(device: str, pack: Pack) -> int:
    """Return how many rows the denoiser of `pack` is given in one run; a CPU gains by one alone."""
    return 1 if device == "cpu" else pack.manifest.sampling.rows


def thrifty_pack(pack: Pack, chain: Sequence[RenderRequest], thrift: int) -> Pack:
    """Return `pack` with windows for `chain` that are halved at each `thrift` after the first."""
    if thrift < 2:
        return pack
    latent = pack.manifest.latent
    frames = -(-sum(request.frames for request in chain) // latent.audio_frames)
    window = max(min(latent.window, frames) // 2 ** (thrift - 1), 2 * latent.overlap, 1)
    smaller = msgspec.structs.replace(latent, window=min(window, latent.window))
    return replace(pack, manifest=msgspec.structs.replace(pack.manifest, latent=smaller))


def batch_shape(pack: Pack, chain: Sequence[RenderRequest]) -> tuple[object, ...]:
    """Return what chains must share for their rows to fill batches of the very same shapes."""
    windows = tuple((window.start, window.end) for window in Canvas(pack, chain).windows)
    guided = tuple(
        (
            r.guidance,
            r.negative_prompt != "",
            r.prompt in {"", r.negative_prompt},
            r.is_sketched,
            r.notes_strength == 1,
        )
        for r in chain
    )
    return pass_key(chain[0]), windows, guided


def same_pass(a: RenderRequest, b: RenderRequest) -> bool:
    """Return whether the two can be rendered in one chain or batch."""
    return pass_key(a) == pass_key(b)


def pass_key(request: RenderRequest) -> tuple[object, ...]:
    """Return what all requests of a chain or batch must agree in."""
    strength = None if request.initial_audio is None else request.initial_strength
    return request.pack_id, request.steps, strength


def starting_latents(canvas: Canvas, noise: Latents, time: float) -> Latents:
    """Return the noise, or what it leaves of the initial audio's latents at `time`."""
    if canvas.initial is None:
        return noise
    return np.asarray((1 - time) * canvas.initial + time * noise, np.float32)


def chain_place(canvas: Canvas, index: int) -> dict[str, Any]:
    """Return what a recipe says of a chain; nothing for a request alone."""
    if len(canvas.parts) == 1:
        return {}
    digests = tuple(request_digest(part.request) for part in canvas.parts)
    return {"chain": digests, "chain_index": index}


def with_known(audio: Audio, request: RenderRequest, fade: int) -> Audio:
    """Return `audio` in the spans to repaint and the known audio itself in between."""
    if request.known_audio is None:
        return audio
    new = np.zeros(request.frames, np.float32)
    for span in request.repaint:
        new[span.start_frame : span.end_frame] = faded(span, request.frames, fade)
    return np.asarray(
        np.where(new > 0, new * audio + (1 - new) * request.known_audio, request.known_audio),
        np.float32,
    )


def faded(span: Span, frames: int, fade: int) -> Audio:
    """Return ones with a rise and a fall of `fade` frames, but none at the request's ends."""
    weight = np.ones(span.end_frame - span.start_frame, np.float32)
    ramp = rise(min(fade, len(weight) // 2))
    if span.start_frame > 0:
        weight[: len(ramp)] = ramp
    if span.end_frame < frames:
        weight[len(weight) - len(ramp) :] = ramp[::-1]
    return weight


def wishes_of(request: RenderRequest) -> set[str]:
    """Return the names of the conditions that `request` makes use of."""
    wishes = {
        "prompt": request.prompt,
        "negative_prompt": request.negative_prompt,
        "notes": request.is_sketched,
        "beats": request.beats,
        "guidance": request.guidance is not None,
        "context_audio": request.context_audio is not None,
        "known_audio": request.known_audio is not None,
        "initial_audio": request.initial_audio is not None,
    }
    return {name for name, wished in wishes.items() if wished}


def understood_by(pack: Pack) -> set[str]:
    """Return the names of the conditions that `pack` can follow."""
    offered, conditions = takes(pack.manifest), pack.manifest.conditions
    encodes = pack.manifest.graphs.encoder is not None
    can = {
        "prompt": "text" in offered,
        "negative_prompt": "text" in offered and conditions.negative_prompt,
        "notes": "notes" in offered,
        "beats": "beat" in offered,
        "guidance": pack.manifest.sampling.guidance != "none",
        "context_audio": "context" in offered,
        "known_audio": encodes and conditions.repaint,
        "initial_audio": encodes and conditions.initial_audio,
    }
    return {name for name, able in can.items() if able}


def counted(stage: Stage, total: int, on_progress: OnProgress) -> Callable[..., None]:
    """Return a function that reports one more of `total` as done, and the sound it is given."""
    done = count(1)

    def count_one(sound: Sound | None = None) -> None:
        on_progress(Progress(stage, next(done), total, sound))

    return count_one


def report_share(on_progress: OnProgress, number: int, parts: int, share: float) -> None:
    """Report that `share` of the part `number` of those that are improvised is written."""
    on_progress(Progress(Stage.IMPROVISE, round(100 * (number + share) / parts), 100))
