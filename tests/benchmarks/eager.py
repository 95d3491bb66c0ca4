"""The embedded pack's networks in PyTorch eager, run as the engine runs their graphs."""

from itertools import pairwise

import torch
from torch import Tensor

from inference.canvas import Canvas, Window
from inference.decoder import Tile, all_tiles
from inference.pack import Pack
from inference.request import RenderRequest
from inference.schedule import step_times
from onnx_models.networks.denoiser import BEAT, NOTES, Denoiser, Inputs, Size
from onnx_models.networks.latents import CHANNELS, Pca
from onnx_models.networks.prompt import Wish
from onnx_models.networks.vocoder import Magnitudes, Vocoder


class EagerNets:
    """Denoiser and vocoder with random weights; they take the engine's steps, windows and tiles."""

    def __init__(self, pack: Pack, request: RenderRequest, threads: int) -> None:
        torch.set_num_threads(threads)
        canvas = Canvas(pack, [request])
        self._sampling = pack.manifest.sampling
        self._windows: tuple[Window, ...] = canvas.windows
        self._tiles: list[Tile] = list(all_tiles(pack, canvas.latent_frames))
        self._latents = torch.randn(1, canvas.latent_frames, CHANNELS)
        self._tokens = pack.manifest.text.max_tokens if pack.manifest.text else 1
        self._denoiser = Denoiser().eval()
        self._vocoder = Vocoder(Magnitudes(Pca())).eval()

    @torch.inference_mode()
    def run(self) -> list[Tensor]:
        """Return the audio of each tile."""
        latents = self._latents
        controls = [self._control(latents[:, w.start : w.end]) for w in self._windows]
        for time, next_time in pairwise(step_times(self._sampling)):
            velocity = torch.zeros_like(latents)
            for window, control in zip(self._windows, controls, strict=True):
                part = latents[:, window.start : window.end]
                flow = self._velocity(part, float(time), control)
                velocity[:, window.start : window.end] += torch.from_numpy(window.weight) * flow
            latents = latents + (next_time - time) * velocity
        return [self._vocoder(latents[:, tile.start : tile.end]) for tile in self._tiles]

    def _control(self, latents: Tensor) -> tuple[Wish, Tensor]:
        inputs = self._inputs(latents, 1.0)
        wish = self._denoiser.prompt.wish(inputs.text, inputs.text_mask)
        return wish, self._denoiser.controls(inputs, wish)

    def _velocity(self, latents: Tensor, time: float, control: tuple[Wish, Tensor]) -> Tensor:
        """Return one evaluation, or two where the pack guides at `time`."""
        sampling = self._sampling
        low, high = sampling.guidance_interval
        prompted: Tensor = self._denoiser.step(self._inputs(latents, time), *control)
        if sampling.guidance == "none" or sampling.guidance_scale == 1 or not low <= time <= high:
            return prompted
        plain: Tensor = self._denoiser.step(self._inputs(latents, time), *control)
        return plain + sampling.guidance_scale * (prompted - plain)

    def _inputs(self, latents: Tensor, time: float) -> Inputs:
        frames = latents.shape[1]
        mask, nothing = torch.zeros(1, frames, 1), torch.zeros(1, frames, CHANNELS)
        return Inputs(
            latents=latents,
            time=torch.tensor([time]),
            text=torch.randn(1, self._tokens, Size().text),
            text_mask=torch.ones(1, self._tokens, dtype=torch.int64),
            role=torch.zeros(1, dtype=torch.int64),
            notes=torch.rand(1, frames, NOTES),
            notes_mask=torch.ones(1, frames, 1),
            beat=torch.zeros(1, frames, BEAT),
            context=nothing,
            context_mask=mask,
            known=nothing,
            known_mask=mask,
        )
