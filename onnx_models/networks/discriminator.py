"""Tells spectra of real sound from the vocoder's; only training has it."""

from typing import Final

import torch
from torch import Tensor, nn
from torch.nn.functional import leaky_relu

WIDTHS: Final = (24, 48, 64, 96)
SLOPE: Final = 0.2


class Discriminator(nn.Module):
    """Scores patches of log magnitudes, (B, frames, 2, BINS), beside what the latents tell of them.

    Convolutions that halve frames and bins at each layer (PatchGAN, arXiv 1611.07004). It is shown
    what the magnitudes add to the told ones: the two are nearly the same, and it learned nothing
    from them as they are.
    """

    def __init__(self) -> None:
        super().__init__()
        widths = zip((4, *WIDTHS), WIDTHS, strict=False)
        self.layers = nn.ModuleList(
            nn.Sequential(nn.Conv2d(i, o, 5, stride=2, padding=2), nn.GroupNorm(8, o))
            for i, o in widths
        )
        self.score = nn.Conv2d(WIDTHS[-1], 1, 3, padding=1)

    def forward(self, log_magnitude: Tensor, told: Tensor) -> list[Tensor]:
        """Return what each layer sees, and last the scores: near 1 for real sound."""
        x = torch.cat([log_magnitude - told, told / 4 + 1], dim=2).transpose(1, 2)
        seen = []
        for layer in self.layers:
            x = leaky_relu(layer(x), SLOPE)
            seen.append(x)
        return [*seen, self.score(x)]
