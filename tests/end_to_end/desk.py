"""A desk with a screen, a mouse and keys: the real program under Xvfb, worked with xdotool."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image, ImageGrab
from PySide6.QtCore import QPoint

from tests.audio_rig import wait_until

WIDTH, HEIGHT = 1280, 800  # those of a window that is opened for the first time
DRAG_STEPS: Final = 12
TITLE: Final = "Partimento$"


@dataclass(frozen=True, slots=True)
class Desk:
    """A screen of the window's size and what is played to it."""

    display: str
    environment: Mapping[str, str]

    @contextmanager
    def program(self, song: Path) -> Iterator["subprocess.Popen[bytes]"]:
        """Give the program with `song` in its window; it is ended after the block."""
        command = [sys.executable, "-m", "desktop", "open", str(song)]
        process = subprocess.Popen(command, env=self.environment)
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=20)

    def wait_for_window(self, title: str = TITLE) -> None:
        """Return once a window whose title ends so is there, and takes the keys."""
        # there is no window manager, which else would give them to it
        search = ("search", "--onlyvisible", "--name", title, "windowfocus")
        wait_until(lambda: self._xdotool(*search) is not None, f"a window called {title}")

    def point(self, at: QPoint) -> None:
        """Move the mouse."""
        self._work("mousemove", "--sync", str(at.x()), str(at.y()))

    def click(self, at: QPoint, times: int = 1) -> None:
        """Click with the left button."""
        self.point(at)
        self._work("click", "--repeat", str(times), "--delay", "60", "1")

    def drag(self, start: QPoint, end: QPoint) -> None:
        """Press the left button at `start` and let go at `end`, on the way at a hand's pace."""
        self.point(start)
        self._work("mousedown", "1")
        for step in range(1, DRAG_STEPS + 1):
            self.point(start + (end - start) * (step / DRAG_STEPS))
        self._work("mouseup", "1")

    def press(self, *keys: str) -> None:
        """Press keys by their X names, as `ctrl+s`."""
        self._work("key", *keys)

    def picture(self) -> Image.Image:
        """Return what the screen shows."""
        return ImageGrab.grab(xdisplay=self.display)

    def _work(self, *words: str) -> None:
        assert self._xdotool(*words) is not None, words

    def _xdotool(self, *words: str) -> str | None:
        done = subprocess.run(
            ["xdotool", *words], env=self.environment, capture_output=True, text=True, check=False
        )
        return done.stdout if done.returncode == 0 else None


@contextmanager
def desk(environment: Mapping[str, str]) -> Iterator[Desk]:
    """Give a desk; programs on it run in `environment`."""
    read, write = os.pipe()
    # without the last word it starts anew, and drops who is connecting, when xdotool lets go
    screen = ("-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp", "-noreset")
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), *screen],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as told:
            display = f":{told.readline().strip()}"
        shown = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        yield Desk(display, {**os.environ, **environment, **shown})
    finally:
        server.terminate()
        server.wait()
