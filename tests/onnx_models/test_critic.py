"""The vocoder's critic, and the training that listens to it."""

from pathlib import Path

import numpy as np
import pytest
import soundfile  # type: ignore[import-untyped]
import torch

from onnx_models.networks.latents import PCA_FILE, SAMPLE_RATE_HZ, save_pca
from onnx_models.networks.vocoder import BINS
from onnx_models.training.critic import Critic, balanced
from onnx_models.training.run import load
from onnx_models.training.shipped import shipped_pca
from onnx_models.training.vocoder import FILE, Spectra, magnitude_loss, teach, train_vocoder

PACK = Path(__file__).parents[2] / "onnx_models" / "packs" / "mini"


@pytest.fixture(autouse=True)
def seeded() -> None:
    torch.manual_seed(0)


def smooth_and_rough() -> Spectra:
    """Return spectra of which only those wanted have texture."""
    told = torch.full((1, 32, 2, BINS), -3.0)
    return Spectra(told.clone(), told + torch.randn_like(told), told)


def test_a_critic_learns_to_tell_texture_from_none() -> None:
    critic = Critic()
    for _ in range(30):
        critic.learn(*smooth_and_rough())
    assert critic.told_apart > 0.5


def test_a_critic_is_not_heard_before_it_has_learned() -> None:
    critic, (smooth, rough, told) = Critic(), smooth_and_rough()
    made = smooth.requires_grad_()
    teach(critic, made, rough, told)
    alone = made.grad
    (distance,) = torch.autograd.grad(magnitude_loss(made, rough), made)
    assert alone is not None
    assert torch.equal(alone, distance)
    critic.lessons, made.grad = 10_000, None
    teach(critic, made, rough, told)
    assert made.grad is not None
    assert not torch.allclose(alone, made.grad)


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
def test_a_second_loss_weighs_what_it_was_given_whatever_its_scale(scale: float) -> None:
    main, other = torch.tensor([3.0, 0.0]), torch.tensor([0.0, scale])
    assert torch.allclose(balanced((main, other), 0.5), torch.tensor([3.0, 1.5]))


def test_a_second_loss_that_says_nothing_changes_nothing() -> None:
    main = torch.tensor([3.0, 4.0])
    assert torch.equal(balanced((main, torch.zeros(2)), 0.5), main)


def test_the_vocoder_goes_on_from_the_pack_by_the_songs_audio(tmp_path: Path) -> None:
    save_pca(shipped_pca(PACK), tmp_path / PCA_FILE)
    (tmp_path / "audio").mkdir()
    noise = np.random.default_rng(0).normal(0, 0.1, (2 * SAMPLE_RATE_HZ, 2))
    soundfile.write(tmp_path / "audio" / "1.wav", noise, SAMPLE_RATE_HZ)
    train_vocoder(tmp_path, 0.5, 1e-3, PACK)
    assert load(tmp_path / FILE)["step"] > 0
