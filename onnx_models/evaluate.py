"""`python -m onnx_models.evaluate PACK --json FILE`: how good is a pack?"""

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
from onnx_models.networks.latents import load_pca
from onnx_models.synth import soundfonts

CACHE = Path.home() / "partimento-training" / "evaluation"


def baselines(engine: Engine, pca: Path | None) -> dict[str, Render]:
    """Return the rival ways from the sampled audio's latents to sound that this pack allows."""
    rivals: dict[str, Render] = {}
    if play := decoded(engine):
        rivals["own decoder from real latents"] = play
    if pca is not None:
        to_audio = partial(latents_to_audio, to_spectra=load_pca(pca).decode)

        def griffin_lim(case: Case) -> Floats:
            return to_audio(engine.encode(case.reference))[:, : case.reference.shape[1]]

        rivals["Griffin-Lim from real latents"] = griffin_lim
    return rivals


@click.command()
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
    torch.set_num_threads(threads)
    console = Console(stderr=True)
    fonts = soundfonts()[:2]
    with console.status("classifier (trained once, some minutes)") as status:
        classifier = load_classifier(CACHE, fonts)
        engine = Engine(pack, threads=threads)
        plan = QUICK if quick else replace(Plan(), songs=songs, seeds=seeds)
        evaluation = Evaluation(
            engine, plan, soundfont or fonts[0], classifier, baselines(engine, pca), status.update
        )
        report = evaluation.run(out.with_suffix(""))
    write_json(report, out)
    click.echo(write_page(report, evaluation.examples, out.with_suffix("")), err=True)
    out.with_suffix(".md").write_text(card_table(report), encoding="utf-8")
    print_table(report, Console())


if __name__ == "__main__":
    main()
