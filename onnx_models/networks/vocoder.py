"""Latents to stereo audio: ConvNeXt blocks sharpen the magnitudes, Griffin-Lim finds the phases."""

from typing import Final

import numpy as np
import torch
from torch import Tensor, nn

from onnx_models.networks.griffin_lim import GriffinLim
from onnx_models.networks.latents import (
    FLOOR,
    MEL_BANDS,
    N_FFT,
    SAMPLE_RATE_HZ,
    Pca,
    mel_centres_hz,
)

BINS: Final = N_FFT // 2 + 1
ROUNDS: Final = 4
KNEE: Final = 0.7  # -3 dBFS


def mel_interpolation() -> Tensor:
    """Return the matrix (BINS, MEL_BANDS) that reads a log-mel spectrum at each FFT bin."""
    bins_hz = np.arange(BINS) * SAMPLE_RATE_HZ / N_FFT
    centres = mel_centres_hz()
    rows = [np.interp(bins_hz, centres, np.eye(MEL_BANDS)[band]) for band in range(MEL_BANDS)]
    return torch.from_numpy(np.stack(rows, axis=1).astype(np.float32))


class Block(nn.Module):
    """A ConvNeXt block (arXiv 2201.03545) on (B, frames, width)."""

    def __init__(self, width: int, hidden: int) -> None:
        super().__init__()
        self.depthwise = nn.Conv1d(width, width, 7, padding=3, groups=width)
        self.norm = nn.LayerNorm(width)
        self.expand = nn.Linear(width, hidden)
        self.contract = nn.Linear(hidden, width)
        nn.init.trunc_normal_(self.contract.weight, std=0.005)
        nn.init.zeros_(self.contract.bias)

    def forward(self, x: Tensor) -> Tensor:
        mixed = self.depthwise(x.transpose(1, 2)).transpose(1, 2)
        change: Tensor = self.contract(nn.functional.gelu(self.expand(self.norm(mixed))))
        return x + change


class Magnitudes(nn.Module):
    """Latents (B, T, CHANNELS) to log magnitudes (B, frames, 2, BINS), mid then side.

    They begin as the latents' own mel spectrum read at each bin; what is learned is the fine
    structure that the bands have lost. A full-scale sine has magnitude 1.
    """

    interpolation: Tensor

    def __init__(self, pca: Pca, width: int = 384, hidden: int = 1152, blocks: int = 8) -> None:
        super().__init__()
        self.pca = pca
        self.embed = nn.Conv1d(2 * MEL_BANDS, width, 7, padding=3)
        self.norm = nn.LayerNorm(width)
        self.blocks = nn.ModuleList(Block(width, hidden) for _ in range(blocks))
        self.last_norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, 2 * BINS)
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)
        self.register_buffer("interpolation", mel_interpolation(), persistent=False)

    def log_mel(self, latents: Tensor) -> Tensor:
        """Return log-mel spectra (B, frames, 2 * MEL_BANDS), mid then side."""
        batch = latents.shape[0]
        return self.pca.decode(latents).reshape(batch, -1, 2 * MEL_BANDS)

    def read_off(self, log_mel: Tensor) -> Tensor:
        """Return log-mel spectra read at each bin, (B, frames, 2, BINS)."""
        bands = log_mel.reshape(*log_mel.shape[:2], 2, MEL_BANDS)
        return torch.matmul(bands, self.interpolation.T)

    def forward(self, latents: Tensor) -> Tensor:
        log_mel = self.log_mel(latents)
        x = self.norm(self.embed((log_mel / 4 + 1).transpose(1, 2)).transpose(1, 2))
        for block in self.blocks:
            x = block(x)
        batch, frames, _ = log_mel.shape
        change = self.head(self.last_norm(x)).float().reshape(batch, frames, 2, BINS)
        log_magnitude: Tensor = self.read_off(log_mel) + change
        return log_magnitude


class HeardMagnitudes(nn.Module):
    """Latents (B, T, CHANNELS) to magnitudes as Griffin-Lim takes them, (B, 2, frames, BINS)."""

    def __init__(self, magnitudes: Magnitudes) -> None:
        super().__init__()
        self.log_magnitudes = magnitudes

    def forward(self, latents: Tensor) -> Tensor:
        log_magnitude: Tensor = self.log_magnitudes(latents).clamp(max=3.0)
        heard = (torch.exp(log_magnitude) - FLOOR).clamp_min(0) * (N_FFT / 2)
        return heard.transpose(1, 2)


def limited(audio: Tensor) -> Tensor:
    """Return `audio` with what is louder than KNEE bent towards full scale, which it never passes.

    A sudden attack may be rendered louder than full scale; cut off there, it would crackle.
    """
    over = (audio.abs() - KNEE).clamp_min(0)
    bent = KNEE + (1 - KNEE) * torch.tanh(over / (1 - KNEE))
    return torch.where(over > 0, torch.sign(audio) * bent, audio)


class Phases(nn.Module):
    """Magnitudes (B, 2, frames, BINS) to stereo audio (B, 2, frames * HOP)."""

    def __init__(self, rounds: int) -> None:
        super().__init__()
        self.griffin_lim = GriffinLim(rounds)

    def forward(self, magnitude: Tensor) -> Tensor:
        audio: Tensor = self.griffin_lim(magnitude.flatten(0, 1))
        middle, side = audio.reshape(magnitude.shape[0], 2, -1).unbind(1)
        return limited(torch.stack([middle + side, middle - side], dim=1))


class Vocoder(nn.Sequential):
    """Latents (B, T, CHANNELS) to audio (B, 2, T * AUDIO_FRAMES)."""

    def __init__(self, magnitudes: Magnitudes, rounds: int = ROUNDS) -> None:
        super().__init__(HeardMagnitudes(magnitudes), Phases(rounds))
