import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import psutil
import pytest

from desktop.storage.project import read_project
from tests.end_to_end.killing import look, render_and_kill, render_command

Stop: TypeAlias = Callable[[int, int], None]
MOMENTS = ((0, 1.0), (2, 0.02), (3, 0.1))  # takes, then seconds; the benchmark has more


def test_a_killed_render_loses_no_finished_take_and_no_song(
    song: Path, environment: dict[str, str]
) -> None:
    finished = set[str]()
    for takes, after_s in MOMENTS:
        left = render_and_kill(song, takes, after_s, environment)
        assert (left.problem, left.lost) == ("", frozenset())
        assert len(left.finished) >= takes
        finished |= left.finished
    assert look(song, frozenset(finished)).lost == frozenset()


@pytest.fixture
def rendering(song: Path, environment: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    """Yield a long render that has its first take, in a process group of its own."""
    # a test run in the background may have been told to ignore Ctrl+C, and would pass that on
    heeding = ["env", "--default-signal=INT"]
    with subprocess.Popen(
        [*heeding, *render_command(song, takes=500)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        while '"take"' not in process.stdout.readline():
            assert process.poll() is None
        yield process


@pytest.mark.parametrize(
    ("stop", "number", "code"),
    [(os.killpg, signal.SIGINT, 130), (os.kill, signal.SIGTERM, 143)],
    ids=["Ctrl+C in a terminal", "SIGTERM"],
)
def test_a_stopped_render_leaves_no_process_and_nothing_half_written(
    rendering: "subprocess.Popen[str]", song: Path, stop: Stop, number: int, code: int
) -> None:
    workers = psutil.Process(rendering.pid).children(recursive=True)
    assert workers
    stop(rendering.pid, number)
    out, err = rendering.communicate(timeout=20)
    assert rendering.returncode == code
    assert '"event": "cancelled"' in out.splitlines()[-1]
    assert [line for line in err.splitlines() if line] == ["partimento: cancelled"]
    assert psutil.wait_procs(workers, timeout=5)[1] == []
    assert not list(song.rglob("*.tmp"))
    assert read_project(song).song.tracks[0].regions[0].takes
