"""A discriminator that learns beside the vocoder, and what it has to say about its spectra."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import torch
from torch import Tensor
from torch.nn.functional import l1_loss
from torch.optim import AdamW

from onnx_models.networks.discriminator import Discriminator
from onnx_models.networks.latents import SAMPLE_RATE_HZ
from onnx_models.networks.vocoder import BINS

LEARNING_RATE: Final = 3e-4
HEAD_START: Final = 150  # lessons before it is listened to
MATCHING: Final = 2.0  # weight of what its layers see against its scores
HEARD_HZ: Final = (500.0, 1500.0)  # not below, wholly above: texture there blurs basses' notes


def heard_bins() -> Tensor:
    """Return how much the critic is listened to at each bin, 0..1, (BINS,)."""
    low_hz, high_hz = HEARD_HZ
    return ((torch.linspace(0, SAMPLE_RATE_HZ / 2, BINS) - low_hz) / (high_hz - low_hz)).clamp(0, 1)


@dataclass(slots=True)
class Critic:
    """Least-squares adversarial training (arXiv 1611.04076) with feature matching (1910.06711)."""

    discriminator: Discriminator = field(default_factory=Discriminator)
    lessons: int = 0
    told_apart: Tensor = field(default_factory=lambda: torch.zeros(()))  # see `learn`
    optimiser: AdamW = field(init=False)

    def __post_init__(self) -> None:
        weights = self.discriminator.parameters()
        self.optimiser = AdamW(weights, LEARNING_RATE, betas=(0.5, 0.9), weight_decay=0.0)

    @property
    def heard(self) -> bool:
        """Return whether it has learned enough to be listened to."""
        return self.lessons > HEAD_START

    def look(self, log_magnitude: Tensor, told: Tensor) -> list[Tensor]:
        """Return what the discriminator's layers see, and its scores."""
        with torch.autocast(told.device.type, torch.bfloat16):
            return [layer.float() for layer in self.discriminator(log_magnitude, told)]

    def learn(self, made: Tensor, wanted: Tensor, told: Tensor) -> None:
        """Teach the discriminator to tell `wanted` from `made`.

        `told_apart` is how much higher it scored the real sound.
        """
        real, false = self.look(wanted, told)[-1], self.look(made.detach(), told)[-1]
        loss = (1 - real).square().mean() + false.square().mean()
        self.optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        self.optimiser.step()
        self.lessons += 1
        self.told_apart = real.detach().mean() - false.detach().mean()

    def loss(self, made: Tensor, wanted: Tensor, told: Tensor) -> Tensor:
        """Return how far `made` is from passing for `wanted`."""
        with torch.no_grad():
            real = self.look(wanted, told)
        seen = self.look(made, told)
        pairs = zip(seen[:-1], real[:-1], strict=True)
        matching = torch.stack([l1_loss(a, b) / b.abs().mean() for a, b in pairs]).mean()
        return (1 - seen[-1]).square().mean() + MATCHING * matching


def balanced(main: Tensor, others: Iterable[tuple[float, Tensor]]) -> Tensor:
    """Return the first gradient plus the others, each brought to its weight times the first's size.

    So no loss's own scale matters (the balancer of arXiv 2210.13438).
    """
    size = main.norm()
    for weight, other in others:
        main = main + weight * size / other.norm().clamp_min(1e-12) * other
    return main
