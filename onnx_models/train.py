"""`python -m onnx_models.train`: prepares songs, trains reader, timbre, vocoder and denoiser."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import click
import torch

from onnx_models.training.denoiser import train_denoiser
from onnx_models.training.prepare import prepare
from onnx_models.training.prompt import train_reader
from onnx_models.training.timbre import LEARNING_RATE, train_timbre
from onnx_models.training.vocoder import train_vocoder

FOLDER = Path.home() / "partimento-training" / "mini"
PACK = Path(__file__).parent / "packs" / "mini"


class Place(NamedTuple):
    """Where training keeps its files, and the pack that it goes on from, if any."""

    folder: Path
    pack: Path | None


def trainer(train: Callable[..., None], name: str, learning_rate: float) -> click.Command:
    """Return the command that trains one network."""

    @click.command(name, help=f"Train the {name}; goes on from its checkpoint.")
    @click.option("--minutes", type=float, default=60.0, show_default=True)
    @click.option("--learning-rate", type=float, default=learning_rate, show_default=True)
    @click.pass_obj
    def command(place: Place, minutes: float, learning_rate: float) -> None:
        train(place.folder, minutes * 60, learning_rate, place.pack)

    return command


@click.group()
@click.option("--folder", type=click.Path(path_type=Path), default=FOLDER, show_default=True)
@click.option("--pack", type=click.Path(path_type=Path, exists=True), default=PACK,
              help="What to go on from where there is no checkpoint (the shipped).")  # fmt: skip
@click.option("--afresh", is_flag=True, help="Go on from no pack: even the latents are new.")
@click.option("--threads", type=int, default=1, show_default=True)
@click.pass_context
def main(context: click.Context, folder: Path, pack: Path, *, afresh: bool, threads: int) -> None:
    """Make the embedded model: songs, reader and timbre first, then vocoder and denoiser."""
    torch.set_num_threads(threads)
    folder.mkdir(parents=True, exist_ok=True)
    context.obj = Place(folder, None if afresh else pack)


@main.command("songs")
@click.option("--count", type=int, default=1500, show_default=True)
@click.pass_obj
def songs(place: Place, count: int) -> None:
    """Compose, play and encode the songs that training reads."""
    for made in prepare(place.folder, count, place.pack):
        click.echo(f"song {made}")


@main.command("reader")
@click.pass_obj
def reader(place: Place) -> None:
    """Train what tells a prompt's instruments; only a denoiser from no pack needs it."""
    train_reader(place.folder)


main.add_command(trainer(train_timbre, "timbre", LEARNING_RATE))
main.add_command(trainer(train_vocoder, "vocoder", 1e-3))
main.add_command(trainer(train_denoiser, "denoiser", 2e-3))

if __name__ == "__main__":
    main()
