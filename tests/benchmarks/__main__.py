"""`python -m tests.benchmarks [WORD]`: run the benchmarks, print a table, write bench.json."""

import sys
from collections.abc import Iterable
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table

from tests.benchmarks.harness import Row, discover, run

RESULTS = Path("bench.json")


def table(rows: Iterable[Row]) -> Table:
    """Return `rows` as they are shown on the terminal."""
    shown = Table("name", "value", "unit", "against", "bar", "holds")
    for row in rows:
        verdict = "yes" if row.holds else "[bold red]no[/]"
        shown.add_row(row.name, f"{row.value:.4g}", row.unit, row.against, row.bar, verdict)
    return shown


def main() -> None:
    """Exit with 1 where a benchmark failed or a bar does not hold."""
    only = sys.argv[1] if len(sys.argv) > 1 else ""
    progress = Console(stderr=True)
    rows: list[Row] = []
    failures: list[str] = []
    for benchmark in discover(only=only):
        progress.print(f"running {benchmark.title}")
        try:
            rows += run(benchmark)
        except RuntimeError as error:
            failures.append(str(error))
    Console().print(table(rows))
    RESULTS.write_bytes(msgspec.json.format(msgspec.json.encode(rows)) + b"\n")
    for failure in failures:
        progress.print(f"[bold red]failed:[/] {failure}")
    sys.exit(1 if failures or not all(row.holds for row in rows) else 0)


if __name__ == "__main__":
    main()
