"""Sharpening: renders learn to move as much as played music, the same way."""

import pytest
import torch
from torch import Tensor

from onnx_models.networks.latents import CHANNELS, MEL_BANDS, SPECTRUM, SUBFRAMES, Pca
from onnx_models.training.sharpen import LAGS, movement, unlike, unlike_together, views

SHAPE = (2, 64, 3)


def course(seed: int = 0) -> Tensor:
    """Return latents that wander."""
    steps = torch.randn(SHAPE, generator=torch.Generator().manual_seed(seed))
    return steps.cumsum(dim=1) / 8


def unlikeness(rendered: Tensor) -> float:
    return unlike(course(), rendered).mean().item()


def test_nothing_is_as_like_the_played_as_itself() -> None:
    assert unlikeness(course()) < 0.02
    assert unlikeness(course(1)) > 0.5


@pytest.mark.parametrize("scale", [0.25, 0.5, 2.0])
def test_what_moves_less_or_more_is_unlike(scale: float) -> None:
    middle = course().mean(dim=1, keepdim=True)
    nearer = scale**0.5

    def moved(by: float) -> float:
        return unlikeness(middle + by * (course() - middle))

    assert moved(scale) > moved(nearer) > unlikeness(course())


def test_noise_of_the_right_size_does_not_pass_for_movement() -> None:
    played = movement(course())
    noise = torch.randn(SHAPE, generator=torch.Generator().manual_seed(2))
    noise = played.mean[:, None] + noise * played.deviation[:, None]
    size_alone = (movement(noise).deviation / played.deviation).log().abs().mean()
    assert size_alone < 0.2
    assert unlikeness(noise) > 1


def test_the_mean_counts_as_much_as_it_is_off() -> None:
    assert unlikeness(course() + 0.5) == pytest.approx(unlikeness(course()) + 0.5, abs=1e-4)


def test_a_peak_counts_beside_all_that_moves() -> None:
    played = torch.zeros(1, 64, 1)
    played[0, 30:32] = 1.0
    cut = played.clamp(max=0.6)
    assert movement(played).peak.item() == pytest.approx(1 - played.mean().item())
    assert movement(cut).peak < movement(played).peak
    assert unlike(played, cut) > unlike(played, played)


def test_together_what_moves_most_counts_most() -> None:
    played = course() * torch.tensor([0.1, 4.0])[:, None, None]
    one_halved, other_halved = (
        played * torch.tensor(by)[:, None, None] for by in ([0.5, 1], [1, 0.5])
    )
    assert unlike_together(played, played).max() == 0
    assert unlike_together(played, one_halved).max() < 0.01
    assert unlike_together(played, other_halved).min() > 0.5


def test_changes_are_measured_over_every_lag() -> None:
    ramp = torch.arange(16.0)[None, :, None]
    assert [step.item() for step in movement(ramp).steps] == pytest.approx(LAGS, rel=2e-3)


def test_a_partial_that_stands_out_is_seen_from_band_to_band() -> None:
    pca, band = Pca(), 40
    pca.components[0, band] = 1.0  # the first component is one band of the first moment's middle
    latents = torch.zeros(1, 3, CHANNELS)
    latents[..., 0] = 2.0
    same, spectra, contrasts = views(latents, pca)
    assert torch.equal(same, latents)
    assert spectra.shape == (1, 3 * SUBFRAMES, SPECTRUM // SUBFRAMES)
    assert contrasts.shape == (1, 3 * SUBFRAMES, 2 * (MEL_BANDS - 1))
    assert spectra[0, 0].nonzero().flatten().tolist() == [band]
    assert contrasts[0, 0, band - 1 : band + 1].tolist() == [2.0, -2.0]
    assert not contrasts[0, 1].any()
