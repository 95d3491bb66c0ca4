import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
import pytest

from inference.errors import Cancelled, PackError, RequestError, WorkerDied, WorkerKilled
from inference.pipeline import Engine
from inference.progress import CancelToken, Progress, Stage
from inference.request import RenderRequest, Span
from inference.worker import RenderWorker

ASKED = RenderRequest(pack_id="tiny", frames=9000, prompt="calm", seed=7)
LONG = replace(ASKED, frames=800_000, steps=1000)


@pytest.fixture
def worker() -> Iterator[RenderWorker]:
    with RenderWorker("cpu", threads=1) as running:
        yield running


def kill(process_id: int | None) -> None:
    assert process_id is not None
    os.kill(process_id, signal.SIGKILL)


def wait_until(condition: Callable[[], bool], timeout_s: float = 10) -> None:
    end = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def test_the_worker_gives_the_engine_s_bytes_and_progress(
    worker: RenderWorker, tiny_pack: Path
) -> None:
    seen: list[Progress] = []
    there = worker.render(tiny_pack, ASKED, seen.append)
    here = Engine(tiny_pack, "cpu", 1).render(ASKED)
    assert there.audio.tobytes() == here.audio.tobytes()
    assert there.recipe == here.recipe
    assert Progress(Stage.DENOISE, 4, 4) in seen


def test_the_worker_hands_over_sound_while_the_rest_is_made(
    worker: RenderWorker, make_tiny_pack: Callable[..., Path]
) -> None:
    pack = make_tiny_pack({"decoder": {"first_tile": 4}})
    seen: list[Progress] = []
    whole = worker.render(pack, ASKED, seen.append, hear=True).audio
    sounds = [progress.sound for progress in seen if progress.sound is not None]
    assert [sound.audio.shape[1] // 64 for sound in sounds[:4]] == [4, 8, 16, 32]
    joined = np.concatenate([sound.audio for sound in sounds], axis=1)
    assert joined.tobytes() == whole.tobytes()
    starts = np.cumsum([0, *(sound.audio.shape[1] for sound in sounds[:-1])])
    assert [sound.first_frame for sound in sounds] == starts.tolist()


def test_kept_sound_is_not_handed_over_before_it_is_whole(
    worker: RenderWorker, tiny_pack: Path
) -> None:
    known = np.zeros((2, ASKED.frames), np.float32)
    asked = replace(ASKED, known_audio=known, repaint=(Span(1000, 3000),))
    seen: list[Progress] = []
    worker.render(tiny_pack, asked, seen.append, hear=True)
    assert all(progress.sound is None for progress in seen)


def test_chains_and_batches_go_through_the_worker(worker: RenderWorker, tiny_pack: Path) -> None:
    requests, shapes = [ASKED, replace(ASKED, frames=5001)], [(2, 9000), (2, 5001)]
    assert [r.audio.shape for r in worker.render_chain(tiny_pack, requests)] == shapes
    together = worker.render_together(tiny_pack, [[request] for request in requests])
    assert [[r.audio.shape for r in parts or ()] for parts in together] == [[s] for s in shapes]


def test_one_of_several_can_be_cancelled_while_the_others_go_on(
    worker: RenderWorker, tiny_pack: Path
) -> None:
    cancels = [CancelToken() for _ in range(3)]

    def stop_the_second(progress: Progress) -> None:
        if progress.stage is Stage.DENOISE:
            cancels[1].cancel()

    chains = [[replace(ASKED, frames=200_000, seed=seed)] for seed in range(3)]
    before, none, after = worker.render_together(tiny_pack, chains, stop_the_second, cancels)
    assert none is None
    engine = Engine(tiny_pack, "cpu", 1)
    for (request,), parts in ((chains[0], before), (chains[2], after)):
        assert parts is not None
        assert parts[0].audio.tobytes() == engine.render(request).audio.tobytes()


def test_the_last_of_several_to_be_cancelled_stops_them_all(
    worker: RenderWorker, tiny_pack: Path
) -> None:
    cancels = [CancelToken() for _ in range(2)]

    def stop(progress: Progress) -> None:
        if progress.stage is Stage.DENOISE:
            cancels[progress.done % 2].cancel()

    with pytest.raises(Cancelled):
        worker.render_together(tiny_pack, [[LONG], [LONG]], stop, cancels)
    assert worker.render(tiny_pack, ASKED).audio.any()


def test_the_worker_says_which_device_it_uses(worker: RenderWorker, tiny_pack: Path) -> None:
    assert worker.open(tiny_pack).provider == "CPUExecutionProvider"


def test_errors_come_back_as_they_are_and_the_worker_lives_on(
    worker: RenderWorker, tiny_pack: Path, tmp_path: Path
) -> None:
    worker.open(tiny_pack)
    before = worker.process_id
    with pytest.raises(RequestError, match="role must be one of"):
        worker.render(tiny_pack, replace(ASKED, role="kazoo"))
    with pytest.raises(PackError, match="cannot be read"):
        worker.render(tmp_path, ASKED)
    assert worker.render(tiny_pack, ASKED).audio.any()
    assert worker.process_id == before


def test_a_cancel_is_quick_and_the_worker_lives_on(worker: RenderWorker, tiny_pack: Path) -> None:
    worker.open(tiny_pack)
    before, cancel = worker.process_id, CancelToken()
    timer = threading.Timer(0.2, cancel.cancel)
    timer.start()
    start = time.monotonic()
    with pytest.raises(Cancelled):
        worker.render(tiny_pack, LONG, cancel=cancel)
    assert time.monotonic() - start < 2
    timer.join()
    assert worker.render(tiny_pack, ASKED).audio.any()
    assert worker.process_id == before


def test_a_killed_worker_comes_back_and_finishes_the_job(
    worker: RenderWorker, tiny_pack: Path
) -> None:
    worker.open(tiny_pack)
    victims = [worker.process_id]

    def kill_once(progress: Progress) -> None:
        if progress.stage is Stage.DENOISE and victims:
            kill(victims.pop())

    expected = Engine(tiny_pack, "cpu", 1).render(ASKED).audio
    assert worker.render(tiny_pack, ASKED, kill_once).audio.tobytes() == expected.tobytes()
    assert not victims


def test_a_worker_killed_between_jobs_comes_back(worker: RenderWorker, tiny_pack: Path) -> None:
    worker.open(tiny_pack)
    kill(worker.process_id)
    assert worker.render(tiny_pack, ASKED).audio.any()


def test_a_job_that_always_kills_its_worker_fails_clearly(
    worker: RenderWorker, tiny_pack: Path
) -> None:
    def kill_always(progress: Progress) -> None:
        if progress.stage is Stage.DENOISE and progress.done == 1:
            kill(worker.process_id)

    with pytest.raises(WorkerKilled, match=r"killed 2 times .*exit code -9") as killed:
        worker.render(tiny_pack, LONG, kill_always)
    assert killed.value.device == "cpu"
    assert worker.render(tiny_pack, ASKED).audio.any()


def test_a_worker_that_crashes_is_not_said_to_lack_memory(
    worker: RenderWorker, tiny_pack: Path
) -> None:
    def crash(progress: Progress) -> None:
        if progress.stage is Stage.DENOISE and progress.done == 1:
            os.kill(worker.process_id or 0, signal.SIGSEGV)

    with pytest.raises(WorkerDied, match=r"died 2 times .*exit code -11") as died:
        worker.render(tiny_pack, LONG, crash)
    assert not isinstance(died.value, WorkerKilled)


def test_a_watcher_s_own_error_ends_the_job_cleanly(worker: RenderWorker, tiny_pack: Path) -> None:
    def fail(progress: Progress) -> None:
        raise ZeroDivisionError(progress)

    with pytest.raises(ZeroDivisionError):
        worker.render(tiny_pack, ASKED, fail)
    assert worker.render(tiny_pack, ASKED).audio.any()


def test_a_stuck_worker_is_killed_after_its_grace(tiny_pack: Path) -> None:
    with RenderWorker("cpu", threads=1, grace_s=0.1) as worker:
        worker.open(tiny_pack)
        assert worker.process_id is not None
        cancel = CancelToken()

        def freeze(progress: Progress) -> None:
            if progress.done == 1 and progress.stage is Stage.DENOISE:
                os.kill(worker.process_id or 0, signal.SIGSTOP)
                cancel.cancel()

        with pytest.raises(Cancelled, match="did not answer"):
            worker.render(tiny_pack, LONG, freeze, cancel)


def test_a_closed_worker_leaves_no_process(tiny_pack: Path) -> None:
    worker = RenderWorker("cpu", threads=1)
    worker.open(tiny_pack)
    process = psutil.Process(worker.process_id)
    worker.close()
    worker.close()
    assert not process.is_running()
    assert worker.process_id is None


PARENT = """
import sys, time
from pathlib import Path
from inference.worker import RenderWorker
if __name__ == "__main__":
    worker = RenderWorker("cpu", threads=1)
    worker.open(Path(sys.argv[1]))
    print(worker.process_id, flush=True)
    time.sleep(60)
"""


def test_a_worker_ends_when_its_parent_is_killed(tiny_pack: Path, tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT, "utf-8")
    with subprocess.Popen([sys.executable, script, tiny_pack], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    wait_until(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)


CTRL_C = """
import os, signal, sys, threading, time
from pathlib import Path
from inference.worker import RenderWorker
if __name__ == "__main__":
    with RenderWorker("cpu", threads=1) as worker:
        opening = threading.Thread(target=worker.open, args=(Path(sys.argv[1]),))
        opening.start()
        while worker.process_id is None:
            time.sleep(0.001)
        first = worker.process_id
        while opening.is_alive():
            os.kill(first, signal.SIGINT)
            time.sleep(0.005)
        print(worker.process_id == first)
"""


def test_ctrl_c_does_not_reach_a_worker_that_is_starting(tiny_pack: Path, tmp_path: Path) -> None:
    script = tmp_path / "interrupting.py"
    script.write_text(CTRL_C, "utf-8")
    ran = subprocess.run(
        [sys.executable, script, tiny_pack], check=False, capture_output=True, text=True
    )
    assert (ran.stdout, ran.stderr) == ("True\n", "")
