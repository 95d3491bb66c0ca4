"""Rows, fair ratios, peak memory, and how a benchmark runs in a process of its own.

A benchmark is a public function `bench_*() -> list[Row]` in a module `bench_*.py` of this folder.
"""

import ast
import gc
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import msgspec

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; `against` says what the value is compared with, if anything."""

    name: str
    value: float
    unit: str
    against: str
    bar: str
    holds: bool


def at_most(bar: float, name: str, value: float, unit: str, against: str = "") -> Row:
    """Return the row of a `value` that is good when it is small."""
    return Row(name, value, unit, against, f"<= {bar:g}", value <= bar)


def at_least(bar: float, name: str, value: float, unit: str, against: str = "") -> Row:
    """Return the row of a `value` that is good when it is large."""
    return Row(name, value, unit, against, f">= {bar:g}", value >= bar)


def duration_s(action: Callable[[], object]) -> float:
    """Return how long one call of `action` takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def interleaved_s(
    first: Callable[[], object], second: Callable[[], object], rounds: int = 7
) -> tuple[float, float]:
    """Return the median seconds of each, called in turns after one unmeasured call of each.

    Whatever else the machine does meanwhile then slows both alike, and their ratio stays fair.
    """
    first()
    second()
    gc.collect()
    pairs = [(duration_s(first), duration_s(second)) for _ in range(rounds)]
    return median(a for a, _ in pairs), median(b for _, b in pairs)


def peak_memory_gb() -> float:
    """Return the most memory this process has held so far (Linux: VmHWM).

    `ru_maxrss` would count what the parent held before it started this process.
    """
    status = Path("/proc/self/status").read_text("ascii")
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024 / 1e9


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A function `name` of the file `module`, not imported until it runs."""

    module: Path
    name: str

    @property
    def title(self) -> str:
        return f"{self.module.stem}.{self.name}"


def discover(folder: Path = FOLDER, only: str = "") -> Iterator[Benchmark]:
    """Yield the benchmarks of `folder` whose title contains `only`."""
    for module in sorted(folder.glob("bench_*.py")):
        for node in ast.parse(module.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("bench_"):
                benchmark = Benchmark(module, node.name)
                if only in benchmark.title:
                    yield benchmark


def run(benchmark: Benchmark) -> list[Row]:
    """Return the rows of `benchmark`, run in a new process; RuntimeError where that fails."""
    with TemporaryDirectory() as folder:
        rows = Path(folder, "rows.json")
        arguments = [str(benchmark.module), benchmark.name, str(rows)]
        command = [sys.executable, "-m", "tests.benchmarks.child", *arguments]
        status = subprocess.run(command, check=False).returncode
        if status != 0:
            raise RuntimeError(f"{benchmark.title} ended with status {status}")
        return msgspec.json.decode(rows.read_bytes(), type=list[Row])
