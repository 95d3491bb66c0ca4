"""What holds for every test: nothing is left running, nothing leaves the machine."""

import os
import sys
import threading
from collections.abc import Iterator

import psutil
import pytest
from hypothesis import Phase, settings

# Two programs that each want all cores, here and beside, slow one another tenfold.
os.environ.setdefault("OMP_NUM_THREADS", "1")

THREAD_GRACE_S = 2.0
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1", "", None})

# Explaining a failure runs a test hundreds of times more, which takes minutes.
PHASES = [phase for phase in Phase if phase is not Phase.explain]
settings.register_profile(
    "same_each_time", derandomize=True, deadline=None, phases=PHASES, max_examples=50
)
settings.register_profile("explore", deadline=None, phases=PHASES, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or "same_each_time")


def refuse_network(event: str, args: tuple[object, ...]) -> None:
    """Raise where a test looks up or reaches another machine (an audit hook)."""
    if event == "socket.getaddrinfo":
        host = args[0]
    elif event in {"socket.connect", "socket.sendto"} and isinstance(args[1], tuple):
        host = args[1][0]
    else:
        return
    if host not in LOCAL_HOSTS:
        raise PermissionError(f"a test must not use the network, but wanted {host!r}")


def pytest_configure() -> None:
    # An audit hook cannot be taken away again, which is what a whole test run wants.
    sys.addaudithook(refuse_network)


def children() -> set[psutil.Process]:
    """Return the living child processes, but for Python's own bookkeeper of shared resources."""
    return {
        child
        for child in psutil.Process().children(recursive=True)
        if "multiprocessing.resource_tracker" not in " ".join(command_line(child))
    }


def command_line(process: psutil.Process) -> list[str]:
    """Return the command of `process`, empty when it has just ended."""
    try:
        return process.cmdline()
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return []


@pytest.fixture(autouse=True, scope="session")
def no_data_of_the_users(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the user's packs and prompts out of the tests, and the tests' out of the user's."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(autouse=True)
def no_thread_left_behind() -> Iterator[None]:
    """Fail a test that returns while a thread it started still runs."""
    before = set(threading.enumerate())
    yield
    started = set(threading.enumerate()) - before
    for thread in started:
        thread.join(THREAD_GRACE_S)
    left = [thread.name for thread in started if thread.is_alive()]
    assert not left, f"threads left running: {left}"


@pytest.fixture(autouse=True)
def no_process_left_behind() -> Iterator[None]:
    """Fail a test that returns while a process it started still runs, and end that process."""
    before = children()
    yield
    left = {process: " ".join(command_line(process)) for process in children() - before}
    for process in left:
        process.kill()
    psutil.wait_procs(left)
    assert not left, f"processes left running: {list(left.values())}"
