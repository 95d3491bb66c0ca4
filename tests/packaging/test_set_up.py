"""Setting a checkout up: what is missing is installed, once, and failures say what to do."""

import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path
from types import SimpleNamespace

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import set_up

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a folder with the files that the set-up reads."""
    (tmp_path / "packaging").mkdir()
    for name in set_up.INSTALLED_FROM:
        (tmp_path / name).write_text((ROOT / name).read_text("utf-8"), "utf-8")
    return tmp_path


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Record the commands instead of running them; each succeeds."""
    recorded: list[list[str]] = []

    def record(command: list[str], **_: object) -> SimpleNamespace:
        recorded.append([str(word) for word in command])
        if "venv" in command:
            Path(command[-1]).mkdir(exist_ok=True)
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(set_up, "subprocess", SimpleNamespace(run=record))
    monkeypatch.setattr(set_up, "is_present", lambda _: True)
    monkeypatch.setattr(set_up, "runs", lambda _: False)
    return recorded


def test_the_first_call_makes_the_environment_and_installs_the_pins(
    checkout: Path, commands: list[list[str]]
) -> None:
    set_up.set_up(checkout, "tests")
    made, installed = commands
    assert made[-1] == str(checkout / ".venv")
    assert installed[-1] == f"{checkout}[dev]"
    assert str(checkout / "packaging" / "constraints.txt") in installed


def test_the_second_call_does_nothing(checkout: Path, commands: list[list[str]]) -> None:
    set_up.set_up(checkout, "run")
    commands.clear()
    set_up.set_up(checkout, "run")
    assert commands == []


def test_what_is_ready_for_the_tests_is_ready_to_run(
    checkout: Path, commands: list[list[str]]
) -> None:
    set_up.set_up(checkout, "tests")
    commands.clear()
    set_up.set_up(checkout, "run")
    assert commands == []


@pytest.mark.parametrize("name", set_up.INSTALLED_FROM)
def test_it_runs_again_when_what_it_installs_from_changes(
    checkout: Path, commands: list[list[str]], name: str
) -> None:
    set_up.set_up(checkout, "run")
    commands.clear()
    (checkout / name).write_text("changed", "utf-8")
    set_up.set_up(checkout, "run")
    assert commands


def test_a_set_up_cut_off_half_way_runs_again(
    checkout: Path, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(set_up, "install_python", cut_off)
        with pytest.raises(KeyboardInterrupt):
            set_up.set_up(checkout, "run")
    commands.clear()
    set_up.set_up(checkout, "run")
    assert commands


def test_only_missing_debian_packages_are_installed(
    checkout: Path, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(set_up, "is_present", lambda package: package != "libfluidsynth3")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")
    set_up.set_up(checkout, "tests")
    install = commands[1]
    assert install[0] == "sudo"
    assert install[-2:] == ["-y", "libfluidsynth3"]


def test_without_apt_the_packages_are_named_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    set_up.install_debian(["libfluidsynth3"])
    assert "libfluidsynth3" in capsys.readouterr().err


def test_without_root_and_sudo_the_command_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr("shutil.which", lambda name: name if name == "apt-get" else None)
    with pytest.raises(set_up.SetUpError, match="as root, run: apt-get install libfluidsynth3"):
        set_up.install_debian(["libfluidsynth3"])


def test_an_old_python_is_told_what_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["set_up.py", "run"])
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    with pytest.raises(SystemExit, match=r"3\.11 or newer is needed, this is 3\.10"):
        set_up.main()
    assert capsys.readouterr().err == ""


def test_every_dependency_is_pinned_to_a_version_that_it_allows() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = chain(project["dependencies"], *project["optional-dependencies"].values())
    lines = (ROOT / "packaging" / "constraints.txt").read_text("utf-8").splitlines()
    pinned = (line.split("==") for line in lines if not line.startswith("#"))
    pins = {canonicalize_name(name): version for name, version in pinned}
    for requirement in map(Requirement, wanted):
        if requirement.name != project["name"]:
            assert pins[canonicalize_name(requirement.name)] in requirement.specifier, (
                requirement.name
            )


def test_a_second_call_in_a_ready_checkout_installs_nothing() -> None:
    if not (ROOT / ".venv" / "ready-for-tests").exists():
        pytest.skip("this environment was not made by the set-up")
    command = [sys.executable, "packaging/set_up.py", "tests"]
    result = subprocess.run(command, cwd=ROOT, timeout=60, capture_output=True, check=True)
    assert result.stderr == b""
