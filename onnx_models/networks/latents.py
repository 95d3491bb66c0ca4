"""The latent space of `mini`: an exact formula, mel spectrum then PCA, that needs no training."""

import math
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn.functional import conv1d, pad

from onnx_models.checkpoint import read
from onnx_models.networks.spectrum import FourierBasis

SAMPLE_RATE_HZ: Final = 44100
N_FFT: Final = 2048
HOP: Final = 512
MEL_BANDS: Final = 160
SUBFRAMES: Final = 2  # spectra a latent frame
PCA_FILE: Final = "pca.pt"
CHANNELS: Final = 128
AUDIO_FRAMES: Final = HOP * SUBFRAMES  # a latent frame
LATENT_RATE_HZ: Final = SAMPLE_RATE_HZ / AUDIO_FRAMES
FLOOR: Final = 1e-4  # -80 dB under a full-scale sine
Doubles = npt.NDArray[np.float64]
Floats = npt.NDArray[np.float32]

SPECTRUM: Final = SUBFRAMES * 2 * MEL_BANDS  # values a latent frame before the PCA


def hz_to_mel(hz: npt.ArrayLike) -> Doubles:
    """Return mels by O'Shaughnessy's formula, 2595 log10(1 + f / 700)."""
    return np.asarray(2595 * np.log10(1 + np.asarray(hz, np.float64) / 700))


def mel_to_hz(mel: npt.ArrayLike) -> Doubles:
    """Return Hz; the inverse of `hz_to_mel`."""
    return np.asarray(700 * (10 ** (np.asarray(mel, np.float64) / 2595) - 1))


def mel_centres_hz() -> Doubles:
    """Return the bands' centres, float64 (MEL_BANDS,)."""
    return mel_to_hz(np.linspace(hz_to_mel(20), hz_to_mel(20000), MEL_BANDS + 2))[1:-1]


def mel_weights(bins_hz: Doubles, bands: int = MEL_BANDS) -> Floats:
    """Return triangular bands over `bins_hz`, each summing to 1, float32 (bands, bins)."""
    edges = mel_to_hz(np.linspace(hz_to_mel(20), hz_to_mel(20000), bands + 2))
    rising = (bins_hz[None] - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - bins_hz[None]) / (edges[2:] - edges[1:-1])[:, None]
    weights = np.maximum(0, np.minimum(rising, falling))
    narrow = weights.sum(axis=1) < 0.5  # below the FFT's resolution: take the nearest two bins
    distance = np.abs(bins_hz[None] - edges[1:-1, None]) / (bins_hz[1] - bins_hz[0])
    weights[narrow] = np.maximum(0, 1 - distance[narrow])
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), np.float32)


class LogMel(nn.Module):
    """Stereo audio (B, 2, T * AUDIO_FRAMES) to log-mel spectra (B, T, SPECTRUM)."""

    mel: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.basis = FourierBasis(N_FFT)
        bins_hz = np.arange(N_FFT // 2 + 1) * SAMPLE_RATE_HZ / N_FFT
        self.register_buffer("mel", torch.from_numpy(mel_weights(bins_hz)), persistent=False)

    def forward(self, audio: Tensor) -> Tensor:
        left, right = audio[:, :1], audio[:, 1:]
        channels = torch.cat([left + right, left - right], dim=1) / 2
        batch = channels.shape[0]
        signal = pad(channels.reshape(-1, 1, channels.shape[2]), (N_FFT // 2, N_FFT // 2 - HOP))
        spectra = conv1d(signal * (2 / N_FFT), self.basis(), stride=HOP)  # (2B, 2 * bins, 2T)
        real, imaginary = spectra.chunk(2, dim=1)
        magnitude = torch.sqrt(real**2 + imaginary**2 + 1e-12)
        log_mel = torch.log(torch.matmul(self.mel, magnitude) + FLOOR)
        frames = log_mel.reshape(batch, 2 * MEL_BANDS, -1, SUBFRAMES)
        return frames.permute(0, 2, 3, 1).reshape(batch, -1, SPECTRUM)


class Pca(nn.Module):
    """The linear map between spectra (..., SPECTRUM) and latents (..., CHANNELS)."""

    mean: Tensor
    components: Tensor
    scale: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(SPECTRUM))
        self.register_buffer("components", torch.zeros(CHANNELS, SPECTRUM))
        self.register_buffer("scale", torch.ones(CHANNELS))

    def encode(self, spectra: Tensor) -> Tensor:
        """Return latents (..., CHANNELS)."""
        return torch.matmul(spectra - self.mean, self.components.T) / self.scale

    def decode(self, latents: Tensor) -> Tensor:
        """Return spectra (..., SPECTRUM)."""
        return torch.matmul(latents * self.scale, self.components) + self.mean

    @torch.no_grad()
    def fit(self, spectra: Tensor, *, floor_component: int = 24) -> Tensor:
        """Fit to `spectra` (N, SPECTRUM); return each component's variance, largest first.

        Components weaker than number `floor_component` keep their relative size, so that
        the denoiser does not spend itself on what is hardly heard.
        """
        self.mean.copy_(spectra.mean(dim=0))
        centred = (spectra - self.mean).double()
        variances, vectors = torch.linalg.eigh(centred.T @ centred / len(spectra))
        order = torch.argsort(variances, descending=True)
        self.components.copy_(vectors[:, order[:CHANNELS]].T)
        deviations = variances[order].clamp_min(0).sqrt()
        self.scale.copy_(deviations[:CHANNELS].clamp_min(float(deviations[floor_component])))
        ordered: Tensor = variances[order]
        return ordered


class Encoder(nn.Module):
    """Audio (B, 2, T * AUDIO_FRAMES) to latents (B, T, CHANNELS)."""

    def __init__(self, pca: Pca | None = None) -> None:
        super().__init__()
        self.log_mel = LogMel()
        self.pca = pca or Pca()

    def forward(self, audio: Tensor) -> Tensor:
        latents: Tensor = self.pca.encode(self.log_mel(audio))
        return latents


def magnitudes(audio: Tensor) -> Tensor:
    """Return magnitudes of mid and side by FFT, (B, 2, bins, frames); a full-scale sine has 1.

    Takes audio (B, 2, T * AUDIO_FRAMES); not to be exported.
    """
    left, right = audio[:, 0], audio[:, 1]
    channels = torch.stack([left + right, left - right], dim=1) / 2
    batch, _, frames = channels.shape
    signal = pad(channels.reshape(batch * 2, frames), (N_FFT // 2, N_FFT // 2 - HOP))
    window = torch.hann_window(N_FFT, device=audio.device)
    spectra = torch.stft(signal, N_FFT, HOP, window=window, center=False, return_complex=True)
    power = torch.view_as_real(spectra).square_().sum(dim=3)
    magnitude = power.mul_((2 / N_FFT) ** 2).add_(1e-12).sqrt_()
    return magnitude.reshape(batch, 2, *magnitude.shape[1:])


class FastLogMel(LogMel):
    """The same spectra by FFT: faster for preparing data, but not to be exported."""

    def forward(self, audio: Tensor) -> Tensor:
        log_mel = torch.matmul(self.mel, magnitudes(audio)).add_(FLOOR).log_()
        frames = log_mel.reshape(len(audio), 2 * MEL_BANDS, -1, SUBFRAMES)
        return frames.permute(0, 2, 3, 1).reshape(len(audio), -1, SPECTRUM)


def fast_encoder(pca: Pca) -> Encoder:
    """Return the encoder with its spectra by FFT."""
    encoder = Encoder(pca)
    encoder.log_mel = FastLogMel()
    return encoder


def whole_frames(audio: Floats) -> Floats:
    """Return `audio` (2, frames) padded with silence to whole latent frames."""
    missing = math.ceil(audio.shape[1] / AUDIO_FRAMES) * AUDIO_FRAMES - audio.shape[1]
    return np.pad(audio, ((0, 0), (0, missing)))


def save_pca(pca: Pca, path: Path) -> None:
    """Write the fitted map as a state dict."""
    torch.save(pca.state_dict(), path)


def load_pca(path: Path) -> Pca:
    """Return the map that `save_pca` wrote; ValueError where the file is something else."""
    pca = Pca()
    try:
        pca.load_state_dict(read(path))
    except RuntimeError as error:
        raise ValueError(
            f"{path} is damaged, or no map of latents; remove it or restore it"
        ) from error
    return pca
