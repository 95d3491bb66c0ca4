"""Saves that are killed; `make bench` does the same 200 times."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

KILLS = 15


@pytest.fixture
def kill_saves() -> ModuleType:
    path = Path(__file__).parents[2] / "end_to_end" / "kill_saves.py"
    spec = importlib.util.spec_from_file_location("kill_saves", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_killed_save_leaves_the_song_before_or_after_it(
    kill_saves: ModuleType, folder: Path
) -> None:
    assert kill_saves.kill_saves(KILLS, folder) == kill_saves.Kills(KILLS, ())
