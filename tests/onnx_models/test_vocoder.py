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
from onnx_models.training.heard import BANDS, WINDOWS, Listening, bands, compressed_distance


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
    assert compressed_distance(spectra, spectra) == 0
    assert compressed_distance(spectra, peak) > 0


def test_what_is_too_loud_is_bent_and_neither_cut_off_nor_passed_on() -> None:
    loud = torch.linspace(-1.7, 1.7, 341)
    made = limited(loud)
    quiet = loud.abs() <= KNEE
    assert torch.equal(made[quiet], loud[quiet])
    assert (made.diff() > 0).all()  # no flat top
    assert made.abs().max() < 1
    assert torch.allclose(made, -made.flip(0), atol=1e-6)


def log_spectra(audio: torch.Tensor) -> torch.Tensor:
    """Return log magnitudes (1, frames, 2, BINS) of stereo audio (1, 2, frames)."""
    return torch.log(magnitudes(audio).permute(0, 3, 1, 2) + FLOOR)


def clicks(at: int) -> torch.Tensor:
    """Return half a second of noise that begins suddenly, on the left only."""
    audio = torch.zeros(1, 2, 22 * AUDIO_FRAMES)
    noise = torch.randn(4000, generator=torch.Generator().manual_seed(0)) / 4
    audio[0, 0, at : at + 4000] = noise
    return audio


def test_listening_hears_that_a_note_begins_some_milliseconds_late() -> None:
    listening, played = Listening(4), clicks(9000)
    on_time, late = (listening.loss(log_spectra(clicks(at)), played) for at in (9000, 9400))
    assert late > 1.2 * on_time


def test_listening_teaches_magnitudes_and_stays_finite_in_silence() -> None:
    silent = torch.zeros(1, 2, 22 * AUDIO_FRAMES)
    for audio in (clicks(9000), silent):
        made = log_spectra(silent).requires_grad_()
        (found,) = torch.autograd.grad(Listening(2).loss(made + 1, audio), made)
        assert found.isfinite().all()
        assert found.any()


@pytest.mark.parametrize("window", WINDOWS)
def test_a_tone_stands_out_in_its_own_band(window: int) -> None:
    heard = bands(tone(1000.0, 20), window)
    assert heard.shape[1] == BANDS
    assert (heard[20:-20].argmax(dim=1) == 1000 // 344).all()
