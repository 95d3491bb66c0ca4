"""`python -m onnx_models.train`: prepares songs and trains the embedded model's networks."""

from collections.abc import Callable
from math import isnan
from pathlib import Path
from typing import Any

import click
import torch

from onnx_models.told import ToldGroup
from onnx_models.training.denoiser import SONGS_AT_MOST, Run, train_denoiser
from onnx_models.training.distil import train_distilled
from onnx_models.training.improviser import train_improviser
from onnx_models.training.prepare import prepare
from onnx_models.training.prompt import train_reader
from onnx_models.training.run import Place
from onnx_models.training.sharpen import train_sharpened
from onnx_models.training.songs import HELD_OUT
from onnx_models.training.timbre import LEARNING_RATE, train_timbre
from onnx_models.training.vocoder import train_vocoder

FOLDER = Path.home() / "partimento-training" / "mini"
PACK = Path(__file__).parent / "packs" / "mini"


class Minutes(click.FloatRange):
    """A time, which NaN is not, though it is in every range."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return it in minutes."""
        minutes: float = super().convert(value, param, ctx)
        return self.fail(f"{value} is no time", param, ctx) if isnan(minutes) else minutes


MINUTES = Minutes(0)


def trainer(train: Callable[..., None], name: str, learning_rate: float) -> click.Command:
    """Return the command that trains one network on the CPU."""

    @click.command(name, help=f"Train the {name}; goes on from its checkpoint.")
    @click.option("--minutes", type=MINUTES, default=60.0, show_default=True)
    @click.option("--learning-rate", type=float, default=learning_rate, show_default=True)
    @click.pass_obj
    def command(place: Place, minutes: float, learning_rate: float) -> None:
        train(place.folder, minutes * 60, learning_rate, place.pack)

    return command


def on_a_device(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of what trains on a GPU too."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    options = (
        click.option("--minutes", type=MINUTES, default=60.0, show_default=True),
        click.option("--device", type=click.Choice(["cpu", "cuda"]), default=device),
        click.pass_obj,
    )
    for option in options[::-1]:
        command = option(command)
    return command


takes_songs = click.option(
    "--songs", "songs_at_most", default=SONGS_AT_MOST, show_default=True,
    help="The most that are taken in, of about 4 MB each.",
)  # fmt: skip


@click.group(cls=ToldGroup)
@click.option("--folder", type=click.Path(path_type=Path), default=FOLDER, show_default=True)
@click.option("--pack", type=click.Path(path_type=Path, exists=True), default=PACK,
              help="What to go on from where there is no checkpoint (the shipped).")  # fmt: skip
@click.option("--afresh", is_flag=True, help="Go on from no pack: even the latents are new.")
@click.option("--threads", type=click.IntRange(1), default=1, show_default=True)
@click.pass_context
def main(context: click.Context, folder: Path, pack: Path, *, afresh: bool, threads: int) -> None:
    """Make the embedded model; from nothing: reader, songs, timbre, vocoder, denoiser, distil."""
    torch.set_num_threads(threads)
    folder.mkdir(parents=True, exist_ok=True)
    context.obj = Place(folder, None if afresh else pack)


@main.command("songs")
@click.option("--count", type=click.IntRange(1), default=1500, show_default=True)
@click.option("--first", type=click.IntRange(0), default=0, show_default=True,
              help="The seed to begin with.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True)
@click.option("--audio", type=click.IntRange(0), default=240, show_default=True,
              help="How many songs' audio is kept too, for the vocoder.")  # fmt: skip
@click.pass_obj
def songs(place: Place, count: int, first: int, workers: int, audio: int) -> None:
    """Compose, play and encode the songs that training reads."""
    if first + count > HELD_OUT:
        raise click.UsageError(f"songs from seed {HELD_OUT} on are for evaluation; begin earlier")
    for made in prepare(place, count, audio, workers, first):
        click.echo(f"song {made}")


@main.command("reader")
@click.pass_obj
def reader(place: Place) -> None:
    """Train what tells a prompt's instruments; needed first where there is no pack."""
    train_reader(place.folder)


@main.command("denoiser")
@click.option("--learning-rate", default=2e-3, show_default=True)
@takes_songs
@on_a_device
def denoiser(place: Place, *, minutes: float, **settings: Any) -> None:
    """Train the denoiser; goes on from its checkpoint."""
    train_denoiser(Run(place, minutes * 60, **settings))


@main.command("distil")
@click.option("--learning-rate", default=3e-4, show_default=True)
@click.option("--guidance", default=1.5, show_default=True)
@click.option("--guided-from", default=0.5, show_default=True,
              help="The moment, 1 for noise, down to which the teacher is guided.")  # fmt: skip
@click.option("--substeps", type=click.IntRange(1), default=2, show_default=True,
              help="How many steps the teacher takes for one of the student's.")  # fmt: skip
@takes_songs
@on_a_device
def distil(
    place: Place, *, minutes: float, guidance: float, guided_from: float, substeps: int,
    **settings: Any,
) -> None:  # fmt: skip
    """Teach the averaged denoiser to need neither guidance nor many steps."""
    run = Run(place, minutes * 60, **settings)
    train_distilled(run, guidance, guided_from, substeps)


@main.command("vocoder")
@click.option("--learning-rate", default=1e-3, show_default=True)
@on_a_device
def vocoder(place: Place, *, minutes: float, **settings: Any) -> None:
    """Train the vocoder; goes on from its checkpoint."""
    train_vocoder(Run(place, minutes * 60, **settings))


@main.command("sharpen")
@click.option("--learning-rate", default=1e-4, show_default=True)
@takes_songs
@on_a_device
def sharpen(place: Place, *, minutes: float, **settings: Any) -> None:
    """Teach the distilled student to render as sharply as music is played."""
    train_sharpened(Run(place, minutes * 60, **settings))


main.add_command(trainer(train_timbre, "timbre", LEARNING_RATE))
main.add_command(trainer(train_improviser, "improviser", 2e-3))

if __name__ == "__main__":
    main()
