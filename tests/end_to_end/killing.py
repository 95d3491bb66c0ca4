"""Kill a render at any moment and see what is left; the benchmark does so 200 times."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import psutil

from desktop.document.edits import add_clip, add_region, add_track
from desktop.document.song import ROLES, Note, QualityGate, Song
from desktop.document.time import PPQ, Tick
from desktop.storage.errors import StorageError
from desktop.storage.pool import TakePool
from desktop.storage.project import TAKES, read_project


@dataclass(frozen=True)
class Aftermath:
    """What is left of a song: the takes that the program had called finished, and those lost."""

    finished: frozenset[str]
    lost: frozenset[str]
    problem: str = ""  # why the song does not open


def short_song() -> Song:
    """Return a song of 3 s with four tracks, a region on each, and two that touch."""
    song = Song("Short")
    gate = QualityGate("keep")
    song = replace(song, settings=replace(song.settings, pack_id="tiny", quality_gate=gate))
    for role in ROLES[1:]:
        song = add_track(song, f"{role} track", role)
        notes = tuple(Note(n, Tick(n * PPQ), Tick(PPQ), 36 + n) for n in range(1, 5))
        song = add_clip(song, song.tracks[-1].id, Tick(0), Tick(6 * PPQ), notes)
        song = add_region(song, song.tracks[-1].id, Tick(0), Tick(4 * PPQ), "calm piano")
    return add_region(song, song.tracks[0].id, Tick(4 * PPQ), Tick(6 * PPQ), "bright 吉他")


def render_command(song: Path, takes: int = 2) -> list[str]:
    """Return the command that renders `song` and tells of each take on stdout."""
    words = f"-m desktop render --takes {takes} --device cpu --threads 1 --json".split()
    return [sys.executable, *words, str(song)]


def render_and_kill(
    song: Path, takes: int, after_s: float, environment: Mapping[str, str]
) -> Aftermath:
    """Render `song` in a process, kill that `after_s` after its so many takes, look at the song.

    A whole render of the short song finishes 10 takes.
    """
    with subprocess.Popen(
        render_command(song), stdout=subprocess.PIPE, env=environment, text=True
    ) as process:
        finished: set[str] = set()
        reader = threading.Thread(target=collect_takes, args=(process, finished))
        reader.start()
        while len(finished) < takes and process.poll() is None:
            time.sleep(0.002)
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
