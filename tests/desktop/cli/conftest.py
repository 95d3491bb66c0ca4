"""The command line in this process, with the tiny pack as the only one installed."""

import json
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import mido  # type: ignore[import-untyped]
import pytest

from desktop.cli import main
from tests.tiny_pack import tiny_pack

__all__ = ["tiny_pack"]


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def events(self) -> list[dict[str, Any]]:
        """Return the JSON events of stdout."""
        return [json.loads(line) for line in self.out.splitlines()]

    def event(self, name: str) -> dict[str, Any]:
        """Return the only event of that name."""
        (found,) = (event for event in self.events if event["event"] == name)
        return found


Run: TypeAlias = Callable[..., Ran]


@pytest.fixture
def run(
    tiny_pack: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Return what runs a command in the test's own folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("desktop.rendering.packs.user_folder", lambda: tiny_pack.parent)
    monkeypatch.setattr("desktop.rendering.packs.bundled_folder", lambda: tmp_path / "none")
    monkeypatch.setattr("desktop.cli.ending.log_path", lambda: tmp_path / "logs" / "error.txt")
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def run_main(*words: object) -> Ran:
        with pytest.raises(SystemExit) as exited:
            main([str(word) for word in words])
        for number, handler in handlers.items():
            signal.signal(number, handler)
        captured = capsys.readouterr()
        assert isinstance(exited.value.code, int)
        return Ran(exited.value.code, captured.out, captured.err)

    return run_main


@pytest.fixture(scope="session")
def midi_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a MIDI file of 2 bars at 120 bpm: a melody and a bass."""
    file = mido.MidiFile(ticks_per_beat=480, charset="utf-8")
    for name, pitch in (("旋律 melody", 72), ("Bass", 36)):
        track = mido.MidiTrack([mido.MetaMessage("track_name", name=name)])
        for step in range(8):
            track.append(mido.Message("note_on", note=pitch + step % 3, velocity=90, time=0))
            track.append(mido.Message("note_off", note=pitch + step % 3, time=480))
        file.tracks.append(track)
    path = tmp_path_factory.mktemp("midi") / "tune.mid"
    file.save(path)
    return path
