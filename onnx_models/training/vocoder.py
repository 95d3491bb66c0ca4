"""Trains the vocoder: latents of real audio in, the same audio's spectra out."""

import random
import time
from pathlib import Path
from typing import Final

import numpy as np
import soundfile  # type: ignore[import-untyped]
import torch
from torch import Tensor, nn

from onnx_models.networks.latents import (
    AUDIO_FRAMES,
    HOP,
    N_FFT,
    Encoder,
    Floats,
    fast_encoder,
    load_pca,
)
from onnx_models.networks.spectrum import FastInverseStft
from onnx_models.networks.vocoder import Vocoder
from onnx_models.training.run import LOG_EVERY, Clock, Master, fall, load, log, save

SPAN: Final = 44  # latent frames of one example, about a second
BATCH: Final = 8
RESOLUTIONS: Final = ((4096, 1024), (1024, 256), (256, 64))  # (window, hop) of the losses


class SpectralLoss(nn.Module):
    """Distance of magnitudes, logarithmic and linear, at several resolutions.

    Each call compares left and right, or mid and side, by chance.
    """

    def forward(self, made: Tensor, wanted: Tensor) -> Tensor:
        """Return the loss of stereo audio (B, 2, frames)."""
        chosen = slice(0, 2) if random.random() < 0.5 else slice(2, 4)
        both = (self.channels(audio)[chosen].flatten(0, 1) for audio in (made, wanted))
        pair = torch.cat(list(both))
        return torch.stack([self._at(pair, *resolution) for resolution in RESOLUTIONS]).sum()

    @staticmethod
    def channels(audio: Tensor) -> Tensor:
        """Return left, right, mid and side, (4, B, frames)."""
        left, right = audio[:, 0], audio[:, 1]
        return torch.stack([left, right, (left + right) / 2, (left - right) / 2])

    @staticmethod
    def _at(pair: Tensor, n_fft: int, hop: int) -> Tensor:
        window = torch.hann_window(n_fft, device=pair.device)
        spectra = torch.stft(pair, n_fft, hop, window=window, return_complex=True)
        power = torch.view_as_real(spectra).square().sum(dim=3)
        made, wanted = torch.sqrt(power * (4 / n_fft**2) + 1e-9).chunk(2)
        away = torch.linalg.vector_norm(made - wanted, dim=(1, 2))
        linear = away / (torch.linalg.vector_norm(wanted, dim=(1, 2)) + 1e-2)
        distance: Tensor = (made.log() - wanted.log()).abs().mean() + linear.mean()
        return distance


class Audio:
    """Draws spans of the songs' audio."""

    def __init__(self, folder: Path, rng: random.Random) -> None:
        self.folder, self.rng = folder, rng
        self.files: list[Path] = []

    def batch(self) -> Tensor:
        """Return audio (BATCH, 2, SPAN * AUDIO_FRAMES)."""
        if not self.files or self.rng.random() < 0.01:
            self.files = sorted(self.folder.glob("*.wav"))
        return torch.from_numpy(np.stack([self._span() for _ in range(BATCH)]))

    def _span(self) -> Floats:
        frames = SPAN * AUDIO_FRAMES
        for _ in range(8):
            path = self.rng.choice(self.files)
            start = self.rng.randrange(soundfile.info(path).frames - frames)
            audio, _ = soundfile.read(path, frames, start, dtype="float32")
            if np.abs(audio).max() > 0.01:
                break
        gain = 10 ** (self.rng.uniform(-9, 6) / 20)
        return np.ascontiguousarray(np.clip(audio.T * gain, -1, 1))


def forward(network: nn.Module, encoder: Encoder, audio: Tensor) -> Tensor:
    """Return what `network` makes of the latents of `audio`."""
    with torch.no_grad():
        latents = encoder(audio)
        latents = latents + 0.05 * torch.randn_like(latents)
    with torch.autocast(audio.device.type, torch.bfloat16):
        made: Tensor = network(latents)
    return made


def train_vocoder(folder: Path, budget_s: float, learning_rate: float = 1e-3) -> None:
    """Train for `budget_s` seconds from `folder`'s audio, from its checkpoint if there is one."""
    pca = load_pca(folder / "pca.pt")
    encoder, criterion = fast_encoder(pca), SpectralLoss()
    weights = Vocoder(pca)
    weights.inverse = FastInverseStft(N_FFT, HOP)
    master = Master(weights, learning_rate)
    checkpoint = folder / "vocoder.pt"
    if checkpoint.exists():
        master.resume(load(checkpoint))
    audio, clock = Audio(folder / "audio", random.Random(master.step)), Clock(budget_s)
    for fraction in clock.ticks():
        began = time.monotonic()
        batch = audio.batch()
        loss = criterion(forward(master.network, encoder, batch), batch)
        loss.backward()
        norm = master.update(fall(fraction, 0.5))
        if master.step % LOG_EVERY == 0:
            row = {
                "step": master.step,
                "loss": loss.item(),
                "norm": norm,
                "seconds": time.monotonic() - began,
            }
            log(folder / "vocoder.csv", row)
        if clock.save_due():
            save(master.state(), checkpoint)
    save(master.state(), checkpoint)


def trained_vocoder(folder: Path) -> Vocoder:
    """Return the averaged vocoder of `folder`'s checkpoint."""
    vocoder = Vocoder(load_pca(folder / "pca.pt"))
    vocoder.load_state_dict(load(folder / "vocoder.pt")["average"], strict=False)
    return vocoder.eval()
