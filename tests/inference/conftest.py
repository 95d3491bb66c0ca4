"""Fixtures of the folder; the tiny pack's come from tests/tiny_pack.py."""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest


def load_beside(name: str) -> ModuleType:
    """Return the module `tests/<name>.py`; tests are files, not packages, so it has no import."""
    path = Path(__file__).parents[1] / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_tiny = load_beside("tiny_pack")
tiny_pack = _tiny.tiny_pack
make_tiny_pack = _tiny.make_tiny_pack


@pytest.fixture(scope="session")
def altered_graph() -> Callable[[str, dict[str, str]], bytes]:
    """Return what makes a graph of the tiny pack with pieces of its text replaced."""

    def make(role: str, changes: dict[str, str]) -> bytes:
        text = (_tiny.CONTROLLED if role == "control" else _tiny.GRAPHS)[role]
        for old, new in changes.items():
            assert old in text
            text = text.replace(old, new)
        data: bytes = _tiny.build_graph(text).SerializeToString()
        return data

    return make
