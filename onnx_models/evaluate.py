"""`python -m onnx_models.evaluate PACK --json FILE`: how good is a pack?"""

import os
from dataclasses import replace
from functools import partial
from pathlib import Path

import click
import torch
from rich.console import Console

from inference.pipeline import Engine
from onnx_models.evaluation.classifier import load_classifier
from onnx_models.evaluation.griffin_lim import latents_to_audio
from onnx_models.evaluation.page import write_page
from onnx_models.evaluation.report import card_table, print_table, write_json
from onnx_models.evaluation.run import QUICK, Evaluation, Floats, Plan, Render, decoded
from onnx_models.evaluation.songs import Case
from onnx_models.networks.latents import Pca, load_pca
from onnx_models.synth import check_soundfont, soundfonts
from onnx_models.told import ToldCommand

CACHE = Path.home() / "partimento-training" / "evaluation"


def baselines(engine: Engine, pca: Path | None) -> dict[str, Render]:
    """Return the rival ways from the sampled audio's latents to sound that this pack allows."""
    rivals: dict[str, Render] = {}
    if play := decoded(engine):
        rivals["own decoder from real latents"] = play
    if pca is not None:
        to_audio = partial(latents_to_audio, to_spectra=map_at(pca).decode)

        def griffin_lim(case: Case) -> Floats:
            return to_audio(engine.encode(case.reference))[:, : case.reference.shape[1]]

        rivals["Griffin-Lim from real latents"] = griffin_lim
    return rivals


def map_at(path: Path) -> Pca:
    """Return the map of latents at `path`; ValueError where there is none."""
    try:
        return load_pca(path)
    except ValueError as error:
        raise ValueError(f"{error}, or name the pca.pt of a training folder") from error


def check_out(out: Path) -> None:
    """Raise BadParameter or OSError where the figures could not be written to `out` at the end."""
    if out.suffix != ".json":  # else the page's folder, or the card's table, has its name
        raise click.BadParameter(f"the name must end in .json, got {out}", param_hint="--json")
    out.parent.mkdir(parents=True, exist_ok=True)
    pages = out.with_suffix("")
    fits = {out.parent: Path.is_dir, pages: Path.is_dir, out: Path.is_file,
            out.with_suffix(".md"): Path.is_file}  # fmt: skip
    for path, is_kind in fits.items():
        if path.exists() and not (is_kind(path) and os.access(path, os.W_OK)):
            raise click.BadParameter(f"{path} cannot be written to; choose another place",
                                     param_hint="--json")  # fmt: skip


@click.command(cls=ToldCommand)
@click.argument("pack", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--json", "out", type=click.Path(path_type=Path), required=True,
              help="Where the figures go; the card's table and a page go beside it.")  # fmt: skip
@click.option("--songs", type=click.IntRange(1), default=16, show_default=True)
@click.option("--seeds", type=click.IntRange(1), default=3, show_default=True)
@click.option("--quick", is_flag=True, help="Few short songs, one seed, lead and mix only.")
@click.option("--pca", type=click.Path(path_type=Path, exists=True),
              help="The map of mini's latents, for the Griffin-Lim baseline.")  # fmt: skip
@click.option("--soundfont", type=click.Path(path_type=Path, exists=True),
              help="What plays the sampled instruments; the first installed.")  # fmt: skip
@click.option("--threads", type=click.IntRange(1), default=1, show_default=True)
def main(
    *,
    pack: Path,
    out: Path,
    songs: int,
    seeds: int,
    quick: bool,
    pca: Path | None,
    soundfont: Path | None,
    threads: int,
) -> None:
    """Render songs that training never drew by PACK, listen, and print what was heard."""
    check_out(out)  # and all else that may be wrong, before what takes minutes
    torch.set_num_threads(threads)
    console = Console(stderr=True)
    fonts = soundfonts()[:2]
    engine, played_by = Engine(pack, threads=threads), soundfont or fonts[0]
    check_soundfont(played_by)
    rivals = baselines(engine, pca)
    with console.status("classifier (trained once, some minutes)") as status:
        classifier = load_classifier(CACHE, fonts)
        plan = QUICK if quick else replace(Plan(), songs=songs, seeds=seeds)
        evaluation = Evaluation(engine, plan, played_by, classifier, rivals, status.update)
        report = evaluation.run(out.with_suffix(""))
    write_json(report, out)
    click.echo(write_page(report, evaluation.examples, out.with_suffix("")), err=True)
    out.with_suffix(".md").write_text(card_table(report), encoding="utf-8")
    print_table(report, Console())


if __name__ == "__main__":
    main()
