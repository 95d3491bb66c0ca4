"""Fixtures of the folder."""

from pathlib import Path

import pytest

from tests.desktop.mixing.take_files import TakeFiles


@pytest.fixture
def pool(tmp_path: Path) -> TakeFiles:
    return TakeFiles(tmp_path / "takes")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "out"
