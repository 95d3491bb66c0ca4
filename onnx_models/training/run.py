"""What every training run needs: a time budget, checkpoints, averaged weights, a log."""

import csv
import time
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

import torch
from torch import Tensor, nn
from torch.optim import AdamW, Muon, Optimizer

from onnx_models.checkpoint import read

N = TypeVar("N", bound=nn.Module)

SAVE_EVERY_S: Final = 180.0
LOG_EVERY: Final = 20  # steps


class Place(NamedTuple):
    """Where training keeps its files, and the pack that it goes on from, if any."""

    folder: Path
    pack: Path | None


def optimisers(network: nn.Module, learning_rate: float) -> list[Optimizer]:
    """Return Muon for the blocks' matrices, if there are any, and AdamW for everything else."""
    matrices: list[nn.Parameter] = []
    rest: list[nn.Parameter] = []
    for name, weight in network.named_parameters():
        inner = ".modulation." not in name and name.split(".")[0] == "blocks"
        (matrices if inner and weight.ndim == 2 else rest).append(weight)
    adam = AdamW(rest, lr=learning_rate, betas=(0.9, 0.98), weight_decay=0.0)
    if not matrices:
        return [adam]
    return [
        Muon(matrices, lr=learning_rate, weight_decay=0.01, adjust_lr_fn="match_rms_adamw"),
        adam,
    ]


@dataclass(slots=True)
class Master:
    """Weights in float32 behind a network that computes in bfloat16, and their average."""

    network: nn.Module
    learning_rate: float
    warm_up: int = 200
    average_over: int = 600
    step: int = 0
    cold_at: int = 0  # the step at which the optimisers knew nothing
    weights: nn.Module = field(init=False)
    average: dict[str, Tensor] = field(init=False)
    optimisers: list[Optimizer] = field(init=False)

    def __post_init__(self) -> None:
        self.weights = self.network
        self.network = bfloat16_copy(self.weights)
        self.average = {k: v.detach().clone() for k, v in self.weights.named_parameters()}
        self.optimisers = optimisers(self.weights, self.learning_rate)

    def update(self, scale: float) -> Tensor:
        """Step with the gradients that stand on `network`; return their norm.

        `scale` multiplies the learning rate, for its fall towards the end.
        """
        for master, working in zip(
            self.weights.parameters(), self.network.parameters(), strict=True
        ):
            master.grad = None if working.grad is None else working.grad.float()
            working.grad = None
        norm = nn.utils.clip_grad_norm_(self.weights.parameters(), 1.0)
        rate = self.learning_rate * scale * min(1.0, (self.step + 1 - self.cold_at) / self.warm_up)
        for optimiser in self.optimisers:
            optimiser.param_groups[0]["lr"] = rate
            optimiser.step()
        self.step += 1
        self._follow()
        return norm

    @torch.no_grad()
    def _follow(self) -> None:
        mixing = max(1 / self.average_over, 1 / (self.step / 4 + 1))
        masters: list[Tensor] = list(self.weights.parameters())
        torch._foreach_copy_(list(self.network.parameters()), masters)
        torch._foreach_lerp_(list(self.average.values()), masters, mixing)

    def state(self) -> dict[str, Any]:
        """Return all that resuming needs."""
        return {
            "step": self.step,
            "weights": self.weights.state_dict(),
            "average": self.average,
            "optimisers": [optimiser.state_dict() for optimiser in self.optimisers],
        }

    def resume(self, state: Mapping[str, Any]) -> None:
        """Go on from `state`, or begin from its averaged weights where that is all it has."""
        self.step = state["step"]
        self.weights.load_state_dict(state["weights"])
        for name, average in self.average.items():
            average.copy_(state["average"].get(name, self.weights.state_dict()[name]))
        self.cold_at = 0 if state["optimisers"] else self.step
        for optimiser, saved in zip(self.optimisers, state["optimisers"], strict=False):
            optimiser.load_state_dict(saved)
        self.network = bfloat16_copy(self.weights)  # buffers too


def bfloat16_copy(network: N) -> N:
    """Return a copy of `network` that computes in bfloat16; its buffers stay as they are."""
    copy = deepcopy(network)
    for weight in copy.parameters():
        weight.data = weight.data.bfloat16()
    return copy


def save(state: Mapping[str, Any], path: Path) -> None:
    """Write `state`, replacing what stood there only when all of it is written."""
    partial = path.with_suffix(".partial")
    torch.save(dict(state), partial)
    partial.replace(path)


def light(state: Mapping[str, Any]) -> dict[str, Any]:
    """Return the averaged weights of `state` alone, in half precision: a sixth of its size."""
    weights = {k: v.half() for k, v in (state["weights"] | state["average"]).items()}
    return {"step": state["step"], "weights": weights, "average": {}, "optimisers": []}


def load(path: Path) -> dict[str, Any]:
    """Return what `save` wrote; ValueError where the file is something else."""
    return read(path)


@dataclass(slots=True)
class Clock:
    """Counts a run's time: `fraction` goes from 0 to 1 over the budget."""

    budget_s: float
    started: float = field(default_factory=time.monotonic)
    saved: float = field(default_factory=time.monotonic)
    lapped: float = field(default_factory=time.monotonic)

    @property
    def fraction(self) -> float:
        """Return how much of the budget is used, 0..1."""
        return min(1.0, (time.monotonic() - self.started) / self.budget_s)

    def ticks(self) -> Iterator[float]:
        """Yield the fraction used until the budget is spent."""
        while (used := self.fraction) < 1.0:
            yield used

    def lap(self) -> float:
        """Return the seconds since the last lap."""
        now = time.monotonic()
        seconds, self.lapped = now - self.lapped, now
        return seconds

    def save_due(self) -> bool:
        """Return whether it is time to save again."""
        if time.monotonic() - self.saved < SAVE_EVERY_S:
            return False
        self.saved = time.monotonic()
        return True


def fall(fraction: float, start: float) -> float:
    """Return the learning rate's scale: 1 until `start`, then linearly down to 0.05."""
    return 1.0 if fraction < start else max(0.05, (1 - fraction) / (1 - start))


def log(path: Path, row: Mapping[str, float]) -> None:
    """Append `row` to the CSV file at `path`."""
    fresh = not path.exists()
    with path.open("a", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        if fresh:
            writer.writeheader()
        writer.writerow({name: f"{value:.6g}" for name, value in row.items()})
