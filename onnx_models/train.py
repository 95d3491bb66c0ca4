"""`python -m onnx_models.train`: prepares songs, trains the vocoder or the denoiser."""

from collections.abc import Callable
from pathlib import Path

import click
import torch

from onnx_models.training.denoiser import train_denoiser
from onnx_models.training.prepare import prepare
from onnx_models.training.vocoder import train_vocoder

FOLDER = Path.home() / "partimento-training" / "mini"


def trainer(train: Callable[..., None], name: str, learning_rate: float) -> click.Command:
    """Return the command that trains one network."""

    @click.command(name, help=f"Train the {name}; goes on from its checkpoint.")
    @click.option("--minutes", type=float, default=60.0, show_default=True)
    @click.option("--learning-rate", type=float, default=learning_rate, show_default=True)
    @click.pass_obj
    def command(folder: Path, minutes: float, learning_rate: float) -> None:
        train(folder, minutes * 60, learning_rate)

    return command


@click.group()
@click.option("--folder", type=click.Path(path_type=Path), default=FOLDER, show_default=True)
@click.option("--threads", type=int, default=1, show_default=True)
@click.pass_context
def main(context: click.Context, folder: Path, threads: int) -> None:
    """Make the embedded model: songs first, then vocoder and denoiser in any order."""
    torch.set_num_threads(threads)
    folder.mkdir(parents=True, exist_ok=True)
    context.obj = folder


@main.command("songs")
@click.option("--count", type=int, default=1500, show_default=True)
@click.pass_obj
def songs(folder: Path, count: int) -> None:
    """Compose, play and encode the songs that training reads."""
    for made in prepare(folder, count):
        click.echo(f"song {made}")


main.add_command(trainer(train_vocoder, "vocoder", 1e-3))
main.add_command(trainer(train_denoiser, "denoiser", 2e-3))

if __name__ == "__main__":
    main()
