"""What an evaluation found: rows, a table, JSON, and the part of the model card."""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Row:
    """One figure; `bar` must be met now and `goal` one day, from below unless `at_most`."""

    name: str
    value: float
    unit: str = ""
    bar: float | None = None
    goal: float | None = None
    at_most: bool = False

    @property
    def holds(self) -> bool | None:
        """Return whether the bar is met; None where there is none."""
        if self.bar is None:
            return None
        return self.value <= self.bar if self.at_most else self.value >= self.bar


@dataclass(frozen=True, slots=True)
class Report:
    """The rows, and all that is needed to get them again."""

    pack: dict[str, str]
    rows: tuple[Row, ...]
    songs: tuple[int, ...]
    seeds: tuple[int, ...]
    song_s: float
    soundfont: str
    date: str

    def value(self, name: str) -> float:
        """Return the value of the row `name`; raises KeyError."""
        return {row.name: row.value for row in self.rows}[name]


def today() -> str:
    """Return the date in UTC, YYYY-MM-DD."""
    return datetime.now(UTC).date().isoformat()


def to_plain(report: Report) -> dict[str, Any]:
    """Return `report` as JSON values; what could not be measured is null."""
    plain = asdict(report)
    plain["rows"] = [
        {key: value for key, value in _finite(row).items() if value is not None or key == "value"}
        for row in report.rows
    ]
    return plain


def _finite(row: Row) -> dict[str, Any]:
    value = row.value if math.isfinite(row.value) else None
    return {**asdict(row), "value": value, "holds": row.holds, "at_most": row.at_most or None}


def write_json(report: Report, path: Path) -> None:
    """Write `report` to `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(to_plain(report), indent=2, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def figure(value: float | None, unit: str) -> str:
    """Return `value` with three significant digits and its unit; a dash for what is missing."""
    if value is None or not math.isfinite(value):
        return "–"
    number = f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"
    return f"{number} {unit}".strip()


def cells(rows: Sequence[Row]) -> Iterator[tuple[str, str, str, str]]:
    """Yield name, value, bar and goal of each row as text."""
    for row in rows:
        sign = "≤ " if row.at_most else ""
        bar, goal = (sign + f"{x:g}" if x is not None else "" for x in (row.bar, row.goal))
        yield row.name, figure(row.value, row.unit), bar, goal


def print_table(report: Report, console: Console) -> None:
    """Print the rows; a bar that is missed is red."""
    table = Table("what", "value", "bar", "goal", title=f"{report.pack['id']}, {report.date}")
    for row, texts in zip(report.rows, cells(report.rows), strict=True):
        table.add_row(*texts, style="red" if row.holds is False else None)
    console.print(table)


def card_table(report: Report) -> str:
    """Return the figures as a Markdown table for MODEL_CARD.md."""
    head = (
        f"Version {report.pack['version']}, {len(report.songs)} songs of {report.song_s:g} s that "
        f"training never drew, {len(report.seeds)} seeds (median), sampled instrument: "
        f"{report.soundfont}, {report.date}.\n\n| what | value | bar | goal |\n|---|---|---|---|\n"
    )
    return head + "".join(f"| {' | '.join(texts)} |\n" for texts in cells(report.rows))
