"""How a vocoder's magnitudes sound: compared through windows short enough to tell when.

Magnitudes of overlapping spans may each be nearly right and yet not agree on when a note begins.
"""

from typing import Final

import torch
from torch import Tensor, nn
from torch.nn.functional import avg_pool1d, pad

from onnx_models.networks.griffin_lim import N_FFT, GriffinLim
from onnx_models.networks.latents import FLOOR

WINDOWS: Final = (256, 512)  # points
BANDS: Final = 64  # of each, 344 Hz wide
LEAST: Final = 1e-5  # of a magnitude that is divided by
COMPRESSION: Final = 0.3


def compressed_distance(made: Tensor, wanted: Tensor) -> Tensor:
    """Return the distance of log magnitudes: as such, and as magnitudes to the power 0.3.

    The first hears what is soft, the second the peaks.
    """

    def compressed(log_magnitude: Tensor) -> Tensor:
        return torch.exp(log_magnitude.clamp(max=4) * COMPRESSION)

    loud = (compressed(made) - compressed(wanted)).abs().mean()
    return (made - wanted).abs().mean() + 10 * loud


def bands(audio: Tensor, window: int) -> Tensor:
    """Return log magnitudes of mono audio (B, frames) in BANDS, at every quarter of a window."""
    hann = torch.hann_window(window, device=audio.device)
    signal = pad(audio, (window // 2, window // 2))
    spectra = torch.stft(signal, window, window // 4, window=hann, center=False,
                         return_complex=True)  # fmt: skip
    power = torch.view_as_real(spectra).square().sum(dim=3)
    magnitude = (power * (2 / window) ** 2 + 1e-12).sqrt().transpose(1, 2).flatten(0, 1)
    wide = avg_pool1d(magnitude[:, None, 1:], window // 2 // BANDS)[:, 0]
    return torch.log(wide + FLOOR)


class Listening(nn.Module):
    """Plays magnitudes by the phases that Griffin-Lim finds for them, which are held fixed."""

    def __init__(self, rounds: int) -> None:
        super().__init__()
        self.griffin_lim = GriffinLim(rounds)

    def play(self, log_magnitude: Tensor) -> Tensor:
        """Return mid and side (2 B, frames * HOP) of log magnitudes (B, frames, 2, BINS)."""
        heard = (torch.exp(log_magnitude.clamp(max=3.0)) - FLOOR).clamp_min(0) * (N_FFT / 2)
        magnitude = heard.transpose(1, 2).flatten(0, 1)
        size = self.griffin_lim.folded(magnitude)
        with torch.no_grad():
            turns = [part / (size + LEAST) for part in self.griffin_lim.spectrum(magnitude)]
        audio: Tensor = self.griffin_lim.played(*(size * turn for turn in turns))
        return audio

    def loss(self, log_magnitude: Tensor, audio: Tensor) -> Tensor:
        """Return how differently `log_magnitude` sounds from stereo `audio` (B, 2, frames)."""
        left, right = audio.unbind(1)
        wanted = torch.stack([left + right, left - right], dim=1).flatten(0, 1) / 2
        made = self.play(log_magnitude)
        apart = [compressed_distance(bands(made, w), bands(wanted, w)) for w in WINDOWS]
        return torch.stack(apart).mean()
