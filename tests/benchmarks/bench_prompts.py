"""Finding a prompt as one types."""

from statistics import median

from desktop.prompts.library import Library
from desktop.prompts.library_file import Kept
from tests.benchmarks.harness import Row, at_most, duration_s

TYPED = ("w", "warm flute", "calm sea 99", "悲伤", "悲伤钢琴", "no such words", "")


def bench_search() -> list[Row]:
    with Library(":memory:") as library:
        library.take_in(
            Kept(
                f"warm flute {n}, calm, 悲伤的 {n % 97}, strings like the sea, {n * n} BPM, 钢琴",
                (f"tag {n % 9}",),
            )
            for n in range(10_000)
        )
        slowest = max(
            median(duration_s(lambda words=words: library.search(words)) for _ in range(9))  # type: ignore[misc]
            for words in TYPED
        )
    name = "search of 10,000 prompts as one types, the slowest of seven"
    return [at_most(50, name, 1000 * slowest, "ms")]
