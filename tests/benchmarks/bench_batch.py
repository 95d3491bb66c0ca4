"""Eight takes of one region: side by side in one batch, against one after another."""

from dataclasses import replace
from typing import Final

from inference.worker import RenderWorker
from tests.benchmarks.harness import Row, at_most, interleaved_s
from tests.benchmarks.sketch import PACK, THREADS, request

TAKES: Final = 8
REGION_S: Final = 8


def bench_batch() -> list[Row]:
    """A CPU does the same work either way; a batch must not cost more than a little."""
    requests = [replace(request(REGION_S), seed=seed) for seed in range(TAKES)]
    with RenderWorker("cpu", THREADS) as worker:

        def together() -> None:
            worker.render_together(PACK, [[one] for one in requests])

        def one_by_one() -> None:
            for one in requests:
                worker.render(PACK, one)

        batch_s, single_s = interleaved_s(together, one_by_one, rounds=3)
    against = f"one by one, {single_s:.2f} s"
    name = f"{TAKES} takes of {REGION_S} s in one batch"
    return [at_most(1.1, name, batch_s / single_s, "x as long", against)]
