"""The program's commands: `open` shows the window, all others never load Qt."""

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.__main__ import main


def test_open_hands_the_song_to_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path | None] = []

    def run(path: Path | None) -> int:
        opened.append(path)
        return 0

    monkeypatch.setattr("ui.app.run", run)
    for words in (["open", "tune"], ["open"]):
        with pytest.raises(SystemExit) as ended:
            main(words)
        assert ended.value.code == 0
    assert opened == [Path("tune"), None]


def test_the_help_names_open(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "Open a song in the window" in capsys.readouterr().out


def test_other_commands_start_without_qt() -> None:
    code = (
        "import sys\nfrom desktop.__main__ import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "sys.exit('PySide6' in sys.modules)"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode
        == 0
    )
