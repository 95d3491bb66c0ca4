"""Trains the vocoder's magnitudes: latents of real audio in, the audio's own spectra out."""

import random
import wave
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
    Pca,
    fast_encoder,
    load_pca,
    magnitudes,
)
from onnx_models.networks.vocoder import ROUNDS, Magnitudes, Vocoder
from onnx_models.training.critic import Critic, balanced, heard_bins
from onnx_models.training.denoiser import Run
from onnx_models.training.heard import Listening, compressed_distance
from onnx_models.training.run import LOG_EVERY, Clock, Master, fall, load, log, save
from onnx_models.training.shipped import require_same, shipped_magnitudes

SPAN: Final = 44  # latent frames of one example, about a second
BATCHES: Final = {"cpu": 12, "cuda": 96}
FILE: Final = "vocoder.pt"
LISTENING_WEIGHT: Final = 0.5  # of its gradient, against the distance's
CRITIC_WEIGHT: Final = 0.5
LATENT_NOISE: Final = 0.1  # what the denoiser's latents are off by at the least
SILENT: Final = 300  # of 32767: spans that stay below are drawn again


class Spectra(NamedTuple):
    """Log magnitudes (B, frames, 2, BINS): made, wanted, and what the latents tell of them."""

    made: Tensor
    wanted: Tensor
    told: Tensor


class Audio:
    """Draws spans of the songs' audio for `device`."""

    def __init__(self, folder: Path, rng: random.Random, device: str) -> None:
        self.rng, self.device = rng, device
        self.files = sorted(folder.glob("*.wav"))
        if not self.files:
            raise ValueError(f"{folder} holds no .wav; run `train songs` with --audio first")

    def batch(self) -> Tensor:
        """Return audio (B, 2, SPAN * AUDIO_FRAMES), each of another loudness."""
        spans = np.stack([self._span() for _ in range(BATCHES[self.device])])
        gains = [10 ** (self.rng.uniform(-9, 6) / 20) / 32768 for _ in spans]
        audio = torch.from_numpy(spans).to(self.device).transpose(1, 2).float()
        return (audio * torch.tensor(gains, device=self.device)[:, None, None]).clamp(-1, 1)

    def _span(self) -> np.ndarray:
        for _ in range(8):
            with wave.open(str(self.rng.choice(self.files)), "rb") as file:
                file.setpos(self.rng.randrange(file.getnframes() - SPAN * AUDIO_FRAMES))
                points = np.frombuffer(file.readframes(SPAN * AUDIO_FRAMES), "<i2")
            if abs(int(points.max())) > SILENT:
                break
        return points.reshape(-1, 2)


def spectra(network: Magnitudes, encoder: Encoder, audio: Tensor) -> Spectra:
    """Return what `network` makes of the latents of `audio`, with some noise on them."""
    with torch.no_grad():
        latents = encoder(audio)
        noise = LATENT_NOISE * torch.rand(len(audio), 1, 1, device=audio.device)
        latents = latents + noise * torch.randn_like(latents)
        wanted = torch.log(magnitudes(audio).permute(0, 3, 1, 2) + FLOOR)
        told = network.read_off(network.log_mel(latents))
    with torch.autocast(audio.device.type, torch.bfloat16):
        made: Tensor = network(latents)
    return Spectra(made.float(), wanted, told)


class Teacher:
    """What the magnitudes are taught by: their distance, how they sound, and the critic."""

    def __init__(self, device: str) -> None:
        self.critic = Critic()
        self.critic.discriminator.to(device)
        self.listening = Listening(ROUNDS).to(device)
        self.heard = heard_bins().to(device)

    def teach(self, seen: Spectra, audio: Tensor) -> Tensor:
        """Leave all gradients on the network that made `seen`; return the distance."""
        made, critic = seen.made, self.critic
        critic.learn(*seen)
        loss = compressed_distance(made, seen.wanted)
        others = [(LISTENING_WEIGHT, gradient(self.listening.loss(made, audio), made))]
        if critic.heard:
            said = gradient(critic.loss(*seen), made) * self.heard
            others.append((CRITIC_WEIGHT, said))
        made.backward(balanced(gradient(loss, made), others))  # type: ignore[no-untyped-call]
        return loss.detach()


def gradient(loss: Tensor, made: Tensor) -> Tensor:
    """Return the gradient of `loss` for `made`, whose own graph is kept."""
    (found,) = torch.autograd.grad(loss, made)
    return found


def train_vocoder(run: Run) -> None:
    """Train by the run's audio, from its folder's checkpoint if there is one.

    Where there is none, from the magnitudes of its pack.
    """
    (folder, pack), checkpoint = run.place, run.place.folder / FILE
    pca = load_pca(folder / PCA_FILE)
    network = Magnitudes(pca) if pack is None else shipped_magnitudes(pack)
    require_same(network.pca, pca)
    encoder, teacher = fast_encoder(pca).to(run.device), Teacher(run.device)
    master = Master(network.to(run.device), run.learning_rate)
    if checkpoint.exists():
        master.resume(load(checkpoint))
    audio = Audio(folder / "audio", random.Random(master.step), run.device)
    clock = Clock(run.budget_s)
    for fraction in clock.ticks():
        batch = audio.batch()
        loss = teacher.teach(spectra(master.network, encoder, batch), batch)  # type: ignore[arg-type]
        norm = master.update(fall(fraction, 0.5))
        if master.step % LOG_EVERY == 0:
            row = {"step": master.step, "loss": loss.item(),
                   "told_apart": teacher.critic.told_apart.item(),
                   "norm": norm.item(), "seconds": clock.lap()}  # fmt: skip
            log(checkpoint.with_suffix(".csv"), row)
        if clock.save_due():
            save(master.state(), checkpoint)
    save(master.state(), checkpoint)


def trained_vocoder(folder: Path) -> Vocoder:
    """Return the vocoder with the averaged magnitudes of `folder`'s checkpoint."""
    pca: Pca = load_pca(folder / PCA_FILE)
    state, network = load(folder / FILE), Magnitudes(pca)
    network.load_state_dict(state["weights"] | state["average"])
    return Vocoder(network).eval()
