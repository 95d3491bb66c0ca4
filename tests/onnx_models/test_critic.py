"""The vocoder's critic, and the training that listens to it."""

from pathlib import Path

import numpy as np
import pytest
import torch

from onnx_models.networks.latents import AUDIO_FRAMES, PCA_FILE, SAMPLE_RATE_HZ, save_pca
from onnx_models.networks.vocoder import BINS
from onnx_models.training.critic import Critic, balanced
from onnx_models.training.denoiser import Run
from onnx_models.training.prepare import save_audio
from onnx_models.training.run import Place, load
from onnx_models.training.shipped import shipped_pca
from onnx_models.training.vocoder import FILE, Spectra, Teacher, train_vocoder

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


def test_a_critic_is_heard_only_when_it_has_learned_and_not_of_basses() -> None:
    teacher, seen = Teacher("cpu"), smooth_and_rough()
    made, audio = seen.made.requires_grad_(), torch.zeros(1, 2, 16 * AUDIO_FRAMES)
    teacher.teach(seen, audio)
    alone, made.grad = made.grad, None
    assert alone is not None
    teacher.critic.lessons = 10_000
    teacher.teach(seen, audio)
    assert made.grad is not None
    changed = (made.grad - alone).abs().amax(dim=(0, 1, 2)) > 1e-6
    assert not changed[:23].any()  # 500 Hz
    assert changed[23:].any()


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
def test_a_second_loss_weighs_what_it_was_given_whatever_its_scale(scale: float) -> None:
    main, other = torch.tensor([3.0, 0.0]), torch.tensor([0.0, scale])
    assert torch.allclose(balanced(main, [(0.5, other)]), torch.tensor([3.0, 1.5]))


def test_a_second_loss_that_says_nothing_changes_nothing() -> None:
    main = torch.tensor([3.0, 4.0])
    assert torch.equal(balanced(main, [(0.5, torch.zeros(2))]), main)


def test_the_vocoder_goes_on_from_the_pack_by_the_songs_audio(tmp_path: Path) -> None:
    save_pca(shipped_pca(PACK), tmp_path / PCA_FILE)
    (tmp_path / "audio").mkdir()
    noise = np.random.default_rng(0).normal(0, 0.1, (1, 2, 2 * SAMPLE_RATE_HZ))
    save_audio(noise.astype(np.float32), tmp_path / "audio" / "1.wav")
    train_vocoder(Run(Place(tmp_path, PACK), 0.5, 1e-3))
    assert load(tmp_path / FILE)["step"] > 0


def test_a_vocoder_without_audio_says_how_to_make_some(tmp_path: Path) -> None:
    save_pca(shipped_pca(PACK), tmp_path / PCA_FILE)
    with pytest.raises(ValueError, match=r"audio holds no \.wav; run `train songs`"):
        train_vocoder(Run(Place(tmp_path, PACK), 0.5, 1e-3))
