"""The inverse Fourier transform and the vocoder around it."""

import numpy as np
import torch

from onnx_models.networks.latents import AUDIO_FRAMES, CHANNELS, FLOOR, MEL_BANDS, Pca
from onnx_models.networks.spectrum import FastInverseStft, InverseStft
from onnx_models.networks.vocoder import BINS, Vocoder, mel_interpolation

N_FFT, HOP = 2048, 512


def spectra(audio: torch.Tensor) -> torch.Tensor:
    window = torch.hann_window(N_FFT)
    return torch.stft(audio, N_FFT, HOP, window=window, return_complex=True)


def noise(frames: int) -> torch.Tensor:
    return torch.randn(2, frames, generator=torch.Generator().manual_seed(3))


def silent_pca() -> Pca:
    pca = Pca()
    pca.mean.fill_(float(np.log(FLOOR)))
    return pca


def test_the_inverse_transform_gives_the_audio_back() -> None:
    audio = noise(20 * HOP)
    made = InverseStft(N_FFT, HOP)(spectra(audio).real, spectra(audio).imag)
    inner = slice(N_FFT, 16 * HOP)
    assert torch.allclose(made[:, inner], audio[:, inner], atol=1e-5)


def test_the_fast_inverse_is_the_exported_one() -> None:
    wanted = spectra(noise(12 * HOP))
    exported = InverseStft(N_FFT, HOP)(wanted.real, wanted.imag)
    fast = FastInverseStft(N_FFT, HOP)(wanted.real, wanted.imag)
    assert torch.allclose(fast, exported, atol=1e-5)


def test_reading_a_flat_mel_spectrum_gives_a_flat_spectrum() -> None:
    flat = torch.full((MEL_BANDS,), -3.0)
    assert torch.allclose(mel_interpolation() @ flat, torch.full((BINS,), -3.0), atol=1e-5)


def test_an_untrained_vocoder_keeps_length_and_silence() -> None:
    torch.manual_seed(0)
    vocoder = Vocoder(silent_pca(), width=16, hidden=32, blocks=1).eval()
    audio = vocoder(torch.zeros(1, 9, CHANNELS))
    assert audio.shape == (1, 2, 9 * AUDIO_FRAMES)
    assert audio.abs().max() < 0.05
