"""Trains the vocoder's magnitudes: latents of real audio in, the audio's own spectra out."""

import random
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import torch
from torch import Tensor

from onnx_models.networks.latents import (
    AUDIO_FRAMES,
    FLOOR,
    PCA_FILE,
    Encoder,
    Floats,
    Pca,
    fast_encoder,
    load_pca,
    magnitudes,
)
from onnx_models.networks.vocoder import Magnitudes, Vocoder
from onnx_models.training.critic import Critic, balanced
from onnx_models.training.run import LOG_EVERY, Clock, Master, fall, load, log, save
from onnx_models.training.shipped import require_same, shipped_magnitudes

SPAN: Final = 44  # latent frames of one example, about a second
BATCH: Final = 12
COMPRESSION: Final = 0.3
FILE: Final = "vocoder.pt"
CRITIC_WEIGHT: Final = 0.5  # of its gradient, against the distance's
LATENT_NOISE: Final = 0.1  # what the denoiser's latents are off by at the least


class Spectra(NamedTuple):
    """Log magnitudes (B, frames, 2, BINS): made, wanted, and what the latents tell of them."""

    made: Tensor
    wanted: Tensor
    told: Tensor


def magnitude_loss(made: Tensor, wanted: Tensor) -> Tensor:
    """Return the distance of log magnitudes: as such, and as magnitudes to the power 0.3.

    The first hears what is soft, the second the peaks.
    """

    def compressed(log_magnitude: Tensor) -> Tensor:
        return torch.exp(log_magnitude.clamp(max=4) * COMPRESSION)

    loud = (compressed(made) - compressed(wanted)).abs().mean()
    return (made - wanted).abs().mean() + 10 * loud


class Audio:
    """Draws spans of the songs' audio."""

    def __init__(self, folder: Path, rng: random.Random) -> None:
        self.rng = rng
        self.files = sorted(folder.glob("*.wav"))

    def batch(self) -> Tensor:
        """Return audio (BATCH, 2, SPAN * AUDIO_FRAMES)."""
        return torch.from_numpy(np.stack([self._span() for _ in range(BATCH)]))

    def _span(self) -> Floats:
        # Only the vocoder is trained on audio; a machine that trains the rest need not have it.
        import soundfile  # type: ignore[import-untyped]  # noqa: PLC0415

        frames = SPAN * AUDIO_FRAMES
        for _ in range(8):
            path = self.rng.choice(self.files)
            start = self.rng.randrange(soundfile.info(path).frames - frames)
            audio, _ = soundfile.read(path, frames, start, dtype="float32")
            if np.abs(audio).max() > 0.01:
                break
        gain = 10 ** (self.rng.uniform(-9, 6) / 20)
        return np.ascontiguousarray(np.clip(audio.T * gain, -1, 1))


def spectra(network: Magnitudes, encoder: Encoder, audio: Tensor) -> Spectra:
    """Return what `network` makes of the latents of `audio`, with some noise on them."""
    with torch.no_grad():
        latents = encoder(audio)
        latents = latents + LATENT_NOISE * torch.rand(len(audio), 1, 1) * torch.randn_like(latents)
        wanted = torch.log(magnitudes(audio).permute(0, 3, 1, 2) + FLOOR)
        told = network.read_off(network.log_mel(latents))
    with torch.autocast(audio.device.type, torch.bfloat16):
        made: Tensor = network(latents)
    return Spectra(made, wanted, told)


def teach(critic: Critic, made: Tensor, wanted: Tensor, told: Tensor) -> Tensor:
    """Leave the gradients of both losses on the network that made `made`; return the first loss."""
    critic.learn(made, wanted, told)
    loss = magnitude_loss(made, wanted)
    (gradient,) = torch.autograd.grad(loss, made, retain_graph=True)
    if critic.heard:
        (said,) = torch.autograd.grad(critic.loss(made, wanted, told), made, retain_graph=True)
        gradient = balanced((gradient, said), CRITIC_WEIGHT)
    made.backward(gradient)  # type: ignore[no-untyped-call]
    return loss.detach()


def train_vocoder(folder: Path, budget_s: float, learning_rate: float, pack: Path | None) -> None:
    """Train for `budget_s` seconds from `folder`'s audio, from its checkpoint if there is one.

    Where there is none, from the magnitudes of `pack`.
    """
    pca = load_pca(folder / PCA_FILE)
    magnitudes = Magnitudes(pca) if pack is None else shipped_magnitudes(pack)
    require_same(magnitudes.pca, pca)
    encoder, master, critic = fast_encoder(pca), Master(magnitudes, learning_rate), Critic()
    checkpoint = folder / FILE
    if checkpoint.exists():
        master.resume(load(checkpoint))
    audio, clock = Audio(folder / "audio", random.Random(master.step)), Clock(budget_s)
    for fraction in clock.ticks():
        loss = teach(critic, *spectra(master.network, encoder, audio.batch()))  # type: ignore[arg-type]
        norm = master.update(fall(fraction, 0.5))
        if master.step % LOG_EVERY == 0:
            row = {"step": master.step, "loss": loss.item(), "told_apart": critic.told_apart,
                   "norm": norm.item(), "seconds": clock.lap()}  # fmt: skip
            log((folder / FILE).with_suffix(".csv"), row)
        if clock.save_due():
            save(master.state(), checkpoint)
    save(master.state(), checkpoint)


def trained_vocoder(folder: Path) -> Vocoder:
    """Return the vocoder with the averaged magnitudes of `folder`'s checkpoint."""
    pca: Pca = load_pca(folder / PCA_FILE)
    network = Magnitudes(pca)
    network.load_state_dict(load(folder / FILE)["average"], strict=False)
    return Vocoder(network).eval()
