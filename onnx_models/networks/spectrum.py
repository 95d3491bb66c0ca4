"""The Fourier transform as a convolution, which exports to ONNX."""

import math

import torch
from torch import Tensor, nn


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
