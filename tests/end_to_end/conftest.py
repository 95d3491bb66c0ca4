"""The real program in processes of its own, with the tiny pack as the user's only one."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from types import ModuleType
from typing import TypeAlias

import pytest

from desktop.storage.project import Project

Program: TypeAlias = Callable[..., "subprocess.CompletedProcess[str]"]


def load_beside(path: Path) -> ModuleType:
    """Return the module at `path`; tests are files, not packages, so it has no import."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


tiny_pack = load_beside(Path(__file__).parents[1] / "tiny_pack.py").tiny_pack


@pytest.fixture(scope="session")
def killing() -> ModuleType:
    return load_beside(Path(__file__).with_name("killing.py"))


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
def song(tmp_path: Path, killing: ModuleType) -> Path:
    """Return the project of the short song."""
    folder = tmp_path / "short.partimento"
    Project.create(folder, killing.short_song()).close()
    return folder
