"""What is left of songs whose program was killed (kill -9) at random moments."""

import os
import random
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from desktop.storage.project import Project
from tests.benchmarks.harness import Row, at_most
from tests.end_to_end.kill_saves import kill_saves
from tests.end_to_end.killing import look, render_and_kill, short_song
from tests.tiny_pack import build_tiny_pack

KILLS: Final = 100  # of saves, and as many of renders
TAKES: Final = 10  # in a whole render of the short song
LONGEST_START_S: Final = 4.0  # until a render has its first take
LONGEST_TAKE_S: Final = 0.3


def bench_killed_saves() -> list[Row]:
    with TemporaryDirectory() as folder:
        harms = kill_saves(KILLS, Path(folder, "killed.partimento")).harms
    return [row("a save", harms)]


def bench_killed_renders() -> list[Row]:
    with TemporaryDirectory() as folder:
        song = Path(folder, "killed.partimento")
        Project.create(song, short_song()).close()
        return [row("`partimento render`", kill_renders(song, user_of_tiny_pack(Path(folder))))]


def row(killed: str, harms: tuple[str, ...]) -> Row:
    name = f"songs or takes lost, or not opening, by kill -9 of {killed}"
    return at_most(0, name, len(harms), f"of {KILLS}", "; ".join(harms[:3]))


def kill_renders(song: Path, environment: Mapping[str, str], seed: int = 0) -> tuple[str, ...]:
    """Return a sentence for each time that `song` did not open, and for each take that it lost."""
    chance, finished, problems = random.Random(seed), set[str](), list[str]()
    for _ in range(KILLS):
        takes = chance.randrange(TAKES)
        after_s = chance.uniform(0, LONGEST_TAKE_S if takes else LONGEST_START_S)
        left = render_and_kill(song, takes, after_s, environment)
        finished |= left.finished
        if left.problem:
            problems.append(left.problem)
    left = look(song, frozenset(finished))
    return (*problems, *(f"take {take} is lost" for take in sorted(left.lost)))


def user_of_tiny_pack(folder: Path) -> dict[str, str]:
    """Return the environment of a user who has the tiny pack and no other of their own."""
    build_tiny_pack(folder / "data" / "partimento" / "packs" / "tiny")
    places = {"XDG_DATA_HOME": folder / "data", "XDG_STATE_HOME": folder / "state", "HOME": folder}
    return os.environ | {name: str(path) for name, path in places.items()}
