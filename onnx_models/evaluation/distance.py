"""Distances between sets of sounds."""

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist, pdist  # type: ignore[import-untyped]

Embeddings = NDArray[np.float32] | NDArray[np.float64]


def kernel_audio_distance(reference: Embeddings, other: Embeddings) -> float:
    """Return KAD (arXiv 2502.15602) between embeddings (n, d) and (m, d), each at least two.

    The unbiased MMD squared with a Gaussian kernel, times 1000; its bandwidth is the median
    distance within `reference`. About 0 for two draws from one distribution, and then negative
    as often as positive.
    """
    if min(len(reference), len(other)) < 2:
        raise ValueError(f"KAD needs two embeddings a side, got {len(reference)} and {len(other)}")
    scale = 2 * max(float(np.median(pdist(reference))), 1e-12) ** 2

    def within(points: Embeddings) -> float:
        return float(np.exp(-(pdist(points) ** 2) / scale).mean())

    across = float(np.exp(-(cdist(reference, other) ** 2) / scale).mean())
    return 1000 * (within(reference) + within(other) - 2 * across)
