"""A sound card that nobody hears: PulseAudio with a null sink, and a record of what it is sent.

Everything it needs lies in a folder of its own, so that it meets no other PulseAudio. What runs
under its `environment` plays into it through ALSA, as on a musician's machine. Import the fixture
`null_sink` into a conftest, or use `running` elsewhere.
"""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pytest

from inference.arrays import Audio

RATE_HZ: Final = 48000
PATIENCE_S: Final = 20.0
LOOK_S: Final = 0.01
SINK: Final = "test"


def wait_until(holds: Callable[[], object], what: str, patience_s: float = PATIENCE_S) -> None:
    """Return as soon as `holds()` is true; AssertionError, which names `what`, when it never is."""
    deadline_s = time.monotonic() + patience_s
    while not holds():
        assert time.monotonic() < deadline_s, f"{what} did not happen within {patience_s:g} s"
        time.sleep(LOOK_S)


@dataclass(frozen=True, slots=True)
class Recording:
    """What the sink is sent, as it comes in."""

    file: Path

    @property
    def frames(self) -> int:
        """Return how much there is so far."""
        return self.file.stat().st_size // 8

    def sound(self) -> Audio:
        """Return float32 (2, frames), all that there is so far."""
        samples = np.fromfile(self.file, np.float32, self.frames * 2)
        return np.ascontiguousarray(samples.reshape(-1, 2).T)


class NullSink:
    """PulseAudio with one sink; it can be taken away and given back."""

    def __init__(self, folder: Path, rate_hz: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.rate_hz = folder, rate_hz
        self.environment = {
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "PULSE_SERVER": f"unix:{folder}/pulse/native",
        }
        self._server: subprocess.Popen[bytes] | None = None
        self._recordings = 0

    def start(self) -> None:
        """Start PulseAudio, and return when it can be played to."""
        protocol = "module-native-protocol-unix auth-anonymous=1"
        self._server = self._popen(
            *("pulseaudio", "--daemonize=no", "--exit-idle-time=-1", "-n"),
            *(f"--load={protocol}", f"--load={self._module}"),
        )
        wait_until(lambda: self._pactl("info") is not None, "the start of PulseAudio")
        run_first(self._server.pid)

    def kill(self) -> None:
        """End PulseAudio at once, as a crash would."""
        if self._server is not None:
            self._server.kill()
            self._server.wait()
            self._server = None

    def unload(self) -> None:
        """Take the sink away, as pulling a plug would."""
        assert self._pactl("unload-module", "module-null-sink") is not None

    def load(self) -> None:
        """Give the sink back."""
        assert self._pactl("load-module", *self._module.split()) is not None

    @contextmanager
    def record(self) -> Iterator[Recording]:
        """Record while the block runs; it starts when the recording does."""
        self._recordings += 1
        recording = Recording(self.folder / f"recording{self._recordings}.raw")
        recorder = self._popen(
            *("parec", f"--device={SINK}.monitor", "--latency-msec=20", "--raw"),
            *("--format=float32le", f"--rate={self.rate_hz}", "--channels=2", recording.file),
        )
        run_first(recorder.pid)
        try:
            # a sink that slept takes up to two seconds to wake
            wait_until(lambda: recording.file.exists() and recording.frames, "recording")
            yield recording
        finally:
            recorder.terminate()
            recorder.wait()

    @property
    def _module(self) -> str:
        return f"module-null-sink sink_name={SINK} rate={self.rate_hz} format=float32le channels=2"

    def _popen(self, *command: str | Path) -> "subprocess.Popen[bytes]":
        quiet = subprocess.DEVNULL
        return subprocess.Popen(
            command, env=os.environ | self.environment, stdin=quiet, stdout=quiet, stderr=quiet
        )

    def _pactl(self, *words: str) -> str | None:
        """Return the answer to a command, None where it failed."""
        done = subprocess.run(
            ["pactl", *words],
            env=os.environ | self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout if done.returncode == 0 else None


@contextmanager
def running(folder: Path, rate_hz: int = RATE_HZ) -> Iterator[NullSink]:
    """Give a null sink of that rate, whose files lie in `folder`."""
    sink = NullSink(folder, rate_hz)
    try:
        sink.start()
        yield sink
    finally:
        sink.kill()


@pytest.fixture
def null_sink(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NullSink]:
    """Give a null sink to which all sound of the test and its processes goes."""
    with running(tmp_path / "sound") as sink:
        for name, value in sink.environment.items():
            monkeypatch.setenv(name, value)
        yield sink


def from_first_sound(sound: Audio) -> Audio:
    """Return `sound` without the silence before it."""
    return sound[:, int(np.flatnonzero(sound.any(axis=0))[0]) :]


def run_first(process_id: int) -> None:
    """Let a process run before others where that is allowed: then it is not what loses sound."""
    with suppress(OSError):
        os.sched_setscheduler(process_id, os.SCHED_RR, os.sched_param(5))


def differences(one: Audio, other: Audio) -> list[tuple[int, int]]:
    """Return the frames [first, last] between which the sounds differ, apart by 10 ms or more."""
    frames = np.flatnonzero((one != other).any(axis=0))
    parts = np.split(frames, np.flatnonzero(np.diff(frames) > RATE_HZ // 100) + 1)
    return [(int(part[0]), int(part[-1])) for part in parts if part.size]


def gaps(sound: Audio, rate_hz: int, longer_than_s: float = 0.001) -> list[tuple[float, float]]:
    """Return where in `sound`, and how long, in seconds, both sides are silent between sounds."""
    heard = np.flatnonzero(sound.any(axis=0))
    lengths = np.diff(heard) - 1
    found = np.flatnonzero(lengths > longer_than_s * rate_hz)
    return [(float(heard[n]) / rate_hz, float(lengths[n]) / rate_hz) for n in found]
