"""What can go wrong; each message says what is wrong, its value and what to do."""


class InferenceError(Exception):
    """The parent of every error that `inference` raises on purpose."""


class PackError(InferenceError):
    """A pack is damaged, incomplete or not what its manifest says."""


class RequestError(InferenceError):
    """A request asks for something that cannot be rendered."""


class DeviceError(InferenceError):
    """The device that was asked for cannot be used."""


class RenderError(InferenceError):
    """A graph failed while it ran."""


class WorkerDied(InferenceError):  # noqa: N818
    """The render worker died while it had the job, and died again when it was tried once more."""


class Cancelled(InferenceError):  # noqa: N818
    """The render was stopped because its token was cancelled."""
