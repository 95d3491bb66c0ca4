"""What can go wrong; each message says what is wrong, its value and what to do."""


class InferenceError(Exception):
    """The parent of every error that `inference` raises on purpose.

    `device` is the one on which a render failed, None where none was in use yet.
    """

    device: str | None = None


class PackError(InferenceError):
    """A pack is damaged, incomplete or not what its manifest says."""


class RequestError(InferenceError):
    """A request asks for something that cannot be rendered."""


class DeviceError(InferenceError):
    """The device that was asked for cannot be used."""


class RenderError(InferenceError):
    """A graph failed while it ran."""


class OutOfMemory(RenderError):  # noqa: N818
    """There was not enough memory, on the device or in the machine."""


class WorkerDied(InferenceError):  # noqa: N818
    """The render worker died while it had the job, and died again when it was tried once more."""


class WorkerKilled(WorkerDied):
    """The system killed the render worker, twice, as it does when memory runs out."""


class Cancelled(InferenceError):  # noqa: N818
    """The render was stopped because its token was cancelled."""
