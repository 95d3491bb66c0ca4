"""Fourier transforms as convolutions, which export to ONNX."""

import math

import torch
from torch import Tensor, nn
from torch.nn.functional import conv_transpose1d, fold


class FourierBasis(nn.Module):
    """The Hann-windowed analysis basis, (2 * bins, 1, n_fft): real parts, then imaginary.

    It is built from one turn of a cosine when it runs, so that a graph does not store it.
    """

    turn: Tensor
    window: Tensor

    def __init__(self, n_fft: int) -> None:
        super().__init__()
        self.n_fft = n_fft
        angle = 2 * math.pi * torch.arange(n_fft, dtype=torch.float64) / n_fft
        self.register_buffer("turn", angle.cos().float(), persistent=False)
        self.register_buffer("window", torch.hann_window(n_fft), persistent=False)

    def forward(self) -> Tensor:
        time = torch.arange(self.n_fft, device=self.turn.device)
        phase = time[: self.n_fft // 2 + 1, None] * time[None]
        quarter = self.n_fft // 4  # -sin(x) = cos(x + 90 degrees)
        phases = torch.cat([phase, phase + quarter]) % self.n_fft
        return (self.turn[phases] * self.window)[:, None]


class InverseStft(nn.Module):
    """Real and imaginary parts, each (B, bins, frames), to audio (B, frames * hop).

    A transposed convolution with the windowed synthesis basis, divided by the overlapped
    square of the Hann window; DC and Nyquist count once, other bins twice.
    """

    weight: Tensor

    def __init__(self, n_fft: int, hop: int) -> None:
        super().__init__()
        self.n_fft, self.hop = n_fft, hop
        self.basis = FourierBasis(n_fft)
        weight = torch.full((n_fft // 2 + 1, 1), 2.0 / n_fft)
        weight[[0, -1]] = 1.0 / n_fft
        self.register_buffer("weight", weight, persistent=False)

    def forward(self, real: Tensor, imaginary: Tensor) -> Tensor:
        spectra = torch.cat([real * self.weight, imaginary * self.weight], dim=1)
        audio = conv_transpose1d(spectra, self.basis(), stride=self.hop)
        ones = torch.ones_like(spectra[:1, :1])
        square = (self.basis.window**2)[None, None]
        envelope = conv_transpose1d(ones, square, stride=self.hop)
        half = self.n_fft // 2
        frames = spectra.shape[2] * self.hop
        return (audio / envelope.clamp_min(1e-4))[:, 0, half : half + frames]


class FastInverseStft(nn.Module):
    """The same audio by FFT: faster for training, but not to be exported."""

    window: Tensor

    def __init__(self, n_fft: int, hop: int) -> None:
        super().__init__()
        self.n_fft, self.hop = n_fft, hop
        self.register_buffer("window", torch.hann_window(n_fft), persistent=False)

    def forward(self, real: Tensor, imaginary: Tensor) -> Tensor:
        spans = torch.fft.irfft(torch.complex(real, imaginary), dim=1) * self.window[:, None]
        envelope = (self.window**2)[None, :, None].expand(1, -1, spans.shape[2])
        half, frames = self.n_fft // 2, spans.shape[2] * self.hop
        audio = self._overlapped(spans) / self._overlapped(envelope).clamp_min(1e-4)
        return audio[:, half : half + frames]

    def _overlapped(self, spans: Tensor) -> Tensor:
        length = (spans.shape[2] - 1) * self.hop + self.n_fft
        return fold(spans, (1, length), (1, self.n_fft), stride=(1, self.hop))[:, 0, 0]
