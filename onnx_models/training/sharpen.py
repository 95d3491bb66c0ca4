"""Sharpens the distilled student: its renders are to move as much as played music does.

A student of mean velocities renders nearly the mean of what could be played: its attacks are soft,
its partials dull. The error of a frame does not tell, as it is least for the mean; how much each
feature moves over an example does. Here the student renders examples through all its steps and
learns to move as much as what was played, and the same way.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

import torch
from torch import Tensor

from onnx_models.networks.denoiser import Denoiser, Inputs
from onnx_models.networks.latents import MEL_BANDS, Pca
from onnx_models.networks.prompt import Wish
from onnx_models.networks.timbre import most_sounding
from onnx_models.training.denoiser import Run, beginning, train, trained_denoiser
from onnx_models.training.distil import DISTILLED_FILE, STEPS
from onnx_models.training.run import Master, bfloat16_copy, load

SHARPENED_FILE: Final = "sharpened.pt"
LAGS: Final = (1, 4)  # frames over which movements are compared, beside the whole example
KEPT: Final = 4.0  # weight of straying, in squared velocity
TOGETHER: Final = 1.0  # weight of how much all examples move, against how each one does
PEAKS: Final = 0.3  # weight of their level, against the mean level's
LOUDEST: Final = 32  # a feature's peak is the mean of its highest value in so many frames
LEAST_SPREAD: Final = 0.05
LEAST_DEVIATION: Final = 0.05  # of a component's spread: what moves less stands still


class Movement(NamedTuple):
    """How latents (B, T, CHANNELS) lie and move in each component, (B, CHANNELS)."""

    mean: Tensor
    peak: Tensor  # how far the highest moments are above the mean
    deviation: Tensor
    steps: tuple[Tensor, ...]  # root mean squares of the changes over LAGS


def movement(latents: Tensor) -> Movement:
    """Return how `latents` move."""
    changes = [latents[:, lag:] - latents[:, :-lag] for lag in LAGS]
    centred = latents - latents.mean(dim=1, keepdim=True)
    highest = centred.topk(max(1, latents.shape[1] // LOUDEST), dim=1).values
    sizes = size(centred), tuple(map(size, changes))
    return Movement(latents.mean(dim=1), highest.mean(dim=1), *sizes)


def sizes_of(moving: Movement) -> tuple[Tensor, ...]:
    """Return how much `moving` moves, each (B, CHANNELS)."""
    return moving.deviation, *moving.steps


def size(values: Tensor) -> Tensor:
    """Return the root mean square over time, never quite 0."""
    return (values.square().mean(dim=1) + LEAST_DEVIATION**2).sqrt()


def unlike(played: Tensor, rendered: Tensor) -> Tensor:
    """Return how differently two latents (B, T, CHANNELS) of unit spread move.

    Sizes are compared as logarithms; the course by its correlation, which no size changes.
    """
    mine, theirs = movement(rendered), movement(played)
    sizes = zip(sizes_of(mine), sizes_of(theirs), strict=True)
    size_error = torch.stack([(one / other).log().abs() for one, other in sizes]).mean(dim=0)
    together = (rendered - mine.mean[:, None]) * (played - theirs.mean[:, None])
    correlation = together.mean(dim=1) / (mine.deviation * theirs.deviation)
    level_error = (mine.mean - theirs.mean).abs() + PEAKS * (mine.peak - theirs.peak).abs()
    return level_error + size_error + 1 - correlation


def unlike_together(played: Tensor, rendered: Tensor) -> Tensor:
    """Return how differently much all examples (B, T, CHANNELS) move, taken together, (CHANNELS,).

    Renders that are right in the middle of each one's logarithm still lack what moves most.
    """
    pairs = zip(sizes_of(movement(rendered)), sizes_of(movement(played)), strict=True)
    powers = [(one.square().mean(0), other.square().mean(0)) for one, other in pairs]
    return torch.stack([(one / other).log().abs() / 2 for one, other in powers]).mean(dim=0)


class Render(NamedTuple):
    """What a student renders of examples, and how far each example is from what is kept."""

    latents: Tensor  # (B, T, CHANNELS)
    strayed: Tensor  # (B,), the mean squared distance of its velocities from the first student's


def rendered(student: Denoiser, first: Denoiser, inputs: Inputs, wish: Wish) -> Render:
    """Return a render from noise in the student's own steps, each compared with `first`'s."""
    dtype = student.velocity.weight.dtype
    inputs = Inputs(*(x.to(dtype) if x.ndim == 3 else x for x in inputs))
    most = most_sounding(inputs.notes)
    control = student.controls(inputs, wish, most)
    with torch.no_grad():
        first_control = first.controls(inputs, wish, most)
    latents = torch.randn_like(inputs.known, dtype=torch.float32)
    strayed = []
    for step in range(STEPS):
        time = torch.full_like(inputs.time, 1 - step / STEPS)
        moment = inputs._replace(latents=latents.to(dtype), time=time)
        velocity = student.step(moment, wish, control).float()
        with torch.no_grad():
            wanted = first.step(moment, wish, first_control).float()
        strayed.append((velocity - wanted).square().mean(dim=(1, 2)))
        latents = latents - velocity / STEPS
    return Render(latents, torch.stack(strayed).mean(dim=0))


def views(latents: Tensor, pca: Pca) -> tuple[Tensor, ...]:
    """Return what is compared of `latents`, each (B, frames, features).

    The latents themselves, their log-mel spectra, and how these differ from band to band: where
    partials stand out, and so which instrument plays.
    """
    spectra = pca.decode(latents).reshape(len(latents), -1, 2, MEL_BANDS)
    return latents, spectra.flatten(2), spectra.diff(dim=3).flatten(2)


def spread(values: Tensor) -> Tensor:
    """Return the standard deviation of each feature of `values` (B, frames, features)."""
    return values.flatten(0, 1).std(dim=0)


@dataclass(frozen=True, slots=True)
class Sharpening:
    """What a student learns that began as `first`.

    A part without notes could be played in so many ways that the one played says little of how
    it should go: there the student stays with what it was taught before.
    """

    first: Denoiser

    def loss(self, student: Denoiser, data: Tensor, inputs: Inputs, wish: Wish) -> Tensor:
        """Return how unlike played music the renders of some of the examples are."""
        pca = student.control.timbre.pca
        spreads = [spread(view).clamp_min(LEAST_SPREAD) for view in views(data, pca)]
        count = max(1, len(data) // STEPS)
        data, inputs = data[:count], Inputs(*(x[:count] for x in inputs))
        made = rendered(student, self.first, inputs, Wish(*(x[:count] for x in wish)))
        latents = torch.where(inputs.known_mask > 0, data, made.latents)
        compared = zip(views(data, pca), views(latents, pca), spreads, strict=True)
        pairs = [(one / s, other / s) for one, other, s in compared]
        apart = torch.stack([unlike(*pair).mean(dim=1) for pair in pairs]).mean(dim=0)
        sketched = inputs.notes_mask.amax(dim=(1, 2)) > 0
        together = [unlike_together(one[sketched], other[sketched]).mean() for one, other in pairs]
        in_all = torch.stack(together).mean() if sketched.any() else 0.0
        return torch.where(sketched, apart, KEPT * made.strayed).mean() + TOGETHER * in_all


def train_sharpened(run: Run) -> None:
    """Train on from the folder's own checkpoint; else from what was distilled, else the pack."""
    place, checkpoint = run.place, run.place.folder / SHARPENED_FILE
    distilled = place.folder / DISTILLED_FILE
    student = trained_denoiser(distilled) if distilled.exists() else beginning(*place)
    student.control.timbre.requires_grad_(False)
    first = bfloat16_copy(student).requires_grad_(False).to(run.device)
    master = Master(student.to(run.device), run.learning_rate, warm_up=50, average_over=100)
    if checkpoint.exists():
        master.resume(load(checkpoint))
    train(master, run, Sharpening(first).loss, SHARPENED_FILE)
