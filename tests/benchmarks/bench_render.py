"""What a render by the embedded pack costs on two CPU cores."""

from statistics import mean
from time import perf_counter
from typing import Final

from inference.pipeline import Engine
from inference.progress import Progress
from tests.benchmarks.harness import Row, at_most, duration_s, peak_memory_gb
from tests.benchmarks.sketch import PACK, RATE_HZ, SPAN_S, THREADS, request

LONG_SPANS: Final = 20  # 10 minutes


def bench_short_region() -> list[Row]:
    """Measure the first render of a fresh process, with all that opening the pack costs."""
    took_s = duration_s(lambda: Engine(PACK, "cpu", THREADS).render(request()))
    name = f"{SPAN_S} s of stereo, {THREADS} threads, opening the pack included"
    return [at_most(6, name, took_s, "s"), at_most(2, f"{name}: peak", peak_memory_gb(), "GB")]


def bench_first_sound() -> list[Row]:
    """Measure how soon a warm engine hands over the first second of a longer render."""
    engine = Engine(PACK, "cpu", THREADS)
    engine.render(request())
    heard_s: list[float] = []
    began = perf_counter()

    def listen(progress: Progress) -> None:
        sound = progress.sound
        if sound is not None and sound.first_frame + sound.audio.shape[1] >= RATE_HZ:
            heard_s.append(perf_counter() - began)

    whole_s = duration_s(lambda: engine.render(request(), listen, hear=True))
    name = f"first second of {SPAN_S} s of stereo, warm, {THREADS} threads"
    return [at_most(1, name, heard_s[0], "s", f"all of it: {whole_s:.2f} s")]


def bench_long_region() -> list[Row]:
    engine, span_s = Engine(PACK, "cpu", THREADS), LONG_SPANS * SPAN_S
    engine.render(request())
    # short renders before and after: what slows the machine meanwhile slows both alike
    before_s = duration_s(lambda: engine.render(request()))
    long_s = duration_s(lambda: engine.render(request(span_s)))
    after_s = duration_s(lambda: engine.render(request()))
    name = f"{span_s // 60} minutes in one region"
    against = f"{LONG_SPANS} times {SPAN_S} s, rendered before and after"
    ratio = long_s / (LONG_SPANS * mean((before_s, after_s)))
    return [
        at_most(1.1, name, ratio, "x as long", against),
        at_most(2, f"{name}: peak", peak_memory_gb(), "GB"),
    ]
