"""Phases for magnitudes by fast Griffin-Lim, all matrix products: it exports and is fast.

A spectrum is kept *folded*: bin k1 + P k2 stands at [k1, k2], k1 in 0..P/2, as the two steps of
the transform leave it (Cooley and Tukey, N = P Q); what is missing mirrors what is there.
"""

import math
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn.functional import pad

P: Final = 64
Q: Final = 32
N_FFT: Final = P * Q
HOP: Final = N_FFT // 4
ROWS: Final = P // 2 + 1


def folded_bins() -> Tensor:
    """Return the bin 0..N_FFT / 2 whose magnitude stands at each folded place, int64 (ROWS, Q)."""
    bins = torch.arange(ROWS)[:, None] + P * torch.arange(Q)[None]
    return torch.minimum(bins, N_FFT - bins)


def turns(first: Tensor, second: Tensor, period: int) -> tuple[Tensor, Tensor]:
    """Return cosine and sine of 2 pi first second / period, float32 (len(first), len(second))."""
    angle = 2 * math.pi * (torch.outer(first, second) % period).double() / period
    return angle.cos().float(), angle.sin().float()


class FoldedFourier(nn.Module):
    """The real Fourier transform of N_FFT points and its inverse, in folded order."""

    analysis: Tensor
    synthesis: Tensor
    forth: Tensor
    back: Tensor
    cosine: Tensor
    sine: Tensor

    def __init__(self) -> None:
        super().__init__()
        rows, columns = torch.arange(ROWS), torch.arange(Q)
        cosine, sine = turns(torch.arange(P), rows, P)
        weight = torch.full((ROWS,), 2.0 / N_FFT)
        weight[[0, -1]] = 1.0 / N_FFT
        once = torch.stack([cosine * weight, -sine * weight]).permute(0, 2, 1).reshape(-1, P)
        cosine_q, sine_q = turns(columns, columns, Q)
        forth = torch.cat([torch.cat([cosine_q, -sine_q], 1), torch.cat([sine_q, cosine_q], 1)])
        self.register_buffer("analysis", torch.cat([cosine, -sine], 1), persistent=False)
        self.register_buffer("synthesis", once, persistent=False)
        self.register_buffer("forth", forth, persistent=False)
        self.register_buffer("back", forth.T.contiguous(), persistent=False)
        twiddle = turns(rows, columns, N_FFT)
        self.register_buffer("cosine", twiddle[0], persistent=False)
        self.register_buffer("sine", twiddle[1], persistent=False)

    def forward(self, spans: Tensor) -> tuple[Tensor, Tensor]:
        """Return real and imaginary parts (..., ROWS, Q) of `spans` (..., N_FFT)."""
        grid = spans.reshape(*spans.shape[:-1], P, Q).transpose(-1, -2)
        real, imaginary = torch.matmul(grid, self.analysis).transpose(-1, -2).chunk(2, dim=-2)
        turned = torch.cat(
            [real * self.cosine + imaginary * self.sine,
             imaginary * self.cosine - real * self.sine], dim=-1)  # fmt: skip
        spectrum = torch.matmul(turned, self.forth)
        return spectrum[..., :Q], spectrum[..., Q:]

    def inverse(self, real: Tensor, imaginary: Tensor) -> Tensor:
        """Return spans (..., N_FFT) for real and imaginary parts (..., ROWS, Q)."""
        mixed = torch.matmul(torch.cat([real, imaginary], dim=-1), self.back)
        real, imaginary = mixed[..., :Q], mixed[..., Q:]
        turned = torch.cat(
            [real * self.cosine - imaginary * self.sine,
             imaginary * self.cosine + real * self.sine], dim=-2)  # fmt: skip
        return torch.matmul(turned.transpose(-1, -2), self.synthesis).transpose(-1, -2).flatten(-2)


TINY: Final = 1e-6  # keeps silence finite; the exporter takes anything below 1e-8 for zero
REACH: Final = 3  # bins on each side that a peak carries along


def shifted(x: Tensor, by: int) -> Tensor:
    """Return `x` moved by `by` bins along its last axis, zeros moving in."""
    return pad(x, (by, 0))[..., :-by] if by > 0 else pad(x, (0, -by))[..., -by:]


def first_phases(magnitude: Tensor) -> Tensor:
    """Return phases in turns for magnitudes (B, frames, bins), to start Griffin-Lim from.

    Each spectral peak runs on from frame to frame at its own frequency, read by a parabola
    through its logarithm, and carries its neighbours along (single-pass spectrogram inversion:
    Beauregard, Harish and Wyse, 2015).
    """
    level = torch.log(magnitude + 1e-3)
    below, above = shifted(level, 1), shifted(level, -1)
    peak = (level > below) & (level >= above)
    curve = (below - 2 * level + above).clamp(max=-1e-3)
    offset = (0.5 * (below - above) / curve).clamp(-0.5, 0.5) * peak
    bins = torch.arange(magnitude.shape[2], device=magnitude.device)
    away = torch.zeros_like(level)  # from each bin to its peak
    found = peak
    for distance in range(1, REACH + 1):
        for step in (distance, -distance):
            near = (shifted(peak.float(), step) > 0) & ~found
            away = torch.where(near, away - step, away)
            offset = torch.where(near, shifted(offset * peak, step), offset)
            found = found | near
    moves = ((bins % 4) + (away % 4)) / 4 + offset / 4  # a quarter turn a bin and hop
    run = torch.cumsum(moves, dim=1) % 1
    at_peak = run.gather(2, (bins + away).long().clamp(0, magnitude.shape[2] - 1))
    return at_peak + 0.5 * (bins % 2)  # spans are centred: neighbours stand half a turn apart


class GriffinLim(nn.Module):
    """Magnitudes (B, frames, bins) to audio (B, frames * HOP).

    Fast Griffin-Lim (Perraudin, Balazs and Sondergaard, 2013) from `first_phases`.
    """

    window: Tensor
    bins: Tensor
    mirror: Tensor

    def __init__(self, rounds: int, momentum: float = 0.99) -> None:
        super().__init__()
        self.rounds, self.momentum = rounds, momentum
        self.fourier = FoldedFourier()
        whole = torch.arange(ROWS)[:, None] + P * torch.arange(Q)[None]
        self.register_buffer("window", torch.hann_window(N_FFT), persistent=False)
        self.register_buffer("bins", folded_bins().flatten(), persistent=False)
        sign = torch.where(whole <= N_FFT // 2, 1.0, -1.0)
        self.register_buffer("mirror", sign, persistent=False)

    def folded(self, x: Tensor) -> Tensor:
        """Return `x` (B, frames, bins) in folded order (B, frames, ROWS, Q)."""
        return x[:, :, self.bins].reshape(x.shape[0], -1, ROWS, Q)

    def spans(self, audio: Tensor, frames: int) -> Tensor:
        """Return windowed spans (B, frames, N_FFT) of padded audio (B, (frames + 3) * HOP)."""
        blocks = audio.reshape(audio.shape[0], -1, HOP)
        quarters = [blocks[:, i : i + frames] for i in range(4)]
        return torch.cat(quarters, dim=2) * self.window

    def overlapped(self, spans: Tensor) -> Tensor:
        """Return the sum of windowed `spans` (B, frames, N_FFT), (B, frames + 3, HOP)."""
        parts = (spans * self.window).reshape(*spans.shape[:2], 4, HOP).unbind(2)
        return torch.stack([pad(part, (0, 0, i, 3 - i)) for i, part in enumerate(parts)]).sum(0)

    def audio(self, real: Tensor, imaginary: Tensor, envelope: Tensor) -> Tensor:
        """Return padded audio (B, (frames + 3) * HOP)."""
        return (self.overlapped(self.fourier.inverse(real, imaginary)) / envelope).flatten(1)

    def forward(self, magnitude: Tensor) -> Tensor:
        return self.played(*self.spectrum(magnitude))

    def spectrum(self, magnitude: Tensor) -> tuple[Tensor, Tensor]:
        """Return real and imaginary parts for `magnitude`, each (B, frames, ROWS, Q)."""
        frames, envelope = magnitude.shape[1], self.envelope(magnitude.shape[1])
        angle = 2 * math.pi * self.folded(first_phases(magnitude))
        wanted = self.folded(magnitude)
        real, imaginary = wanted * torch.cos(angle), wanted * torch.sin(angle) * self.mirror
        before_real, before_imaginary = real, imaginary
        for _ in range(self.rounds):
            spans = self.spans(self.audio(real, imaginary, envelope), frames)
            now_real, now_imaginary = self.fourier(spans)
            ahead_real = now_real + self.momentum * (now_real - before_real)
            ahead_imaginary = now_imaginary + self.momentum * (now_imaginary - before_imaginary)
            power = ahead_real**2 + ahead_imaginary**2 + TINY
            scale = wanted * torch.rsqrt(power)
            real, imaginary = ahead_real * scale, ahead_imaginary * scale
            before_real, before_imaginary = now_real, now_imaginary
        return real, imaginary

    def envelope(self, frames: int) -> Tensor:
        """Return what the windows of `frames` spans sum up to, (1, frames + 3, HOP)."""
        return self.overlapped(self.window.expand(1, frames, -1)).clamp_min(1e-3)

    def played(self, real: Tensor, imaginary: Tensor) -> Tensor:
        """Return the audio (B, frames * HOP) of a spectrum."""
        frames = real.shape[1]
        audio = self.audio(real, imaginary, self.envelope(frames))
        return audio[:, 2 * HOP : (frames + 2) * HOP]
