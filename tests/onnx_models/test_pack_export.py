"""An exported pack: its graphs say what PyTorch says, and the host opens and plays it."""

import shutil
from pathlib import Path

import numpy as np
import pytest
import torch

from inference.pack import load_pack
from inference.pipeline import Engine
from inference.request import Note, RenderRequest
from onnx_models.networks.denoiser import Denoiser, Size
from onnx_models.networks.latents import Pca
from onnx_models.networks.vocoder import BINS, Magnitudes, Phases, Vocoder
from onnx_models.training.graphs import export, run
from onnx_models.training.pack import (
    ORIGIN_FILE,
    write_denoiser,
    write_manifest,
    write_sound,
    write_texts,
)

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "onnx_models" / "packs" / "mini"
SMALL = Size(width=32, hidden=48, heads=2, blocks=1, condition=24)


def small_pca() -> Pca:
    torch.manual_seed(0)
    pca = Pca()
    pca.fit(torch.randn(900, 640) - 6)
    return pca


def small_vocoder(pca: Pca) -> Vocoder:
    return Vocoder(Magnitudes(pca, width=16, hidden=32, blocks=1), rounds=1)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, float]]:
    folder = tmp_path_factory.mktemp("pack") / "mini"
    text = tmp_path_factory.mktemp("text")
    for name in ("text.onnx", "tokenizer.json"):
        shutil.copyfile(COMMITTED / name, text / name)
    (text / ORIGIN_FILE).write_text("where the text encoder comes from", encoding="utf-8")
    folder.mkdir()
    pca, denoiser = small_pca(), Denoiser(SMALL)
    torch.nn.init.normal_(denoiser.velocity.weight)  # untrained, it would say nothing
    errors = write_denoiser(denoiser, folder) | write_sound(small_vocoder(pca), pca, folder)
    write_texts(text, ROOT / "LICENSE", folder)
    (folder / "MODEL_CARD.md").write_text("# Small\n", encoding="utf-8")
    write_manifest(folder, version="0.0.1", steps=2, shift=1.0, guidance=2.0, negative=3.0,
                   guidance_from=0.5)  # fmt: skip
    return folder, errors


def test_each_graph_says_what_pytorch_says(exported: tuple[Path, dict[str, float]]) -> None:
    assert set(exported[1]) == {"control", "denoiser", "decoder", "encoder"}
    assert exported[1]["control"] < 1e-4
    assert exported[1]["denoiser"] < 1e-4
    assert exported[1]["encoder"] < 1e-4
    assert exported[1]["decoder"] < 1e-2  # a bin may find another peak


def test_the_host_finds_the_pack_whole(exported: tuple[Path, dict[str, float]]) -> None:
    pack = load_pack(exported[0])
    pack.verify()
    assert pack.manifest.conditions.roles[0] == "mix"


def test_the_host_renders_exactly_the_frames_asked_for(
    exported: tuple[Path, dict[str, float]],
) -> None:
    engine = Engine(exported[0], device="cpu", threads=1)
    request = RenderRequest(
        pack_id="mini", frames=30_001, prompt="钢琴", role="lead", notes=(Note(0.1, 0.3, 60, 100),)
    )
    audio = engine.render(request).audio
    assert audio.shape == (2, 30_001)
    assert np.isfinite(audio).all()


@pytest.fixture(scope="module")
def phases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("phases") / "phases.onnx"
    axes = {"magnitude": ["B", "2", "F", str(BINS)], "audio": ["B", "2", "N"]}
    export(Phases(1), {"magnitude": torch.ones(2, 2, 12, BINS)}, "audio", axes, path)
    return path


def test_silence_stays_finite_in_the_exported_phases(phases: Path) -> None:
    assert not run(phases, {"magnitude": torch.zeros(2, 2, 12, BINS)}).any()


def test_the_committed_pack_is_whole() -> None:
    load_pack(COMMITTED).verify()
