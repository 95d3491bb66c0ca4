"""The latent space: its formula, and that it is the same exported and fast."""

import numpy as np
import torch

from onnx_models.networks.latents import (
    AUDIO_FRAMES,
    CHANNELS,
    FLOOR,
    MEL_BANDS,
    SAMPLE_RATE_HZ,
    SPECTRUM,
    FastLogMel,
    LogMel,
    Pca,
    mel_centres_hz,
    whole_frames,
)


def sine(hz: float, latent_frames: int = 16) -> torch.Tensor:
    time_s = torch.arange(latent_frames * AUDIO_FRAMES) / SAMPLE_RATE_HZ
    return torch.sin(2 * torch.pi * hz * time_s).expand(1, 2, -1)


def test_a_latent_frame_stands_for_its_audio_frames() -> None:
    assert LogMel()(torch.zeros(3, 2, 5 * AUDIO_FRAMES)).shape == (3, 5, SPECTRUM)


def test_silence_is_the_floor_in_every_band() -> None:
    spectra = LogMel()(torch.zeros(1, 2, 4 * AUDIO_FRAMES))
    assert torch.allclose(spectra, torch.full_like(spectra, np.log(FLOOR)), atol=0.02)


def test_a_sine_stands_out_in_the_band_around_its_frequency() -> None:
    spectra = LogMel()(sine(1000.0))[0, 8].reshape(2, 2, MEL_BANDS)
    loudest_hz = mel_centres_hz()[int(spectra[0, 0].argmax())]
    assert abs(loudest_hz - 1000) < 40


def test_what_both_channels_share_is_in_the_middle_alone() -> None:
    middle, side = LogMel()(sine(440.0))[0, 8].reshape(2, 2, MEL_BANDS)[0]
    assert middle.max() > -2
    assert side.max() < np.log(FLOOR) + 0.1


def test_the_exported_and_the_fast_formula_agree() -> None:
    audio = torch.randn(2, 2, 7 * AUDIO_FRAMES, generator=torch.Generator().manual_seed(0)) / 10
    assert torch.allclose(LogMel()(audio), FastLogMel()(audio), atol=1e-4)


def test_pca_gives_back_what_its_components_span() -> None:
    torch.manual_seed(0)
    spectra = torch.randn(2000, 40) @ torch.randn(40, SPECTRUM)
    pca = Pca()
    pca.fit(spectra)
    latents = pca.encode(spectra)
    assert latents.shape == (2000, CHANNELS)
    assert torch.allclose(pca.decode(latents), spectra, atol=1e-2)


def test_no_latent_channel_varies_more_than_the_first() -> None:
    torch.manual_seed(0)
    pca = Pca()
    spectra = torch.randn(4000, SPECTRUM) * torch.linspace(3, 0.1, SPECTRUM)
    pca.fit(spectra)
    deviations = pca.encode(spectra).std(dim=0)
    assert torch.allclose(deviations[:20], torch.ones(20), atol=0.02)
    assert deviations[-1] < 0.9


def test_audio_is_padded_with_silence_to_whole_latent_frames() -> None:
    padded = whole_frames(np.ones((2, AUDIO_FRAMES + 1), np.float32))
    assert padded.shape == (2, 2 * AUDIO_FRAMES)
    assert not padded[:, AUDIO_FRAMES + 1 :].any()
