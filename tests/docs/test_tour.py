"""The README's tour of the command line can be typed as it is printed, from top to bottom."""

import importlib.util
import shutil
from pathlib import Path

import pytest

from tests.docs.test_documents import ROOT, in_environment, shell_commands


@pytest.mark.skipif(importlib.util.find_spec("desktop.cli") is None, reason="no command line yet")
def test_the_tour_can_be_typed_line_by_line(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    tour = [words for _, words in shell_commands() if words[0] == "partimento"]
    assert tour, "the README shows no command line"
    for words in tour:
        result = in_environment(words, tmp_path)
        assert result.returncode == 0, f"{' '.join(words)}\n{result.stdout}{result.stderr}"
