"""When memory runs out: what is said, and that smaller tiles need less for the same sound."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
import pytest

from inference.decoder import thrifty_tile
from inference.errors import OutOfMemory, PackError, RenderError
from inference.pipeline import Engine
from inference.request import RenderRequest
from inference.sessions import why
from inference.worker import RenderWorker

TinyPack = Callable[..., Path]
ASKED = RenderRequest(pack_id="tiny", frames=40_000, prompt="calm", seed=7)
MINI = Path(__file__).parents[2] / "onnx_models" / "packs" / "mini"
SAID = (  # by ONNX Runtime on CPU and GPU, CUDA's libraries, Direct3D and numpy
    "[ONNXRuntimeError] : 1 : FAIL : Non-zero status code returned while running Add node. "
    "bfc_arena.cc:360 Failed to allocate memory for requested buffer of size 5324800",
    "[ONNXRuntimeError] : 6 : RUNTIME_EXCEPTION : Status Message: std::bad_alloc",
    "bfc_arena.cc:376 Available memory of 1048576 is smaller than requested bytes of 5242880",
    "CUDA failure 2: out of memory ; GPU=0",
    "CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED",
    "80070 8007000E Not enough memory resources are available to complete this operation.",
    "Unable to allocate 646. KiB for an array with shape (2584, 32)",
)


@pytest.mark.parametrize("said", SAID)
def test_what_libraries_say_of_memory_is_understood(said: str) -> None:
    error = why(Path("decoder.onnx"), RuntimeError(said), RenderError("else"))
    assert isinstance(error, OutOfMemory)
    assert "smaller tile" in str(error)


def test_other_failures_stay_what_they_are() -> None:
    other = PackError("it does not open")
    for said in ("cudaErrorIllegalAddress: an illegal memory access", "invalid protobuf"):
        assert why(Path("decoder.onnx"), RuntimeError(said), other) is other


def test_smaller_tiles_give_the_same_sound_where_the_context_covers_the_decoder(
    tiny_pack: Path,
) -> None:
    engine = Engine(tiny_pack, "cpu", 1)
    usual, thrifty = engine.render(ASKED), engine.thrifty(1).render(ASKED)
    assert np.abs(usual.audio - thrifty.audio).max() < 1e-6
    assert (usual.recipe.thrift, thrifty.recipe.thrift) == (0, 1)


def test_still_smaller_tiles_come_with_smaller_windows_and_the_same_bytes_each_time(
    tiny_pack: Path,
) -> None:
    engine = Engine(tiny_pack, "cpu", 1)
    first, second = (engine.thrifty(2).render(ASKED).audio for _ in range(2))
    assert first.tobytes() == second.tobytes()
    assert first.shape == (2, 40_000)
    assert not np.allclose(first, engine.render(ASKED).audio, atol=1e-3)
    assert engine.thrifty(0) is engine


def test_a_tile_is_a_quarter_of_what_it_was_and_never_below_its_context() -> None:
    assert [thrifty_tile(2048, 32, 10_000, thrift) for thrift in range(5)] == [
        2048,
        512,
        128,
        32,
        32,
    ]
    assert thrifty_tile(2048, 32, 344, 1) == 86
    assert thrifty_tile(2048, 0, 1, 5) == 1
    assert thrifty_tile(4, 32, 100, 1) == 4


def limit_memory(process_id: int | None, more_mb: int) -> None:
    """Let the process grow by no more than `more_mb` from now on."""
    process = psutil.Process(process_id)
    most = process.memory_info().vms + more_mb * 2**20
    process.rlimit(psutil.RLIMIT_AS, (most, process.rlimit(psutil.RLIMIT_AS)[1]))


def test_a_worker_out_of_memory_says_so_and_renders_with_a_smaller_tile() -> None:
    # a sketch of silence: notes that are improvised would take room too
    asked = RenderRequest(
        pack_id="mini", frames=44100 * 60, prompt="flute", notes=(), seed=1, steps=1
    )
    with RenderWorker("cpu", threads=1) as worker:
        worker.open(MINI)
        before = worker.process_id
        limit_memory(before, 420)  # 540 is enough for whole tiles, 340 for quarters of them
        with pytest.raises(OutOfMemory, match="smaller tile") as failed:
            worker.render(MINI, asked)
        assert failed.value.device == "cpu"
        (rendered,) = worker.render_chain(MINI, [asked], thrift=2)
        assert rendered.audio.shape == (2, 44100 * 60)
        assert worker.process_id == before


def test_numpy_out_of_memory_is_told_alike(tiny_pack: Path) -> None:
    with RenderWorker("cpu", threads=1) as worker:
        worker.open(tiny_pack)
        limit_memory(worker.process_id, 100)
        with pytest.raises(OutOfMemory, match="ran out of memory"):
            worker.render(tiny_pack, replace(ASKED, frames=2**27))
        assert worker.render(tiny_pack, ASKED).audio.any()


def test_a_pack_that_does_not_open_for_want_of_memory_is_not_called_damaged(
    tiny_pack: Path,
) -> None:
    with RenderWorker("cpu", threads=1) as worker:
        worker.open(tiny_pack)
        limit_memory(worker.process_id, 20)
        with pytest.raises(OutOfMemory, match="ran out of memory"):
            worker.open(MINI)
