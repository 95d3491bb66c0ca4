"""Do the pitch classes that are asked for sound when they are asked for?"""

from typing import Final

import numpy as np
import soxr  # type: ignore[import-untyped]
from numpy.typing import NDArray

Floats = NDArray[np.float32]

RATE_HZ: Final = 22050
N_FFT: Final = 8192
HOP: Final = 2048
LOWEST_HZ, HIGHEST_HZ = 40.0, 2100.0
NOISE_SHARE: Final = 0.4  # the quantile of the twelve that is taken for noise
QUIET: Final = 1e-3  # of the loudest frame: below it there is nothing to compare


def pitch_class_weights() -> NDArray[np.float64]:
    """Return each spectral bin's share in the twelve pitch classes, C first, (12, bins).

    Low bins weigh more, for an overtone belongs to another pitch class than its note.
    """
    hz = np.fft.rfftfreq(N_FFT, 1 / RATE_HZ)
    pitch = 69 + 12 * np.log2(np.maximum(hz, 1.0) / 440)
    nearness = np.exp(-0.5 * ((pitch[None] - np.arange(12)[:, None] + 6) % 12 - 6) ** 2 / 0.3**2)
    return np.asarray(nearness * ((hz >= LOWEST_HZ) & (hz <= HIGHEST_HZ)) / np.maximum(hz, 1.0))


def audio_chroma(audio: Floats, sample_rate_hz: int) -> NDArray[np.float64]:
    """Return chroma (frames, 12), frame k centred at k * HOP / RATE_HZ s, for (channels, n)."""
    mono = soxr.resample(audio.mean(axis=0), sample_rate_hz, RATE_HZ)
    padded = np.pad(mono, (N_FFT // 2, N_FFT // 2 + HOP))
    spans = np.lib.stride_tricks.sliding_window_view(padded, N_FFT)[::HOP][: len(mono) // HOP + 1]
    chroma = np.abs(np.fft.rfft(spans * np.hanning(N_FFT))) @ pitch_class_weights().T
    return np.maximum(chroma - np.quantile(chroma, NOISE_SHARE, axis=1, keepdims=True), 0.0)


def asked_chroma(notes: NDArray[np.float64], frames: int) -> NDArray[np.float64]:
    """Return the chroma that `notes` (start_s, duration_s, pitch, velocity) ask for."""
    width_s = N_FFT / RATE_HZ / 2  # what the Hann window chiefly sees
    centre_s = np.arange(frames)[:, None] * HOP / RATE_HZ
    start_s, end_s = notes[:, 0], notes[:, 0] + notes[:, 1]
    sounds = np.minimum(end_s, centre_s + width_s / 2) - np.maximum(start_s, centre_s - width_s / 2)
    share = np.clip(sounds / width_s, 0, 1) * notes[:, 3] / 127
    return np.asarray(share @ (notes[:, 2].astype(int)[:, None] % 12 == np.arange(12)))


def chroma_cosine(notes: NDArray[np.float64], audio: Floats, sample_rate_hz: int) -> float:
    """Return the mean cosine, 0..1, over the frames in which notes are asked for.

    A frame in which `audio` is silent counts as 0; NaN where no note is asked for.
    """
    heard = audio_chroma(audio, sample_rate_hz)
    asked = asked_chroma(notes, len(heard))
    loud = np.linalg.norm(heard, axis=1) > QUIET * max(np.linalg.norm(heard, axis=1).max(), 1e-9)
    wanted = asked.sum(axis=1) > 0
    lengths = np.linalg.norm(asked, axis=1) * np.linalg.norm(heard, axis=1)
    cosine = np.where(loud, (asked * heard).sum(axis=1) / np.maximum(lengths, 1e-12), 0.0)
    return float(cosine[wanted].mean()) if wanted.any() else float("nan")
