"""What may help a job that failed, by what it failed of."""

from dataclasses import replace
from enum import StrEnum
from typing import Final

from desktop.rendering.jobs import Job
from inference.errors import (
    DeviceError,
    InferenceError,
    OutOfMemory,
    PackError,
    RenderError,
    WorkerDied,
    WorkerKilled,
)

CPU: Final = "cpu"
MOST_THRIFT: Final = 3  # a 64th of the usual tile
MEMORY: Final = (OutOfMemory, WorkerKilled, MemoryError)
DEVICES: Final = (*MEMORY, DeviceError, RenderError, WorkerDied)  # where another one may do


class Mend(StrEnum):
    """What can be done about a failed job, beside trying it once more as it is."""

    SMALLER_TILE = "smaller_tile"
    CPU = "cpu"
    MODELS = "models"


def mends(job: Job, error: Exception | None) -> tuple[Mend, ...]:
    """Return what may help `job`, which failed with `error`; the likeliest first."""
    found = []
    if isinstance(error, MEMORY) and job.thrift < MOST_THRIFT:
        found.append(Mend.SMALLER_TILE)
    if isinstance(error, DEVICES) and device_of(job, error) != CPU:
        found.append(Mend.CPU)
    if isinstance(error, PackError):
        found.append(Mend.MODELS)
    return tuple(found)


def device_of(job: Job, error: Exception) -> str | None:
    """Return the device on which `job` failed, None where that is not known."""
    return (error.device if isinstance(error, InferenceError) else None) or job.device


def mended(job: Job, mend: Mend) -> Job:
    """Return `job` as it is to be tried again."""
    if mend is Mend.SMALLER_TILE:
        return replace(job, thrift=job.thrift + 1)
    if mend is Mend.CPU:
        return replace(job, device=CPU)
    raise ValueError(f"{mend!r} changes no job; it is for the user to do")
