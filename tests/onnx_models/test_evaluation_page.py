"""The report as a page."""

from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import soundfile  # type: ignore[import-untyped]

from onnx_models.evaluation.page import Example, write_example, write_page
from onnx_models.evaluation.report import Report, Row

REPORT = Report(
    pack={"id": "mini", "version": "0.1.0", "sha256": "ab"},
    rows=(
        Row("note F1", 0.612, "", 0.5, 0.9),
        Row("peak memory", 2.4, "GB", 2, 1.5, at_most=True),
        Row("chroma", float("nan")),
    ),
    songs=(1, 2), seeds=(0,), song_s=8.0, soundfont="x.sf2", date="2026-01-02",
)  # fmt: skip
EXAMPLE = Example("7-lead", "flute <loud> & clear")


class Named(HTMLParser):
    """Collects what a page names: its files, and the words of its rows by class."""

    def __init__(self) -> None:
        super().__init__()
        self.files: list[str] = []
        self.classes: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.files += [src for src in [named.get("src")] if src]
        self.classes += [named["class"]] if tag == "tr" and "class" in named else []


def test_the_page_shows_every_figure_and_plays_every_example(tmp_path: Path) -> None:
    sound = np.random.default_rng(0).uniform(-0.5, 0.5, (2, 9000)).astype(np.float32)
    write_example(EXAMPLE, sound, -sound, 8000, tmp_path)
    page = write_page(REPORT, [EXAMPLE], tmp_path).read_text("utf-8")
    named = Named()
    named.feed(page)
    assert named.classes == ["met", "missed", ""]
    assert len(named.files) == 4
    assert all((tmp_path / file).stat().st_size > 0 for file in named.files)
    assert "flute &lt;loud&gt; &amp; clear" in page
    assert "≤ 2" in page
    assert soundfile.info(tmp_path / "7-lead-render.flac").frames == 9000
