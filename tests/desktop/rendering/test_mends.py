"""What is offered for which failure."""

import pytest

from desktop.rendering.jobs import Job
from desktop.rendering.mends import MOST_THRIFT, Mend, mended, mends
from inference.errors import (
    DeviceError,
    InferenceError,
    OutOfMemory,
    PackError,
    RenderError,
    RequestError,
    WorkerDied,
    WorkerKilled,
)

JOB = Job((1,), takes=2, seed=3)
TILE, CPU, MODELS = Mend.SMALLER_TILE, Mend.CPU, Mend.MODELS


def on(device: str | None, error: InferenceError) -> InferenceError:
    error.device = device
    return error


@pytest.mark.parametrize(
    ("error", "offered"),
    [
        (on("cpu", OutOfMemory("full")), (TILE,)),
        (on("cuda", OutOfMemory("full")), (TILE, CPU)),
        (on("cuda", WorkerKilled("killed")), (TILE, CPU)),
        (MemoryError(), (TILE, CPU)),
        (on("cuda", WorkerDied("died")), (CPU,)),
        (on("cpu", WorkerDied("died")), ()),
        (on("cuda", RenderError("it gave NaN")), (CPU,)),
        (DeviceError("no such device"), (CPU,)),
        (PackError("there is no pack"), (MODELS,)),
        (RequestError("too short"), ()),
        (OSError("the disk is full"), ()),
        (None, ()),
    ],
)
def test_a_failure_offers_what_may_help_it(
    error: Exception | None, offered: tuple[Mend, ...]
) -> None:
    assert mends(JOB, error) == offered


def test_tiles_get_smaller_until_there_is_nothing_left_to_gain() -> None:
    job, tried = JOB, 0
    while Mend.SMALLER_TILE in mends(job, on("cpu", OutOfMemory("full"))):
        job, tried = mended(job, Mend.SMALLER_TILE), tried + 1
    assert (job.thrift, tried) == (MOST_THRIFT, MOST_THRIFT)
    assert mends(job, on("cuda", OutOfMemory("full"))) == (Mend.CPU,)


def test_a_mended_job_is_the_same_but_for_the_mend() -> None:
    smaller = mended(JOB, Mend.SMALLER_TILE)
    assert mended(smaller, Mend.CPU) == Job((1,), takes=2, seed=3, thrift=1, device="cpu")
    with pytest.raises(ValueError, match="changes no job"):
        mended(JOB, Mend.MODELS)


def test_a_job_on_the_cpu_is_not_offered_the_cpu_again() -> None:
    assert mends(mended(JOB, Mend.CPU), DeviceError("no such device")) == ()
