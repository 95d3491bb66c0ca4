"""The vocoder: magnitudes from latents, phases by Griffin-Lim."""

import numpy as np
import pytest
import torch

from onnx_models.networks.griffin_lim import HOP, N_FFT, FoldedFourier, GriffinLim, folded_bins
from onnx_models.networks.latents import (
    AUDIO_FRAMES,
    CHANNELS,
    FLOOR,
    MEL_BANDS,
    SAMPLE_RATE_HZ,
    Pca,
    magnitudes,
)
from onnx_models.networks.vocoder import BINS, KNEE, Magnitudes, Vocoder, limited, mel_interpolation
from onnx_models.training.vocoder import magnitude_loss


def silent_pca() -> Pca:
    pca = Pca()
    pca.mean.fill_(float(np.log(FLOOR)))
    return pca


def small_vocoder(rounds: int = 2) -> Vocoder:
    torch.manual_seed(0)
    return Vocoder(Magnitudes(silent_pca(), width=16, hidden=32, blocks=1), rounds).eval()


def tone(hz: float, frames: int) -> torch.Tensor:
    time_s = torch.arange(frames * HOP) / SAMPLE_RATE_HZ
    return 0.5 * torch.sin(2 * torch.pi * hz * time_s)[None]


def spectra(audio: torch.Tensor) -> torch.Tensor:
    """Return magnitudes (B, frames, bins) of mono audio (B, frames * HOP)."""
    return magnitudes(audio[:, None].expand(-1, 2, -1))[:, 0].transpose(1, 2) * (N_FFT / 2)


def away(made: torch.Tensor, wanted: torch.Tensor) -> float:
    """Return the distance of the magnitudes of `made` from those wanted, as a share of them."""
    inner = slice(8, -8)
    return float((spectra(made) - wanted)[:, inner].norm() / wanted[:, inner].norm())


def test_the_folded_transform_is_the_fourier_transform() -> None:
    spans = torch.randn(3, N_FFT, generator=torch.Generator().manual_seed(0))
    real, imaginary = FoldedFourier()(spans)
    wanted = torch.fft.rfft(spans)
    assert torch.allclose(torch.hypot(real, imaginary), wanted.abs()[:, folded_bins()], atol=1e-3)


def test_the_folded_transform_has_an_inverse() -> None:
    spans = torch.randn(3, N_FFT, generator=torch.Generator().manual_seed(0))
    fourier = FoldedFourier()
    assert torch.allclose(fourier.inverse(*fourier(spans)), spans, atol=1e-4)


@pytest.mark.parametrize("hz", [55.0, 110.0, 440.0, 1234.0, 5000.0])
def test_the_first_phases_already_hold_a_steady_tone(hz: float) -> None:
    wanted = spectra(tone(hz, 60))
    assert away(GriffinLim(0)(wanted), wanted) < 0.04


def test_a_tone_between_two_others_keeps_its_own_frequency() -> None:
    chord = sum((tone(hz, 60) for hz in (261.6, 329.6, 392.0)), torch.zeros(1, 60 * HOP))
    wanted = spectra(chord)
    assert away(GriffinLim(4)(wanted), wanted) < 0.1


def test_rounds_come_closer_to_the_magnitudes_of_noise() -> None:
    noise = torch.randn(1, 40 * HOP, generator=torch.Generator().manual_seed(0)) / 10
    wanted = spectra(noise)
    assert away(GriffinLim(8)(wanted), wanted) < 0.8 * away(GriffinLim(0)(wanted), wanted)


def test_reading_a_flat_mel_spectrum_gives_a_flat_spectrum() -> None:
    flat = torch.full((MEL_BANDS,), -3.0)
    assert torch.allclose(mel_interpolation() @ flat, torch.full((BINS,), -3.0), atol=1e-5)


def test_an_untrained_vocoder_keeps_length_and_silence() -> None:
    with torch.inference_mode():
        audio = small_vocoder()(torch.zeros(3, 9, CHANNELS))
    assert audio.shape == (3, 2, 9 * AUDIO_FRAMES)
    assert audio.abs().max() < 1e-4


def test_the_loss_is_nothing_between_equals_and_hears_a_missing_peak() -> None:
    spectra = torch.full((1, 4, 2, BINS), float(np.log(FLOOR)))
    peak = spectra.clone()
    peak[:, :, 0, 100] = 0.0
    assert magnitude_loss(spectra, spectra) == 0
    assert magnitude_loss(spectra, peak) > 0


def test_what_is_too_loud_is_bent_and_neither_cut_off_nor_passed_on() -> None:
    loud = torch.linspace(-1.7, 1.7, 341)
    made = limited(loud)
    quiet = loud.abs() <= KNEE
    assert torch.equal(made[quiet], loud[quiet])
    assert (made.diff() > 0).all()  # no flat top
    assert made.abs().max() < 1
    assert torch.allclose(made, -made.flip(0), atol=1e-6)
