"""`python -m onnx_models.gpu_kit`: trains on a lent GPU by files that are carried there and back.

`build` writes the kit, its run.sh runs there, `take` reads what comes back.
"""

import subprocess
from pathlib import Path
from typing import Any

import click

from onnx_models.gpu_kit.results import take, write_results
from onnx_models.told import ToldGroup
from onnx_models.train import FOLDER, PACK
from onnx_models.training.run import Place

FILE_OR_FOLDER = click.Path(path_type=Path)
EXISTING = click.Path(path_type=Path, exists=True, file_okay=False)


@click.group(cls=ToldGroup)
@click.option("--folder", type=FILE_OR_FOLDER, default=FOLDER, show_default=True)
@click.option("--pack", type=FILE_OR_FOLDER, default=PACK,
              help="What to go on from where there is no checkpoint (the shipped).")  # fmt: skip
@click.pass_context
def main(context: click.Context, folder: Path, pack: Path) -> None:
    """Train on a lent GPU."""
    context.obj = Place(folder, pack)


@main.command("build")
@click.argument("out", type=FILE_OR_FOLDER)
@click.option("--fonts", type=click.Choice(["one", "all"]), default="one", show_default=True)
@click.option("--python", default="3.12", show_default=True, help="The GPU machine's.")
@click.option("--compression", type=click.FloatRange(0, 1), default=0.9, show_default=True,
              help="Of the samples: 0 for the best sound, 1 for the smallest kit.")  # fmt: skip
@click.option("--parcels", "in_parcels", is_flag=True,
              help="Write it as tar files of under 60 MB too.")  # fmt: skip
@click.pass_obj
def build_kit(place: Place, /, *, out: Path, fonts: str, in_parcels: bool, **settings: Any) -> None:
    """Write the kit, and its run.sh, into the new folder OUT."""
    # What builds a kit is not on the GPU machine.
    from onnx_models.gpu_kit.build import Kit, build, parcels  # noqa: PLC0415
    from onnx_models.synth import soundfonts  # noqa: PLC0415

    try:
        found = soundfonts()
        files = build(Kit(place, found if fonts == "all" else found[:1], **settings), out)
        files += parcels(files, out / "parcels") if in_parcels else []
    except subprocess.CalledProcessError as error:
        raise click.ClickException(str(error)) from error
    for path in files:
        click.echo(f"{path.stat().st_size / 1e6:8.2f} MB  {path}")


@main.command("results")
@click.argument("out", type=FILE_OR_FOLDER)
@click.pass_obj
def results(place: Place, out: Path) -> None:
    """Write what was trained into OUT, in pieces of at most 15 MB; run.sh does so at its end."""
    write_results(place.folder, out)


@main.command("take")
@click.argument("results", type=EXISTING)
@click.pass_obj
def take_results(place: Place, results: Path) -> None:
    """Write what came back in RESULTS into the training folder; what it replaces stays there."""
    for path in take(results, place):
        click.echo(path)


if __name__ == "__main__":
    main()
