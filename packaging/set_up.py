"""Make this checkout ready: the Debian packages it lacks, `.venv`, the pinned Python packages.

It runs on the machine's own Python, before anything is installed: standard library only, and
syntax that an older Python still parses, so that it can say that it is too old.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = (3, 11)
VENV_PACKAGE = "python{}.{}-venv".format(*sys.version_info)
INSTALLED_FROM = ("pyproject.toml", "packaging/constraints.txt")
EXTRAS = {"run": "", "tests": "[dev]"}
# Debian package: what it brings, a file, a library or a command.
TO_RUN = {
    "libglib2.0-0": "libglib-2.0.so.0",
    "libegl1": "libEGL.so.1",
    "libgl1": "libGL.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
    "libfontconfig1": "libfontconfig.so.1",
    "libdbus-1-3": "libdbus-1.so.3",
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libportaudio2": "libportaudio.so.2",
    "libfluidsynth3": "libfluidsynth.so.3",
    "musescore-general-soundfont-small": "/usr/share/sounds/sf3/MuseScore_General_Lite.sf3",
}
TO_TEST = {
    "fluid-soundfont-gm": "/usr/share/sounds/sf2/FluidR3_GM.sf2",
    "fonts-droid-fallback": "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "jackd2": "jackd",
    "libasound2-plugins": "/usr/share/alsa/alsa.conf.d/pulse.conf",
    "pulseaudio": "pulseaudio",
    "pulseaudio-utils": "parec",
    "xdotool": "xdotool",
    "xvfb": "Xvfb",
}
BRINGS = {**TO_RUN, **TO_TEST}
SERVED_BY = {"run": ("run", "tests"), "tests": ("tests",)}
DEBIAN_PACKAGES = {"run": (VENV_PACKAGE, *TO_RUN), "tests": (VENV_PACKAGE, *BRINGS)}


class SetUpError(Exception):
    """What stops the set-up, in words for the person at the terminal."""


def say(line: str) -> None:
    sys.stderr.write(f"set-up: {line}\n")


def loads(library: str) -> bool:
    """Return whether the dynamic linker finds `library`."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def is_present(package: str) -> bool:
    """Return whether what Debian's `package` brings is there, wherever it came from."""
    if package == VENV_PACKAGE:
        return importlib.util.find_spec("ensurepip") is not None
    what = BRINGS[package]
    if what.startswith("/"):
        return Path(what).exists()
    return loads(what) if ".so" in what else shutil.which(what) is not None


def install_debian(packages: list[str]) -> None:
    """Install `packages` with apt; where there is no apt, name them and go on."""
    names = " ".join(packages)
    if shutil.which("apt-get") is None:
        say(f"no apt-get on this machine; please install what Debian calls: {names}")
        return
    as_root = [] if os.geteuid() == 0 else ["sudo"]
    if as_root and shutil.which("sudo") is None:
        raise SetUpError(f"not root and no sudo; as root, run: apt-get install {names}")
    say(f"installing Debian packages: {names}")
    quiet_apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o=Dpkg::Use-Pty=0"]
    apt = [*as_root, *quiet_apt]
    subprocess.run([*apt, "update"], check=True)
    subprocess.run([*apt, "install", "--no-install-recommends", "-y", *packages], check=True)


def runs(command: list[str]) -> bool:
    """Return whether `command` can be started and succeeds."""
    try:
        return subprocess.run(command, check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def make_venv(venv: Path) -> Path:
    """Return the Python of `venv`, made afresh where it is missing or broken."""
    python = venv / "bin" / "python"
    if not runs([str(python), "-m", "pip", "--version"]):
        say(f"making {venv}")
        subprocess.run([sys.executable, "-m", "venv", "--clear", venv], check=True)
    return python


def install_python(python: Path, root: Path, extra: str) -> None:
    """Install the package of `root`, editable, with the pinned versions of everything else."""
    say("installing Python packages (the first time takes minutes)")
    pins = str(root / "packaging" / "constraints.txt")
    install = [str(python), "-m", "pip", "install", "--quiet"]
    subprocess.run([*install, "--constraint", pins, "--editable", f"{root}{extra}"], check=True)


def fingerprint(root: Path) -> str:
    """Return a hash that changes when an installation made for `root` is out of date."""
    parts = [str(root), sys.version, Path(__file__).read_text(encoding="utf-8")]
    parts += [(root / name).read_text("utf-8") for name in INSTALLED_FROM]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def stamp(root: Path, purpose: str) -> Path:
    """Return the file that tells what `.venv` was last made ready from."""
    return root / ".venv" / f"ready-for-{purpose}"


def is_stamped(root: Path, purpose: str, wanted: str) -> bool:
    """Return whether the stamp of `purpose` is there and says `wanted`."""
    path = stamp(root, purpose)
    return path.exists() and path.read_text("utf-8") == wanted


def set_up(root: Path, purpose: str) -> None:
    """Make `root` ready for `purpose`, a key of EXTRAS; do nothing where it is so already.

    The stamp is written last: a set-up that was cut off runs again from the start.
    """
    wanted = fingerprint(root)
    if any(is_stamped(root, served, wanted) for served in SERVED_BY[purpose]):
        return
    missing = [package for package in DEBIAN_PACKAGES[purpose] if not is_present(package)]
    if missing:
        install_debian(missing)
    python = make_venv(root / ".venv")
    install_python(python, root, EXTRAS[purpose])
    stamp(root, purpose).write_text(wanted, "utf-8")
    say(f"ready for {purpose}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Make this checkout ready.")
    parser.add_argument("purpose", choices=list(EXTRAS))
    purpose = parser.parse_args().purpose
    if sys.version_info < OLDEST_PYTHON:
        found = "{}.{}".format(*sys.version_info)
        sys.exit(f"Python 3.11 or newer is needed, this is {found}; try: make PYTHON=python3.12")
    try:
        set_up(ROOT, purpose)
    except SetUpError as error:
        sys.exit(f"set-up: {error}")
    except subprocess.CalledProcessError as error:
        command = " ".join(str(part) for part in error.cmd)
        sys.exit(f"set-up: this command failed, see its message above: {command}")


if __name__ == "__main__":
    main()
