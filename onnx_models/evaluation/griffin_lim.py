"""Sound from magnitudes alone: the baseline that a vocoder has to beat."""

from collections.abc import Callable
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from onnx_models.networks.latents import (
    FLOOR,
    HOP,
    MEL_BANDS,
    N_FFT,
    SAMPLE_RATE_HZ,
    SUBFRAMES,
    mel_weights,
)

Floats = NDArray[np.float32]
ROUNDS: Final = 32
MOMENTUM: Final = 0.99


def linear_magnitude(mel: Tensor, rounds: int = 15) -> Tensor:
    """Return magnitudes (..., bins, frames) that are not negative and whose mel bands are `mel`.

    Multiplicative updates for non-negative least squares (Lee and Seung, 2001).
    """
    bins_hz = np.arange(N_FFT // 2 + 1) * SAMPLE_RATE_HZ / N_FFT
    weights = torch.from_numpy(mel_weights(bins_hz))
    wanted = weights.T @ mel
    magnitude = wanted.clone()
    for _ in range(rounds):
        magnitude = magnitude * wanted / (weights.T @ (weights @ magnitude) + 1e-9)
    return magnitude


def griffin_lim(magnitude: Tensor, rounds: int = ROUNDS, seed: int = 0) -> Tensor:
    """Return audio (B, frames * HOP) for magnitudes (B, bins, frames).

    Fast Griffin-Lim (Perraudin, Balazs and Sondergaard, 2013), from phases drawn by `seed`.
    """
    window, length = torch.hann_window(N_FFT), magnitude.shape[-1] * HOP
    generator = torch.Generator().manual_seed(seed)
    angle = 2 * torch.pi * torch.rand(magnitude.shape, generator=generator)
    phase, previous = torch.polar(torch.ones_like(angle), angle), torch.zeros(())
    padded = torch.nn.functional.pad(magnitude, (0, 1))
    phase = torch.nn.functional.pad(phase, (0, 1), value=1.0)
    for _ in range(rounds):
        audio = torch.istft(padded * phase, N_FFT, HOP, window=window, length=length)
        spectrum = torch.stft(audio, N_FFT, HOP, window=window, return_complex=True)
        ahead = spectrum + MOMENTUM * (spectrum - previous)
        phase, previous = ahead / ahead.abs().clamp_min(1e-9), spectrum
    return torch.istft(padded * phase, N_FFT, HOP, window=window, length=length)


def latents_to_audio(latents: Floats, to_spectra: Callable[[Tensor], Tensor]) -> Floats:
    """Return stereo audio (2, frames) for `latents` (T, C) of our mel spectra.

    `to_spectra` is the way back from latents to log-mel spectra, such as `Pca.decode`.
    """
    with torch.inference_mode():
        log_mel = to_spectra(torch.from_numpy(latents)[None])
        grid = log_mel.reshape(1, -1, SUBFRAMES, 2, MEL_BANDS).permute(0, 3, 4, 1, 2)
        mel = (grid.reshape(2, MEL_BANDS, -1).exp() - FLOOR).clamp_min(0)
        mid, side = griffin_lim(linear_magnitude(mel) * (N_FFT / 2))
    return torch.stack([mid + side, mid - side]).clamp(-1, 1).numpy()
