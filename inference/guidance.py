"""How the velocity under the prompt is pushed away from that without it."""

import numpy as np

from inference.arrays import Floats
from inference.pack import Sampling


def classifier_free(prompted: Floats, plain: Floats, scale: float) -> Floats:
    """Return the guided velocity (Ho and Salimans, arXiv 2207.12598)."""
    return plain + np.float32(scale) * (prompted - plain)


def adaptive_projected(prompted: Floats, push: Floats, scale: float, threshold: float) -> Floats:
    """Return `prompted` guided by the part of `push` at right angles to it (arXiv 2410.02416).

    Norms run over the frames of a window, each channel alone; `threshold` 0 sets no limit.
    """
    if threshold > 0:
        norm = np.linalg.norm(push, axis=0, keepdims=True)
        push = push * np.minimum(1, threshold / np.maximum(norm, 1e-12))
    along = prompted / np.maximum(np.linalg.norm(prompted, axis=0, keepdims=True), 1e-12)
    across = push - (push * along).sum(axis=0, keepdims=True) * along
    return np.asarray(prompted + (scale - 1) * across, np.float32)


class Guide:
    """Guidance over the steps of one render; APG remembers the last push of each window."""

    def __init__(self, sampling: Sampling) -> None:
        self._sampling = sampling
        self._push: dict[object, Floats] = {}

    def scale_at(self, time: float, scale: float | None) -> float:
        """Return the scale in force at `time`, 1 where there is no guidance."""
        sampling = self._sampling
        low, high = sampling.guidance_interval
        if sampling.guidance == "none" or not low <= time <= high:
            return 1.0
        return sampling.guidance_scale if scale is None else scale

    def __call__(self, window: object, prompted: Floats, plain: Floats, scale: float) -> Floats:
        """Return the guided velocity of `window`, (frames, channels)."""
        if self._sampling.guidance == "cfg":
            return classifier_free(prompted, plain, scale)
        push = prompted - plain
        if window in self._push:
            push = push + np.float32(self._sampling.momentum) * self._push[window]
        self._push[window] = push
        return adaptive_projected(prompted, push, scale, self._sampling.norm_threshold)
