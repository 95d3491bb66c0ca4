"""The times of the steps, from noise (1) to data (0)."""

import numpy as np
import numpy.typing as npt

from inference.pack import Sampling


def step_times(
    sampling: Sampling, steps: int | None = None, strength: float = 1.0
) -> npt.NDArray[np.float64]:
    """Return `steps + 1` times that fall from `strength` (or the pack's first time) to 0.

    A pack with explicit times keeps their curve when another number of steps is asked for.
    """
    if sampling.times is not None:
        count = steps or len(sampling.times) - 1
        at = np.linspace(0, len(sampling.times) - 1, count + 1)
        times = np.interp(at, np.arange(len(sampling.times)), sampling.times)
    else:
        even = np.linspace(1.0, 0.0, (steps or sampling.steps) + 1)
        times = sampling.shift * even / (1 + (sampling.shift - 1) * even)
    return np.asarray(times * strength, np.float64)
