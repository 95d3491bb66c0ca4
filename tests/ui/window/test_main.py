"""The program's commands: `open` shows the window, all others never load Qt."""

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.__main__ import main
from desktop.document.song import Song
from desktop.storage.project import Project


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path | None]:
    """Give what windows are asked to open, of which none is shown."""
    asked: list[Path | None] = []

    def run(path: Path | None) -> int:
        asked.append(path)
        return 0

    monkeypatch.setattr("ui.app.run", run)
    return asked


def test_open_hands_the_song_to_the_window(tmp_path: Path, opened: list[Path | None]) -> None:
    Project.create(tmp_path / "tune.partimento", Song()).close()
    tune = tmp_path / "tune"
    for words in (["open", str(tune)], ["open"]):
        with pytest.raises(SystemExit) as ended:
            main(words)
        assert ended.value.code == 0
    assert opened == [tune, None]


def test_open_says_in_the_terminal_that_a_song_is_not_there(
    tmp_path: Path, opened: list[Path | None], capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "none.partimento"
    with pytest.raises(SystemExit) as ended:
        main(["open", str(path)])
    assert ended.value.code == 2
    assert f"{path}: there is no such song; check the path" in capsys.readouterr().err
    assert not opened


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
