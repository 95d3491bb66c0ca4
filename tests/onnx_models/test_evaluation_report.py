import json
import math
from io import StringIO
from pathlib import Path

from rich.console import Console

from onnx_models.evaluation.report import Report, Row, card_table, print_table, write_json

ROWS = (
    Row("note F1", 0.612, "", 0.5, 0.9),
    Row("peak memory", 2.4, "GB", 2, 1.5, at_most=True),
    Row("chroma", math.nan),
)
REPORT = Report(
    pack={"id": "mini", "version": "0.1.0", "sha256": "ab"},
    rows=ROWS,
    songs=(1, 2),
    seeds=(0,),
    song_s=8.0,
    soundfont="x.sf2",
    date="2026-01-02",
)


def test_a_bar_is_met_from_its_own_side() -> None:
    assert [row.holds for row in ROWS] == [True, False, None]


def test_json_says_what_was_found_and_how(tmp_path: Path) -> None:
    write_json(REPORT, tmp_path / "new" / "report.json")
    plain = json.loads((tmp_path / "new" / "report.json").read_text("utf-8"))
    assert plain["pack"] == {"id": "mini", "version": "0.1.0", "sha256": "ab"}
    assert plain["songs"] == [1, 2]
    note, memory, chroma = plain["rows"]
    assert (note["name"], note["value"], note["bar"], note["holds"]) == (
        "note F1",
        0.612,
        0.5,
        True,
    )
    assert memory["at_most"] is True
    assert chroma == {"name": "chroma", "value": None, "unit": ""}


def test_the_card_has_a_markdown_row_for_each_figure() -> None:
    lines = card_table(REPORT).splitlines()
    assert "| note F1 | 0.61 | 0.5 | 0.9 |" in lines
    assert "| peak memory | 2.40 GB | ≤ 2 | ≤ 1.5 |" in lines
    assert "| chroma | – |  |  |" in lines


def test_the_table_shows_every_row() -> None:
    console = Console(file=StringIO(), width=100)
    print_table(REPORT, console)
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert all(row.name in shown for row in ROWS)
