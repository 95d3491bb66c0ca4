"""ONNX Runtime sessions on the best device that really works."""

import ctypes
import io
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import onnxruntime as ort  # type: ignore[import-untyped]

from inference.arrays import Floats
from inference.errors import DeviceError, InferenceError, OutOfMemory, PackError, RenderError
from inference.events import EVENTS, told_numbers
from inference.pack import INPUTS, OUTPUT, Graph, Improvisation, Manifest, Pack, note_features
from inference.progress import CancelToken

ort.set_default_logger_severity(4)  # a provider that is not there is reported by us, once

PROVIDERS: Final = {  # in the order of preference
    "cuda": "CUDAExecutionProvider",
    "webgpu": "WebGpuExecutionProvider",
    "directml": "DmlExecutionProvider",
    "coreml": "CoreMLExecutionProvider",
    "cpu": "CPUExecutionProvider",
}
# the search for the fastest convolution would choose differently from run to run
OPTIONS: Final = {"cuda": {"cudnn_conv_algo_search": "HEURISTIC"}}
WANTED: Final = re.compile(r"(?:buffer of size|requested bytes of) (\d+)")
MAX_THREADS: Final = 1024
# how ONNX Runtime, C++, CUDA, cuBLAS, cuDNN, Direct3D and WebGPU say it
NO_MEMORY: Final = re.compile(
    r"bad_?alloc|out ?of ?memory|(unable|failed) to allocate|_ALLOC_FAILED|8007000E"
    r"|not enough memory|available memory of \d+ is smaller",
    re.IGNORECASE,
)
INTEGERS: Final = {"ids", "mask", "text_mask", "role", "told"}
LATENTS: Final = {"latents", "context", "known", "velocity"}
Sizes: TypeAlias = tuple[int | None, ...]  # None: any


@dataclass(frozen=True, slots=True)
class Fallback:
    """A device that was passed over, and why."""

    device: str
    reason: str


@dataclass(frozen=True, slots=True)
class Device:
    """The device that graphs run on, those passed over before it, and the threads on the CPU."""

    name: str
    threads: int
    fallbacks: tuple[Fallback, ...] = ()

    @property
    def provider(self) -> str:
        return PROVIDERS[self.name]


def usable_threads() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def choose_device(pack: Pack, name: str = "auto", threads: int | None = None) -> Device:
    """Return device `name`, or for "auto" the first that runs the pack's smallest graph.

    Raises DeviceError when `name` is unknown or does not run here.
    """
    if name != "auto" and name not in PROVIDERS:
        raise DeviceError(f"device must be auto, {', '.join(PROVIDERS)}, got {name!r}")
    if threads is not None and not 1 <= threads <= MAX_THREADS:
        raise DeviceError(f"threads must be in 1..{MAX_THREADS}, got {threads}")
    probe = min((pack.folder / graph.file for graph in pack.graphs.values()), key=size_of)
    passed: list[Fallback] = []
    for device in candidates(name):
        reason = why_not(device, probe)
        if reason is None:
            return Device(device, threads or usable_threads(), tuple(passed))
        passed.append(Fallback(device, reason))
    raise DeviceError(f"device {name!r} cannot be used: {passed[-1].reason}; try auto or cpu")


def candidates(name: str) -> Iterator[str]:
    """Yield the devices to try for `name`."""
    available = ort.get_available_providers()
    for device, provider in PROVIDERS.items():
        if device == name or (name == "auto" and provider in available):
            yield device


def why_not(device: str, probe: Path) -> str | None:
    """Return why `device` does not run the graph `probe`, or None when it does."""
    if device == "cpu":
        return None
    if PROVIDERS[device] not in ort.get_available_providers():
        return "this build of ONNX Runtime does not have it"
    if device == "cuda" and not has_nvidia_driver():
        return "there is no NVIDIA driver"
    complaint = preload_cuda() if device == "cuda" else ""
    try:
        session = open_session(probe, device, threads=1)
    except (PackError, OutOfMemory) as error:
        return str(error)
    # a provider that fails is left out of the session without an exception
    if PROVIDERS[device] in session.get_providers():
        return None
    return complaint or "ONNX Runtime could not start it; is its driver installed?"


def has_nvidia_driver() -> bool:
    """Return whether the library that every NVIDIA driver brings can be loaded."""
    try:
        ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
    except OSError:
        return False
    return True


def preload_cuda() -> str:
    """Load CUDA's libraries from their Python packages; return the first complaint."""
    said = io.StringIO()
    with redirect_stdout(said):
        ort.preload_dlls()
    return said.getvalue().partition("\n")[0]


def size_of(path: Path) -> int:
    return path.stat().st_size


def open_session(path: Path, device: str, threads: int) -> Any:
    """Return a session for the graph at `path`; raises PackError, or OutOfMemory."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 4
    options.use_deterministic_compute = True
    # spinning threads slow down whatever else plays or renders beside us
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    providers: list[Any] = [(PROVIDERS[device], OPTIONS.get(device, {}))]
    if device != "cpu":
        providers.append((PROVIDERS["cpu"], {}))
    try:
        return ort.InferenceSession(path, options, providers=providers, enable_fallback=0)
    except Exception as error:  # ONNX Runtime raises a dozen kinds without a common parent
        broken = PackError(f"{path} does not open ({error}); install the pack again")
        raise why(path, error, broken) from error


def why(path: Path, error: Exception, otherwise: InferenceError) -> InferenceError:
    """Return what `error` of the graph at `path` means: OutOfMemory, else `otherwise`."""
    if isinstance(error, MemoryError) or NO_MEMORY.search(str(error)):
        wanted = WANTED.search(str(error))
        reason = f"{int(wanted[1]) / 1e6:.0f} MB more were wanted" if wanted else ""
        return out_of_memory(path, reason)
    return otherwise


def out_of_memory(what: object, reason: str) -> OutOfMemory:
    """Return what to say of `what` that ran out of memory."""
    if reason:
        return OutOfMemory(
            f"{what} ran out of memory ({reason}); try again with a smaller tile, or a shorter "
            "region"
        )
    return OutOfMemory(
        f"{what} ran out of memory; try again with a smaller tile, or a shorter region"
    )


class Net:
    """A graph, called with the host's names; latents go in and come out as (B, T, C)."""

    def __init__(self, pack: Pack, role: str, device: Device) -> None:
        graph = pack.graphs[role]
        path = pack.folder / graph.file
        self._session = open_session(path, device.name, device.threads)
        self._path, self._role, self._manifest = path, role, pack.manifest
        self._names = graph.inputs
        self._output = graph.outputs[OUTPUT[role]]
        self._turned = pack.manifest.latent.order == "BCT"
        check_graph(self._session, graph, role, path)
        check_sizes(self._session, pack.manifest, role, path)

    @property
    def takes(self) -> frozenset[str]:
        """Return what the graph is offered, in the host's names."""
        return frozenset(self._names)

    @property
    def _advice(self) -> str:
        """Return what may help where the graph gives no numbers; guidance moves only latents."""
        if self._role in {"denoiser", "decoder"}:
            return "try less guidance or the device cpu"
        return "try the device cpu, or another version of the pack"

    @property
    def providers(self) -> list[str]:
        """Return the providers in use, the best first."""
        return list(self._session.get_providers())

    def __call__(
        self, feeds: Mapping[str, npt.NDArray[Any]], cancel: CancelToken | None = None
    ) -> Floats:
        """Return the graph's output, finite and shaped as the contract says.

        Raises Cancelled, or when the graph fails RenderError or OutOfMemory.
        """
        cancel = cancel or CancelToken()
        cancel.raise_if_cancelled()
        options = ort.RunOptions()
        named = {self._names[name]: self._turn(name, array) for name, array in feeds.items()}
        try:
            with cancel.linked(lambda: setattr(options, "terminate", True)):
                (output,) = self._session.run([self._output], named, options)
        except Exception as error:
            cancel.raise_if_cancelled()  # a terminated run raises a generic failure
            failed = RenderError(
                f"{self._path} failed ({error}); try a shorter region, the device cpu, or another "
                "version of the pack"
            )
            raise why(self._path, error, failed) from error
        cancel.raise_if_cancelled()
        result = np.asarray(self._turn(OUTPUT[self._role], np.asarray(output)), np.float32)
        expected = output_sizes(self._manifest, self._role, feeds)
        if not fits(result.shape, expected):
            raise RenderError(
                f"{self._path} gave {result.shape} where the contract says {expected}; "
                "the pack is faulty: get another version"
            )
        if not np.isfinite(result).all():
            raise RenderError(f"{self._path} gave NaN or infinity; {self._advice}")
        return result

    def _turn(self, name: str, array: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Return latents with their last two axes exchanged if the pack's order is BCT."""
        if self._turned and name in LATENTS and array.ndim == 3:
            return np.ascontiguousarray(array.swapaxes(1, 2))
        return array


def output_sizes(manifest: Manifest, role: str, feeds: Mapping[str, npt.NDArray[Any]]) -> Sizes:
    """Return the shape of what the contract lets graph `role` give for `feeds`, latents as BTC."""
    latent, sizes = manifest.latent, {name: array.shape for name, array in feeds.items()}
    match role:
        case "text":
            expected: Sizes = (*sizes["ids"], None)
        case "encoder":
            rows, _, frames = sizes["audio"]
            expected = (rows, frames // latent.audio_frames, latent.channels)
        case "listener":
            expected = (*sizes["context"][:2], None)
        case "improviser":
            expected = (len(feeds["state"]), EVENTS + sizes["state"][1])
        case "control":
            expected = (next((len(array) for array in feeds.values()), None), None, None)
        case "decoder":
            rows, frames, _ = sizes["latents"]
            expected = (rows, manifest.audio.channels, frames * latent.audio_frames)
        case _:
            expected = (*sizes["latents"][:2], latent.channels)
    return expected


def sizes_of(manifest: Manifest, name: str) -> Sizes:
    """Return the shape of the array that the contract calls `name`, in the pack's own order."""
    channels = manifest.latent.channels
    remembered = manifest.improvisation.state if manifest.improvisation else 0
    if name in LATENTS:
        return (None, None, channels) if manifest.latent.order == "BTC" else (None, channels, None)
    improvised = manifest.improvisation or Improvisation(state=1)
    sizes: dict[str, Sizes] = {
        **dict.fromkeys(("ids", "mask", "text_mask"), (None, None)),
        **dict.fromkeys(("time", "role"), (None,)),
        **dict.fromkeys(("notes_mask", "context_mask", "known_mask"), (None, None, 1)),
        **dict.fromkeys(("text", "control", "heard"), (None, None, None)),
        "moment": (None, None),
        "phase": (None, 4 + 2 * len(improvised.phrase_bars)),
        "told": (None, told_numbers(len(improvised.bars_ago))),
        **{"state": (None, remembered), "next": (None, EVENTS + remembered)},
        **{"notes": (None, None, note_features(manifest))},
        **{"beat": (None, None, 4), "audio": (None, manifest.audio.channels, None)},
    }
    return sizes[name]


def fits(shape: Sequence[object], expected: Sizes) -> bool:
    """Return whether `shape`, in which only integers are fixed, may be `expected`."""
    return len(shape) == len(expected) and all(
        not isinstance(size, int) or wanted is None or size == wanted
        for size, wanted in zip(shape, expected, strict=True)
    )


def check_sizes(session: Any, manifest: Manifest, role: str, path: Path) -> None:
    """Raise PackError where a size that is fixed in the graph is not the manifest's."""
    graph = getattr(manifest.graphs, role)
    names = {own: name for name, own in (*graph.inputs.items(), *graph.outputs.items())}
    for node in (*session.get_inputs(), *session.get_outputs()):
        # a graph need not say what it gives
        if node.name in names and node.shape:
            expected = sizes_of(manifest, names[node.name])
            if not fits(node.shape, expected):
                raise PackError(
                    f"{path}: {node.name!r} has the shape {node.shape}, by the manifest it is "
                    f"{expected}; mend either"
                )


def check_graph(session: Any, graph: Graph, role: str, path: Path) -> None:
    """Raise PackError unless the graph's real inputs and outputs are those of the manifest."""
    types = {
        graph.inputs.get(name): "tensor(int64)" if name in INTEGERS else "tensor(float)"
        for name in INPUTS[role]
    }
    real = {node.name: node.type for node in session.get_inputs()}
    named = {name: types[name] for name in graph.inputs.values()}
    if real != named:
        raise PackError(f"{path} takes {real}, the manifest and contract say {named}; mend either")
    outputs = {node.name: node.type for node in session.get_outputs()}
    if outputs.get(graph.outputs[OUTPUT[role]]) != "tensor(float)":
        raise PackError(f"{path} gives {outputs}, the manifest says {graph.outputs}; mend either")
