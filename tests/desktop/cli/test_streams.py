"""Streams that are closed or full, and names that are no letters."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest
import soundfile  # type: ignore[import-untyped]

NOT_LETTERS = os.fsdecode(b"\xff\xfe")


def shell(command: str, folder: Path) -> "subprocess.CompletedProcess[bytes]":
    """Return how `command`, in which P is the program, ended; Bash closes streams."""
    text = command.replace("P ", f"{sys.executable} -m desktop ")
    here = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    return subprocess.run(
        ["bash", "-c", text], check=False, cwd=folder, env=here, capture_output=True
    )


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell of POSIX")
@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("P new song >&-", 0, b""),
        ("P new song --json >&- 2>&-", 0, b""),
        ("P new song <&- >&- 2>&-", 0, b""),
        ("P info gone 2>&-", 2, b""),
        ("P info gone --json >&-", 2, b"there is no such song"),
        pytest.param(
            *("P new song --json >/dev/full", 2, b"No space left on device; check"),
            marks=pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full"),
        ),
    ],
)
def test_a_closed_or_full_stream_ends_in_no_traceback(
    tmp_path: Path, command: str, code: int, said: bytes
) -> None:
    ran = shell(command, tmp_path)
    assert ran.returncode == code
    assert said in ran.stderr
    assert ran.stderr.count(b"\n") == bool(said)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are letters")
def test_names_that_are_no_letters_are_taken_as_they_are(
    run: Callable[..., Any], tmp_path: Path, midi_file: Path
) -> None:
    soundfile.write(tmp_path / "tone.wav", np.full((100, 2), 0.1), 8000)
    for kind, source in (("wav", tmp_path / "tone.wav"), ("mid", midi_file)):
        (tmp_path / f"{NOT_LETTERS}.{kind}").write_bytes(source.read_bytes())
    assert run("new", NOT_LETTERS + "1").code == 0
    assert run("import", f"{NOT_LETTERS}.wav", "--out", NOT_LETTERS + "2").code == 0
    assert run("import", f"{NOT_LETTERS}.mid", "--out", NOT_LETTERS + "3").code == 0
    ran = run("export", NOT_LETTERS + "2", "--out", NOT_LETTERS, "--format", "flac")
    assert ran.code == 0


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere words are letters")
def test_a_prompt_that_is_no_text_is_refused(run: Callable[..., Any], midi_file: Path) -> None:
    for command in ("sketch", "import"):
        ran = run(command, midi_file, "--prompt", NOT_LETTERS)
        assert ran.code == 2
        assert "is no text in this terminal's charset" in ran.err


INTERRUPTED: Final = """
import sys

class CtrlC:
    def find_spec(self, name, path=None, target=None):
        if name == "click":
            raise KeyboardInterrupt

sys.meta_path.insert(0, CtrlC())
from desktop.__main__ import main
main(["info", "song", "--json"])
"""


def test_a_stop_while_the_program_is_still_loading_is_told_like_any_other() -> None:
    ran = subprocess.run([sys.executable, "-c", INTERRUPTED], capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (130, b"partimento: cancelled\n")
    assert json.loads(ran.stdout)["event"] == "cancelled"
