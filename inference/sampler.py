"""The samplers: from noise to latents along the velocity."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from inference.arrays import Latents
from inference.progress import CancelToken, OnProgress, Progress, Stage

Velocities: TypeAlias = Callable[[Sequence[Latents], float], Sequence[Latents]]


def flow_euler(
    latents: Sequence[Latents],
    times: npt.NDArray[np.float64],
    velocities: Velocities,
    on_progress: OnProgress,
    cancel: CancelToken,
) -> list[Latents]:
    """Return the latents of several canvases after the flow from `times[0]` to `times[-1]`."""
    current = list(latents)
    for done, (time, next_time) in enumerate(pairwise(times), start=1):
        cancel.raise_if_cancelled()
        step = np.float32(next_time - time)
        flows = velocities(current, float(time))
        current = [at + step * flow for at, flow in zip(current, flows, strict=True)]  # Euler step
        on_progress(Progress(Stage.DENOISE, done, len(times) - 1))
    return current
