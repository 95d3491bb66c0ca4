"""Distances between sets of sounds."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.signal import ShortTimeFFT  # type: ignore[import-untyped]
from scipy.spatial.distance import cdist, pdist  # type: ignore[import-untyped]

FFT_SIZES: Final = (512, 1024, 2048)
SILENT: Final = 1e-3  # -60 dB of a full-scale sine: what is softer is not compared

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


def spectral_distance(original: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """Return the multi-resolution spectral distance of `other` from `original`, (2, frames) both.

    Spectral convergence plus the mean difference of the logarithms, averaged over FFT sizes
    (arXiv 1910.11480, equations 3 to 6); 0 for the same sound. Phases do not count.
    """
    if original.shape != other.shape:
        raise ValueError(f"shapes must be equal, got {original.shape} and {other.shape}")
    return float(np.mean([_spectral_distance(original, other, size) for size in FFT_SIZES]))


def _spectral_distance(
    original: NDArray[np.float32], other: NDArray[np.float32], size: int
) -> float:
    window = np.hanning(size)
    transform = ShortTimeFFT(window, size // 4, 1.0, scale_to="magnitude")
    one, two = (
        np.maximum(np.abs(transform.stft(sound)), SILENT / 2) for sound in (original, other)
    )
    convergence = np.linalg.norm(one - two) / np.linalg.norm(one)
    return float(convergence + np.abs(np.log(one / two)).mean())
