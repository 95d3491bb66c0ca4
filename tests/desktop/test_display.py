"""A window that cannot be shown is said in one line, not by a crash of Qt."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

NEITHER = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have no X server")
@pytest.mark.parametrize(
    ("display", "words"),
    [
        ("", "there is no display to show the window on"),
        (":987", "the display DISPLAY=:987 does not answer"),
    ],
)
def test_without_a_screen_the_window_is_refused_in_one_line(
    tmp_path: Path, display: str, words: str
) -> None:
    environment = {**os.environ, **NEITHER, "DISPLAY": display, "HOME": str(tmp_path)}
    command = [sys.executable, "-m", "desktop", "open"]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert ran.stderr.startswith(f"partimento: {words}")
    assert ran.stderr.count("\n") == 1
