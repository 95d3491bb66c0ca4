"""Distils guided flow in many steps into one step of four, without guidance."""

from dataclasses import dataclass
from typing import Final, NamedTuple

import torch
from torch import Tensor

from onnx_models.networks.denoiser import Denoiser, Inputs
from onnx_models.networks.prompt import Wish
from onnx_models.networks.timbre import most_sounding
from onnx_models.training.denoiser import (
    FILE,
    Run,
    error,
    noised,
    train,
    trained_denoiser,
    velocity,
)
from onnx_models.training.run import Master, bfloat16_copy, load

DISTILLED_FILE: Final = "distilled.pt"
STEPS: Final = 4
FROM_NOISE: Final = 0.5  # how often lessons follow the teacher's own way from noise
SHORTEST: Final = 1e-3


class Lesson(NamedTuple):
    """Where the flow is, what is wished for, and the mean velocity over the next step."""

    inputs: Inputs
    wish: Wish
    wanted: Tensor


@dataclass(frozen=True, slots=True)
class Teacher:
    """A trained denoiser that takes each step in `substeps`, guided from noise to `guided_from`."""

    network: Denoiser
    guidance: float
    guided_from: float
    substeps: int

    @torch.no_grad()
    def lesson(self, data: Tensor, inputs: Inputs, wish: Wish) -> Lesson:
        """Return a lesson on examples, from a random moment or along the whole way from noise."""
        if torch.rand(()) < FROM_NOISE:
            return self.way_from_noise(inputs, wish)
        given, _ = noised(data, inputs)
        return Lesson(given, wish, self.mean_velocity(given, wish))

    def way_from_noise(self, inputs: Inputs, wish: Wish) -> Lesson:
        """Return the lessons of all steps of a quarter of the examples."""
        count = max(1, len(inputs.time) // STEPS)
        inputs, wish = Inputs(*(x[:count] for x in inputs)), Wish(*(x[:count] for x in wish))
        inputs = inputs._replace(latents=torch.randn_like(inputs.known))
        lessons = []
        for step in range(STEPS):
            inputs = inputs._replace(time=torch.full_like(inputs.time, 1 - step / STEPS))
            lessons.append(Lesson(inputs, wish, self.mean_velocity(inputs, wish)))
            inputs = inputs._replace(latents=inputs.latents - lessons[-1].wanted / STEPS)
        given, wishes, wanted = zip(*lessons, strict=True)
        return Lesson(Inputs(*stacked(given)), Wish(*stacked(wishes)), torch.cat(wanted))

    def mean_velocity(self, inputs: Inputs, wish: Wish) -> Tensor:
        """Return the mean velocity over the next quarter of the way, or what is left of it."""
        dtype = self.network.velocity.weight.dtype
        both = Inputs(*(x.to(dtype) if x.ndim == 3 else x for x in stacked((inputs, inputs))))
        wishes = Wish(*stacked((wish, Wish(*map(torch.zeros_like, wish)))))
        control = self.network.controls(both, wishes, most_sounding(inputs.notes))
        length = inputs.time.clamp(SHORTEST, 1 / STEPS)
        at, time = inputs.latents, inputs.time
        for _ in range(self.substeps):
            moment = both._replace(
                latents=torch.cat([at, at]).to(dtype), time=torch.cat([time, time])
            )
            prompted, plain = self.network.step(moment, wishes, control).float().chunk(2)
            scale = torch.where(time >= self.guided_from, self.guidance, 1.0)[:, None, None]
            flow = plain + scale * (prompted - plain)
            at = at - (length / self.substeps)[:, None, None] * flow
            time = time - length / self.substeps
        return (inputs.latents - at) / length[:, None, None]

    def loss(self, student: Denoiser, data: Tensor, inputs: Inputs, wish: Wish) -> Tensor:
        """Return how far `student` is from the teacher."""
        given, wish, wanted = self.lesson(data, inputs, wish)
        return error(velocity(student, given, wish), wanted, given)


def stacked(rows: tuple[tuple[Tensor, ...], ...]) -> list[Tensor]:
    """Return the columns of `rows`, each joined along the batch."""
    return [torch.cat(column) for column in zip(*rows, strict=True)]


def train_distilled(run: Run, guidance: float, guided_from: float, substeps: int) -> None:
    """Train a student of the averaged denoiser in the run's folder; goes on from its checkpoint."""
    student = trained_denoiser(run.place.folder / FILE).to(run.device)
    student.control.timbre.requires_grad_(False)
    teacher = Teacher(bfloat16_copy(student).requires_grad_(False), guidance, guided_from, substeps)
    master = Master(student, run.learning_rate, warm_up=50, average_over=100)
    checkpoint = run.place.folder / DISTILLED_FILE
    if checkpoint.exists():
        master.resume(load(checkpoint))
    train(master, run, teacher.loss, DISTILLED_FILE)
