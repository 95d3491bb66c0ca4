"""Spectrograms of what was asked for and what was rendered."""

from pathlib import Path
from typing import Final

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

Floats = NDArray[np.float32]

N_FFT: Final = 2048
HOP: Final = 512
HIGHEST_HZ: Final = 8000


def spectrogram_db(audio: Floats) -> Floats:
    """Return (bins, frames) in dB of the loudest, down to -80, for `audio` (channels, frames)."""
    mono = np.pad(audio.mean(axis=0), (N_FFT // 2, N_FFT))
    spans = np.lib.stride_tricks.sliding_window_view(mono, N_FFT)[::HOP]
    magnitude = np.abs(np.fft.rfft(spans * np.hanning(N_FFT))).T
    loudest = max(float(magnitude.max()), 1e-9)
    return np.asarray(np.maximum(20 * np.log10(magnitude / loudest + 1e-9), -80), np.float32)


def draw_pair(reference: Floats, render: Floats, rate_hz: int, path: Path, title: str) -> None:
    """Write a PNG with the sampled instrument above and the render below."""
    figure = Figure(figsize=(9, 6), layout="constrained")
    figure.suptitle(title)
    pairs = (("sampled instrument", reference), ("render", render))
    for axes, (name, audio) in zip(figure.subplots(2, 1, sharex=True), pairs, strict=True):
        extent = (0, audio.shape[1] / rate_hz, 0, rate_hz / 2)
        axes.imshow(spectrogram_db(audio), origin="lower", aspect="auto", extent=extent)
        axes.set(ylabel="Hz", ylim=(0, min(HIGHEST_HZ, rate_hz / 2)), title=name)
    axes.set_xlabel("s")
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=80)
