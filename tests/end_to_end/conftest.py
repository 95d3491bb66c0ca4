"""The real program in processes of its own, with the tiny pack as the user's only one."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import TypeAlias

import pytest

from desktop.storage.project import Project
from tests.end_to_end.killing import short_song
from tests.tiny_pack import tiny_pack

__all__ = ["tiny_pack"]

Program: TypeAlias = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def environment(tiny_pack: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the environment of a user whose only folder of packs holds the tiny one."""
    home = tmp_path_factory.mktemp("home")
    copytree(tiny_pack, home / "data" / "partimento" / "packs" / "tiny")
    places = {"XDG_DATA_HOME": str(home / "data"), "XDG_STATE_HOME": str(home / "state")}
    return {**os.environ, **places, "OMP_NUM_THREADS": "1", "HOME": str(home)}


@pytest.fixture
def program(environment: dict[str, str], tmp_path: Path) -> Program:
    """Return what runs the program in the test's folder."""

    def run(*words: object) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "desktop", *map(str, words)]
        return subprocess.run(
            command, check=False, capture_output=True, text=True, env=environment, cwd=tmp_path
        )

    return run


@pytest.fixture
def song(tmp_path: Path) -> Path:
    """Return the project of the short song."""
    folder = tmp_path / "short.partimento"
    Project.create(folder, short_song()).close()
    return folder
