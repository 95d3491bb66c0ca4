"""Kill a render at any moment and see what is left; the benchmark does so 200 times."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

from desktop.storage.errors import StorageError
from desktop.storage.pool import TakePool
from desktop.storage.project import TAKES, read_project


@dataclass(frozen=True)
class Aftermath:
    """What is left of a song: the takes that the program had called finished, and those lost."""

    finished: frozenset[str]
    lost: frozenset[str]
    problem: str = ""  # why the song does not open


def render_command(song: Path, takes: int = 2) -> list[str]:
    """Return the command that renders `song` and tells of each take on stdout."""
    words = f"-m desktop render --takes {takes} --device cpu --threads 1 --json".split()
    return [sys.executable, *words, str(song)]


def render_and_kill(song: Path, after_s: float, environment: Mapping[str, str]) -> Aftermath:
    """Render `song` in a process, kill that `after_s` seconds into the work, look at the song.

    The work begins when the model is open; the tiny pack then needs about 2 s for the short song.
    """
    with subprocess.Popen(
        render_command(song), stdout=subprocess.PIPE, env=environment, text=True
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()  # says which device renders
        finished: set[str] = set()
        reader = threading.Thread(target=collect_takes, args=(process, finished))
        reader.start()
        time.sleep(after_s)
        workers = children_of(process)
        process.kill()
        reader.join()
    gone, alive = psutil.wait_procs(workers, timeout=10)
    if alive:
        return Aftermath(frozenset(finished), frozenset(), f"still running: {alive}, ended: {gone}")
    return look(song, frozenset(finished))


def children_of(process: "subprocess.Popen[str]") -> list[psutil.Process]:
    try:
        return psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def collect_takes(process: "subprocess.Popen[str]", finished: set[str]) -> None:
    """Add the takes that `process` tells of, until it ends; the last line may be torn."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.endswith("\n"):
            event = json.loads(line)
            if event["event"] == "take":
                finished.add(event["take_id"])


def look(song: Path, finished: frozenset[str]) -> Aftermath:
    """Return which of the finished takes are not in the song whole."""
    try:
        opened = read_project(song)
    except StorageError as error:
        return Aftermath(finished, finished, str(error))
    pool, whole = TakePool(song / TAKES), set[str]()
    for track in opened.song.tracks:
        for take in (take for region in track.regions for take in region.takes):
            try:
                pool.verify(take)
            except StorageError:
                continue
            whole.add(take.id)
    return Aftermath(finished, finished - whole)
