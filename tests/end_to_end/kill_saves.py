"""Kill a program while it saves, at random moments, and see whether the song is ever harmed.

Run as a program, `kill_saves.py FOLDER` is what gets killed: it saves until then.
"""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Final

import numpy as np

from desktop.document.song import Clip, Note, Region, Song, Take, Track
from desktop.document.time import Tick
from desktop.storage.errors import StorageError
from desktop.storage.pool import PooledTake
from desktop.storage.project import Opened, Project, read_project

LONGEST_LIFE_S: Final = 0.15  # several saves long
TAKE_HZ: Final = 8000
_NOTES: Final = tuple(Note(n, Tick(n), Tick(9), n % 128) for n in range(1, 500))
_EMPTY: Final = Song(tracks=(Track(1, clips=(Clip(2, Tick(0), Tick(1000), _NOTES),)),), next_id=4)


@dataclass(frozen=True, slots=True)
class Kills:
    """How often a save was killed, and what came of it: a sentence for each harm."""

    kills: int
    harms: tuple[str, ...]


def kill_saves(kills: int, folder: Path, seed: int = 0) -> Kills:
    """Return what `kills` kills did to a project made at `folder`, `Name.partimento`."""
    with Project.create(folder, _EMPTY):
        pass
    chance = random.Random(seed)
    lives_s = (chance.uniform(0, LONGEST_LIFE_S) for _ in range(kills))
    return Kills(kills, tuple(harm for life_s in lives_s for harm in _harms(folder, life_s)))


def _harms(folder: Path, life_s: float) -> Iterator[str]:
    acknowledged = _last_saved_before_kill(folder, life_s)
    if acknowledged is None:
        yield "the song did not open to be saved again"
        return
    try:
        opened = read_project(folder)
        with Project.open(folder) as project:
            for region in opened.song.tracks[0].regions:
                project.takes.verify(region.takes[0])
    except StorageError as error:
        yield str(error)
        return
    yield from _wrong_contents(opened, acknowledged)


def _wrong_contents(opened: Opened, acknowledged: int) -> Iterator[str]:
    number = int(opened.song.title or 0)
    # The kill may come after a save is done and before it is told: then the next one is there.
    if number not in (acknowledged, acknowledged + 1):
        yield f"save {acknowledged} was done, but song {number} is on disk"
    if opened.song.tracks[0].clips != _EMPTY.tracks[0].clips:
        yield f"song {number} is none that was saved"
    if opened.autosave_error:
        yield str(opened.autosave_error)
    if opened.recovered and int(opened.recovered.title) != number + 1:
        yield f"autosave {opened.recovered.title} stands beside song {number}"


def _last_saved_before_kill(folder: Path, life_s: float) -> int | None:
    with _saving(folder) as process:
        assert process.stdout
        told = process.stdout.readline()
        time.sleep(life_s)
        process.kill()
        told += process.stdout.read()
    # A kill may cut the last line short: only whole lines were told.
    lines = told[: told.rfind("\n") + 1].splitlines()
    return int(lines[-1]) if lines else None


@contextmanager
def _saving(folder: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, __file__, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def save_for_ever(folder: Path) -> None:
    """Add a take, autosave and save song after song, telling the number of each saved one."""
    with Project.open(folder) as project:
        start = int(project.opened.song.title or 0)
        sys.stdout.write(f"{start}\n")
        for number in count(start + 1):
            sys.stdout.flush()
            song = _song(number, project.takes.add(_audio(number), TAKE_HZ))
            project.autosave(song)
            project.save(song)
            sys.stdout.write(f"{number}\n")


def _audio(number: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.random.default_rng(number).uniform(-1, 1, (2, 2000)).astype(np.float32)


def _song(number: int, pooled: PooledTake) -> Song:
    take = Take("a", pooled.sha256, pooled.format, pooled.frames, TAKE_HZ, "2026-01-01T00:00:00Z")
    region = Region(3, Tick(0), Tick(1000), takes=(take,), active_take="a")
    track = replace(_EMPTY.tracks[0], regions=(region,))
    return replace(_EMPTY, title=str(number), tracks=(track,))


if __name__ == "__main__":
    save_for_ever(Path(sys.argv[1]))
