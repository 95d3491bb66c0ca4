"""Fixtures of the folder."""

from pathlib import Path

import pytest

from tests.audio_rig import null_sink
from tests.desktop.engine.scores import Score

__all__ = ["null_sink", "score"]


@pytest.fixture
def score(tmp_path: Path) -> Score:
    return Score(tmp_path / "takes")
