"""The benchmark harness measures fairly and keeps benchmarks apart."""

from pathlib import Path

import pytest

from tests.benchmarks.harness import (
    Benchmark,
    at_least,
    at_most,
    discover,
    interleaved_s,
    peak_memory_gb,
    run,
)


def written(folder: Path, body: str) -> Path:
    module = folder / "bench_sample.py"
    module.write_text(f"from tests.benchmarks.harness import at_most\n{body}", "utf-8")
    return module


def test_a_bar_holds_up_to_its_very_value() -> None:
    assert at_most(2.0, "render", 2.0, "s").holds
    assert not at_most(2.0, "render", 2.1, "s").holds
    assert at_least(0.5, "F1", 0.5, "").holds
    assert not at_least(0.5, "F1", 0.4, "").holds


def test_benchmarks_are_found_without_being_imported(tmp_path: Path) -> None:
    module = written(tmp_path, "1 / 0\ndef helper(): ...\ndef bench_a(): ...\ndef bench_b(): ...")
    assert list(discover(tmp_path)) == [Benchmark(module, "bench_a"), Benchmark(module, "bench_b")]
    assert [each.name for each in discover(tmp_path, only="sample.bench_b")] == ["bench_b"]


def test_rows_come_back_from_the_benchmarks_own_process(tmp_path: Path) -> None:
    body = "import os\ndef bench_pid(): return [at_most(0, 'pid', os.getpid(), '')]"
    (row,) = run(Benchmark(written(tmp_path, body), "bench_pid"))
    assert row.name == "pid"
    assert row.bar == "<= 0"
    assert not row.holds


def test_a_benchmark_that_dies_is_named(tmp_path: Path) -> None:
    module = written(tmp_path, "import os\ndef bench_dies(): os._exit(7)")
    with pytest.raises(RuntimeError, match=r"bench_sample\.bench_dies ended with status 7"):
        run(Benchmark(module, "bench_dies"))


def test_two_actions_take_turns() -> None:
    calls: list[str] = []
    interleaved_s(lambda: calls.append("a"), lambda: calls.append("b"), rounds=3)
    assert "".join(calls) == "abababab"


def test_the_peak_counts_memory_that_was_given_back() -> None:
    before = peak_memory_gb()
    _ = b"x" * int(before * 1e9)
    del _
    assert peak_memory_gb() > before
