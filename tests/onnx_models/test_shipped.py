"""A pack's networks read back: the law is that export and reading keep all that 8 bits keep."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from torch import nn

from onnx_models.networks.denoiser import Denoiser, Inputs, Size
from onnx_models.networks.latents import Pca
from onnx_models.networks.vocoder import Magnitudes, Vocoder
from onnx_models.training import shipped
from onnx_models.training.pack import TABLES, example, write_denoiser, write_sound

SMALL = Size(width=32, hidden=48, heads=2, blocks=2, condition=24)
STEPS = 127  # of 8 bits, to one side


def small_denoiser() -> Denoiser:
    return Denoiser(SMALL)


def small_magnitudes(pca: Pca) -> Magnitudes:
    return Magnitudes(pca, width=16, hidden=32, blocks=2)


def stirred(network: nn.Module) -> nn.Module:
    """Return the network with every weight and buffer moved, none left at zero."""
    torch.manual_seed(4)
    for value in network.state_dict().values():
        value.copy_(torch.randn_like(value) / 8)
    return network


@pytest.fixture(scope="module")
def trained() -> tuple[Denoiser, Magnitudes]:
    denoiser, magnitudes = small_denoiser(), small_magnitudes(Pca())
    stirred(denoiser)
    stirred(magnitudes)
    denoiser.control.timbre.pca = magnitudes.pca
    return denoiser, magnitudes


@pytest.fixture(scope="module")
def pack(
    trained: tuple[Denoiser, Magnitudes], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Yield the folder of the exported networks; the shipped ones are small meanwhile."""
    folder = tmp_path_factory.mktemp("shipped")
    denoiser, magnitudes = trained
    write_denoiser(denoiser, folder)
    write_sound(Vocoder(magnitudes, rounds=1), magnitudes.pca, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shipped, "Denoiser", small_denoiser)
        patch.setattr(shipped, "Magnitudes", small_magnitudes)
        yield folder


def assert_the_same_up_to_rounding(made: nn.Module, wanted: nn.Module) -> None:
    """Compare all weights: matrices by half a step of 8 bits of their column, the rest exactly."""
    wanted_state = wanted.state_dict()
    assert made.state_dict().keys() == wanted_state.keys()
    for name, value in made.state_dict().items():
        if value.ndim == 2 and name.endswith("weight") and "role" not in name:
            step = wanted_state[name].abs().amax(dim=1, keepdim=True) / STEPS
            assert ((value - wanted_state[name]).abs() <= 0.51 * step).all(), name
        elif name.endswith(TABLES):
            step = (wanted_state[name].max() - wanted_state[name].min()) / 255
            assert ((value - wanted_state[name]).abs() <= 1.01 * step).all(), name
        else:
            assert torch.allclose(value, wanted_state[name], atol=1e-7), name


def test_the_denoiser_of_a_pack_is_the_one_exported(
    pack: Path, trained: tuple[Denoiser, Magnitudes]
) -> None:
    assert_the_same_up_to_rounding(shipped.shipped_denoiser(pack), trained[0])


def test_the_denoiser_of_a_pack_says_what_the_exported_one_says(
    pack: Path, trained: tuple[Denoiser, Magnitudes]
) -> None:
    inputs: Inputs = example()
    with torch.inference_mode():
        made, wanted = shipped.shipped_denoiser(pack)(inputs), trained[0](inputs)
    assert (made - wanted).square().mean() < 0.01 * wanted.square().mean()


def test_the_magnitudes_of_a_pack_are_those_exported(
    pack: Path, trained: tuple[Denoiser, Magnitudes]
) -> None:
    assert_the_same_up_to_rounding(shipped.shipped_magnitudes(pack), trained[1])


def test_the_map_of_the_latents_comes_back_exactly(
    pack: Path, trained: tuple[Denoiser, Magnitudes]
) -> None:
    back, wanted = shipped.shipped_pca(pack).state_dict(), trained[1].pca.state_dict()
    assert back.keys() == wanted.keys()
    assert all(torch.equal(back[name], value) for name, value in wanted.items())


def test_songs_encoded_by_another_map_are_refused() -> None:
    other = Pca()
    other.mean += 1
    with pytest.raises(ValueError, match="latents are not the pack's"):
        shipped.require_same(Pca(), other)


def test_a_network_of_another_size_is_refused(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "Denoiser", lambda: Denoiser(Size(width=64, hidden=48, heads=2)))
    with pytest.raises(ValueError, match="of this network's shape"):
        shipped.shipped_denoiser(pack)
