"""Fixtures of the folder; the tiny pack's come from tests/tiny_pack.py."""

import importlib.util
from pathlib import Path
from types import ModuleType


def load_beside(name: str) -> ModuleType:
    """Return the module `tests/<name>.py`; tests are files, not packages, so it has no import."""
    path = Path(__file__).parents[1] / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


tiny_pack = load_beside("tiny_pack").tiny_pack
