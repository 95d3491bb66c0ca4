"""The render of 30 s beside PyTorch on the same two threads, in the same run."""

import os
from statistics import mean
from typing import Final

from inference.pipeline import Engine
from tests.benchmarks.harness import Row, at_least, duration_s, interleaved_s
from tests.benchmarks.sketch import PACK, SPAN_S, THREADS, request

# PyTorch's waiting threads would spin, and whatever else runs would slow it down tenfold.
os.environ["OMP_WAIT_POLICY"] = "passive"  # read when PyTorch is imported, in the functions below

NAME: Final = f"a render of {SPAN_S} s, {THREADS} threads"


def bench_eager() -> list[Row]:
    from tests.benchmarks.eager import EagerNets  # noqa: PLC0415 (after OMP_WAIT_POLICY)

    engine = Engine(PACK, "cpu", THREADS)
    nets = EagerNets(engine.pack, request(), THREADS)
    ours_s, theirs_s = interleaved_s(lambda: engine.render(request()), nets.run, rounds=2)
    against = f"the nets alone, random weights, PyTorch eager in float32: {theirs_s:.1f} s"
    return [at_least(1, NAME, theirs_s / ours_s, "x faster", against)]


def bench_musicgen() -> list[Row]:
    from tests.benchmarks.musicgen import MusicGen  # noqa: PLC0415 (after OMP_WAIT_POLICY)

    engine, musicgen = Engine(PACK, "cpu", THREADS), MusicGen(THREADS)
    engine.render(request())
    before_s = duration_s(lambda: engine.render(request()))
    made_s, took_s = musicgen.timed(SPAN_S)
    after_s = duration_s(lambda: engine.render(request()))
    theirs_s = took_s * SPAN_S / made_s
    against = f"MusicGen-small, random weights, PyTorch: {made_s:g} s of mono in {took_s:.1f} s"
    if made_s < SPAN_S:
        against += f", scaled to {theirs_s:.0f} s for {SPAN_S} s"
    ratio = theirs_s / mean((before_s, after_s))
    return [at_least(1, NAME, ratio, "x faster", against)]
