"""`python -m onnx_models.export`: trained networks to a pack."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from inference.pack import MANIFEST, parse_manifest
from onnx_models.networks.latents import PCA_FILE, load_pca
from onnx_models.told import ToldCommand
from onnx_models.training.denoiser import trained_denoiser
from onnx_models.training.improviser import FILE as IMPROVISER_FILE
from onnx_models.training.improviser import trained_improviser
from onnx_models.training.pack import (
    write_denoiser,
    write_improviser,
    write_manifest,
    write_sound,
    write_texts,
)
from onnx_models.training.sharpen import SHARPENED_FILE
from onnx_models.training.vocoder import trained_vocoder

FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
ROOT = Path(__file__).parent.parent
CARD = """\
# Partimento Mini

Not evaluated yet: run `python -m onnx_models.evaluate {pack}`.
"""


@click.command(cls=ToldCommand)
@click.option("--from", "source", type=FOLDER, required=True, help="The training folder.")
@click.option("--denoiser", default=SHARPENED_FILE, show_default=True,
              help="The checkpoint in it, sharpened or not.")  # fmt: skip
@click.option("--text", type=FOLDER, required=True, help="From python -m onnx_models.text_encoder.")
@click.option("--out", type=click.Path(path_type=Path), default=ROOT / "onnx_models/packs/mini")
@click.option("--version", default="0.1.0", show_default=True)
@click.option("--steps", default=4, show_default=True)
@click.option("--shift", default=1.0, show_default=True)
@click.option("--guidance", default=1.0, show_default=True)
@click.option("--negative", default=1.5, show_default=True, help="Guidance by negative prompts.")
@click.option(
    "--guidance-from",
    default=0.5,
    show_default=True,
    help="The moment, 1 for noise, down to which it is guided.",
)
@click.option("--temperature", default=0.9, show_default=True, help="Of improvised notes.")
@click.option("--top-p", default=0.9, show_default=True, help="The share of likely notes used.")
def main(source: Path, denoiser: str, text: Path, out: Path, **settings: object) -> None:
    """Write what a training folder has checkpoints of into the pack `mini`.

    Whatever goes wrong leaves the pack that is there as it was.
    """
    with in_place_of(out) as fresh:
        errors = write_pack(source, denoiser, text, fresh)
        card = fresh / "MODEL_CARD.md"
        if not card.exists():
            card.write_text(CARD.format(pack=out), encoding="utf-8")
        write_manifest(fresh, **settings)
        parse_manifest((fresh / MANIFEST).read_bytes(), out / MANIFEST)
    for graph, error in errors.items():
        click.echo(f"{graph}: largest error against PyTorch {error:.1e} of the largest value")


@contextmanager
def in_place_of(out: Path) -> Iterator[Path]:
    """Give a copy of the folder `out`, empty where there is none, that takes its place at last."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".export-", dir=out.parent) as aside:
        fresh = Path(aside) / out.name
        if out.exists():
            shutil.copytree(out, fresh)
        fresh.mkdir(exist_ok=True)
        yield fresh
        if out.exists():
            out.rename(Path(aside) / "before")
        fresh.rename(out)


def write_pack(source: Path, denoiser: str, text: Path, out: Path) -> dict[str, float]:
    """Write the graphs of the checkpoints in `source`; return how far each is from PyTorch."""
    errors: dict[str, float] = {}
    if (source / denoiser).exists():
        errors |= write_denoiser(trained_denoiser(source / denoiser), out)
    else:
        click.echo(f"{source / denoiser} is not there; the pack keeps the denoiser that it has")
    if (source / "vocoder.pt").exists():
        errors |= write_sound(trained_vocoder(source), load_pca(source / PCA_FILE), out)
    if (source / IMPROVISER_FILE).exists():
        errors |= write_improviser(trained_improviser(source), out)
    write_texts(text, ROOT / "LICENSE", out)
    return errors


if __name__ == "__main__":
    main()
