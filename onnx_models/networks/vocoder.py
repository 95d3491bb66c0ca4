"""Latents to stereo audio: ConvNeXt blocks and an inverse-STFT head (Vocos, arXiv 2306.00814)."""

import numpy as np
import torch
from torch import Tensor, nn

from onnx_models.networks.latents import (
    HOP,
    MEL_BANDS,
    N_FFT,
    SAMPLE_RATE_HZ,
    Pca,
    mel_centres_hz,
)
from onnx_models.networks.spectrum import InverseStft

BINS = N_FFT // 2 + 1


def mel_interpolation() -> Tensor:
    """Return the matrix (BINS, MEL_BANDS) that reads a log-mel spectrum at each FFT bin."""
    bins_hz = np.arange(BINS) * SAMPLE_RATE_HZ / N_FFT
    centres = mel_centres_hz()
    rows = [np.interp(bins_hz, centres, np.eye(MEL_BANDS)[band]) for band in range(MEL_BANDS)]
    return torch.from_numpy(np.stack(rows, axis=1).astype(np.float32))


class Block(nn.Module):
    """A ConvNeXt block on (B, frames, width)."""

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


class Vocoder(nn.Module):
    """Latents (B, T, CHANNELS) to audio (B, 2, T * AUDIO_FRAMES).

    The head adds to a log magnitude read off the latents' own mel spectrum, so training
    starts from the right spectrum and is left with its fine structure and the phase.
    """

    interpolation: Tensor

    def __init__(self, pca: Pca, width: int = 384, hidden: int = 1152, blocks: int = 8) -> None:
        super().__init__()
        self.pca = pca
        self.embed = nn.Conv1d(2 * MEL_BANDS, width, 7, padding=3)
        self.norm = nn.LayerNorm(width)
        self.blocks = nn.ModuleList(Block(width, hidden) for _ in range(blocks))
        self.last_norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, 2 * 3 * BINS)
        nn.init.trunc_normal_(self.head.weight, std=0.01)
        self.inverse: nn.Module = InverseStft(N_FFT, HOP)
        self.register_buffer("interpolation", mel_interpolation(), persistent=False)

    def log_mel(self, latents: Tensor) -> Tensor:
        """Return log-mel spectra (B, T * SUBFRAMES, 2 * MEL_BANDS), mid then side."""
        batch = latents.shape[0]
        return self.pca.decode(latents).reshape(batch, -1, 2 * MEL_BANDS)

    def forward(self, latents: Tensor) -> Tensor:
        log_mel = self.log_mel(latents)
        x = self.norm(self.embed((log_mel / 4 + 1).transpose(1, 2)).transpose(1, 2))
        for block in self.blocks:
            x = block(x)
        return self.to_audio(self.head(self.last_norm(x)).float(), log_mel)

    def to_audio(self, head: Tensor, log_mel: Tensor) -> Tensor:
        """Return audio from the head's (B, frames, 6 * BINS): gain and phase of mid and side."""
        batch, frames, _ = log_mel.shape
        gain, cosine, sine = head.reshape(batch, frames, 2, 3, BINS).unbind(3)
        base = torch.matmul(log_mel.reshape(batch, frames, 2, MEL_BANDS), self.interpolation.T)
        magnitude = torch.exp((base + gain).clamp(max=3.0)) * (N_FFT / 2)
        norm = torch.rsqrt(cosine**2 + sine**2 + 1e-6)
        real, imaginary = magnitude * cosine * norm, magnitude * sine * norm
        parts = [
            part.permute(0, 2, 3, 1).reshape(batch * 2, BINS, frames) for part in (real, imaginary)
        ]
        middle, side = self.inverse(*parts).reshape(batch, 2, -1).unbind(1)
        return torch.stack([middle + side, middle - side], dim=1)
