"""The report as a page: figures, plots, and examples to listen to."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import soundfile  # type: ignore[import-untyped]
from jinja2 import Environment, FileSystemLoader
from matplotlib.figure import Figure
from numpy.typing import NDArray

from onnx_models.evaluation.pictures import draw_pair
from onnx_models.evaluation.report import Report, Row, cells

Floats = NDArray[np.float32]

TEMPLATE: Final = Path(__file__).with_name("page.html.j2")


@dataclass(frozen=True, slots=True)
class Example:
    """A sound to listen to: its files begin with `title`."""

    title: str
    prompt: str


def write_example(
    example: Example, sampled: Floats, render: Floats, rate_hz: int, folder: Path
) -> None:
    """Write spectrograms and sound of both, (2, frames), into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    draw_pair(sampled, render, rate_hz, folder / f"{example.title}.png", example.title)
    for name, audio in (("sampled", sampled), ("render", render)):
        soundfile.write(folder / f"{example.title}-{name}.flac", audio.T, rate_hz)


def draw_figures(rows: Sequence[Row], path: Path) -> None:
    """Write a plot of how near each figure with a goal is to it, as a share, bars marked."""
    judged = [row for row in rows if row.goal and row.bar and np.isfinite(row.value)]
    figure = Figure(figsize=(9, 0.5 + 0.35 * max(len(judged), 1)), layout="constrained")
    axes = figure.subplots()
    for place, row in enumerate(reversed(judged)):
        reached, bar = (_share(row, value) for value in (row.value, row.bar))
        axes.barh(place, min(reached, 1.5), color="#1a7f37" if row.holds else "#c1121f")
        axes.plot([bar, bar], [place - 0.4, place + 0.4], color="#222")
    axes.axvline(1, color="#888", linestyle=":")
    axes.set_yticks(range(len(judged)), [row.name for row in reversed(judged)])
    axes.set_xlabel("share of the goal; the stroke is the bar")
    figure.savefig(path)


def _share(row: Row, value: float | None) -> float:
    """Return how much of the goal `value` is; of what shall be small, its inverse."""
    assert row.goal
    assert value is not None
    return row.goal / max(value, 1e-9) if row.at_most else value / row.goal


def write_page(report: Report, examples: Sequence[Example], folder: Path) -> Path:
    """Write index.html and its plot into `folder`, where the examples are; return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    draw_figures(report.rows, folder / "figures.svg")
    environment = Environment(loader=FileSystemLoader(TEMPLATE.parent), autoescape=True)
    rows = list(zip(report.rows, cells(report.rows), strict=True))
    page = environment.get_template(TEMPLATE.name)
    path = folder / "index.html"
    path.write_text(page.render(report=report, rows=rows, examples=examples), encoding="utf-8")
    return path
