"""MIDI ports that need no hardware: a JACK server of its own, and keyboards that are plugged in."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import mido  # type: ignore[import-untyped]
import pytest
import rtmidi  # type: ignore[import-untyped]

from tests.audio_rig import wait_until

API: Final = "UNIX_JACK"
PERIOD_FRAMES: Final = 256  # of 48000 a second: a message is on its way for some 5 ms
PATIENCE_S: Final = 20


@contextmanager
def jack_server(name: str) -> Iterator[None]:
    """Give a JACK server without a sound card, which serves clients that name it."""
    quiet = subprocess.DEVNULL
    # -S waits for slow clients, whose messages would be lost on a busy machine
    command = ["jackd", "--no-realtime", "-n", name, "-S", "-d", "dummy", "-r", "48000"]
    server = subprocess.Popen(
        [*command, "-p", str(PERIOD_FRAMES)],
        env=os.environ | {"JACK_NO_AUDIO_RESERVATION": "1"},
        stdout=quiet,
        stderr=quiet,
    )
    try:
        wait = ["jack_wait", "-s", name, "-w", "-t", str(PATIENCE_S)]
        subprocess.run(wait, check=True, stdout=quiet, stderr=quiet)
        yield
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(scope="module")
def jack() -> Iterator[str]:
    """Let the ports of the module's tests be those of a JACK server of its own; give RtMidi's API.

    The names of its ports hold for the processes of the tests, too.
    """
    name = f"partimento-{os.getpid()}"
    with pytest.MonkeyPatch.context() as patch, jack_server(name):
        patch.setenv("JACK_DEFAULT_SERVER", name)
        patch.setenv("JACK_NO_START_SERVER", "1")
        yield API


def connections() -> str:
    """Return the ports as they now are, each followed by those it is connected to, indented."""
    asked = subprocess.run(["jack_lsp", "-c"], capture_output=True, text=True, check=True)
    return f"\n{asked.stdout}"


class Keyboard:
    """A keyboard that is plugged in until the block ends or it is unplugged."""

    def __init__(self, name: str) -> None:
        self._output = rtmidi.MidiOut(rtmidi.API_UNIX_JACK, name=name)
        self._output.open_virtual_port("keys")
        self.name = f"{name}:keys"

    def await_listener(self) -> None:
        """Return when somebody hears what is sent; until JACK's next cycle a new one does not."""
        wait_until(lambda: f"\n{self.name}\n   " in connections(), f"listening to {self.name}")

    def send(self, kind: str, **values: int) -> None:
        """Send a message, as mido names it."""
        self._output.send_message(mido.Message(kind, **values).bytes())

    def unplug(self) -> None:
        """Take the port away."""
        if not self._output.is_deleted:
            self._output.delete()

    def __enter__(self) -> "Keyboard":
        return self

    def __exit__(self, *_: object) -> None:
        self.unplug()
