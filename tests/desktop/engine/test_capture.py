"""What an input hears goes to disk: the monitor of a null sink hears what the engine plays."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np
import psutil
import pytest

from desktop.engine.client import AudioEngine
from desktop.engine.messages import (
    CaptureBegan,
    CaptureEnded,
    CaptureLevel,
    DeviceBack,
    Devices,
    EngineDied,
    Event,
    Position,
)
from desktop.engine.synth import VARIABLE
from desktop.importing.audio import AudioFile, read_audio
from tests.audio_rig import RATE_HZ, NullSink, wait_until
from tests.desktop.engine.scores import Score
from tests.desktop.engine.stage import CALM

E = TypeVar("E", bound=Event)
LEVEL = 0.3
NEAR_S = 0.05  # PulseAudio holds back 14 ms of what a monitor hears, and does not tell


class Booth:
    """An engine that plays two seconds of sound, and hears them."""

    def __init__(self, engine: AudioEngine, folder: Path) -> None:
        self.engine, self.path = engine, folder / "recording.au"
        self.events: list[Event] = []

    def await_event(self, *kinds: type[E], frames: int = 0) -> E:
        """Return the next event of those kinds; of a level, the first with so many frames."""
        found: list[E] = []

        def look() -> list[E]:
            for event in self.engine.poll():
                self.events.append(event)
                late = not isinstance(event, CaptureLevel) or event.frames >= frames
                found.extend([event] if isinstance(event, kinds) and late else [])
            return found

        wait_until(look, str(kinds))
        return found[0]

    def record(self, seconds: float) -> None:
        """Begin, and return when so much has been recorded."""
        self.engine.start_capture(self.path, None)
        began = self.await_event(CaptureBegan)
        assert began.path == self.path
        self.await_event(CaptureLevel, frames=round(seconds * began.sample_rate_hz))

    def sound(self) -> AudioFile:
        return read_audio(self.path)


@pytest.fixture
def booth(null_sink: NullSink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Booth]:
    assert null_sink
    monkeypatch.setenv(VARIABLE, "/none")
    score = Score(tmp_path / "takes", RATE_HZ)
    with AudioEngine() as engine:
        engine.set_song(score.song(score.track(score.level(LEVEL, 2.0))), score.pool.folder)
        engine.start(CALM)
        made = Booth(engine, tmp_path)
        made.await_event(DeviceBack)
        yield made


def sung(booth: Booth) -> tuple[CaptureEnded, AudioFile]:
    """Record while two beats are played; return how it ended, and what was heard."""
    booth.record(0.5)
    booth.engine.play(0)
    while booth.await_event(Position).tick < 960:
        pass
    booth.engine.end_capture()
    return booth.await_event(CaptureEnded), booth.sound()


def test_what_is_heard_is_written_whole_and_its_level_told(booth: Booth) -> None:
    ended, heard = sung(booth)
    assert (ended.path, ended.message) == (booth.path, "")
    assert ended.peak == pytest.approx(LEVEL, abs=0.05)
    assert heard.audio.shape[1] == ended.frames
    assert np.abs(heard.audio).max() == pytest.approx(LEVEL, abs=0.05)
    levels = [event.peak for event in booth.events if isinstance(event, CaptureLevel)]
    assert min(levels) == 0.0
    assert max(levels) == pytest.approx(LEVEL, abs=0.05)


def test_what_is_heard_is_written_at_the_moment_when_it_was_heard(booth: Booth) -> None:
    ended, heard = sung(booth)
    first = int(np.flatnonzero(np.abs(heard.audio[0]) > LEVEL / 2)[0])
    begins = [
        event.at_s - event.tick / 960 / 2
        for event in booth.events
        if isinstance(event, Position) and event.playing and event.tick > 0
    ]
    sung_at_s = ended.began_at_s + first / heard.sample_rate_hz
    assert sung_at_s == pytest.approx(float(np.median(begins)), abs=NEAR_S)


def test_a_killed_engine_leaves_what_was_recorded(booth: Booth) -> None:
    booth.record(1.5)
    assert booth.engine.process_id is not None
    os.kill(booth.engine.process_id, signal.SIGKILL)
    booth.await_event(EngineDied)
    heard = booth.sound()
    assert heard.audio.shape[1] >= 1.5 * heard.sample_rate_hz


def test_an_input_that_is_lost_ends_it_and_what_was_heard_stays(
    booth: Booth, null_sink: NullSink
) -> None:
    booth.record(0.5)
    null_sink.kill()
    ended = booth.await_event(CaptureEnded)
    assert ended.message.endswith("is gone; what was recorded is kept, connect it again")
    assert booth.sound().audio.shape[1] == ended.frames > 0
    null_sink.start()
    booth.path = booth.path.with_name("second.au")
    booth.await_event(DeviceBack)  # another can be recorded once the devices are back
    booth.record(0.2)


def test_a_full_disk_ends_it_and_what_was_written_stays_whole(booth: Booth) -> None:
    process = psutil.Process(booth.engine.process_id)
    process.rlimit(psutil.RLIMIT_FSIZE, (100_001, 100_001))
    booth.engine.start_capture(booth.path, None)
    ended = booth.await_event(CaptureEnded)
    assert ended.message.endswith("free some space on the disk and try again")
    assert booth.path.stat().st_size < 100_001
    assert booth.sound().audio.shape[1] == ended.frames > 10_000


def test_where_it_may_not_write_nothing_is_recorded(booth: Booth) -> None:
    booth.path = booth.path.parent / "missing" / "recording.au"
    booth.engine.start_capture(booth.path, None)
    ended = booth.await_event(CaptureEnded)
    assert (ended.frames, "cannot be written" in ended.message) == (0, True)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (None, "there is no audio input; connect one, then record again"),
        ("Mic", "there is no audio input 'Mic'; connect it, or choose another in the preferences"),
    ],
)
def test_without_an_input_it_says_so(
    name: str | None, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/nobody")
    path = tmp_path / "recording.au"
    with AudioEngine() as engine:
        engine.start()
        engine.start_capture(path, name)
        assert Booth(engine, tmp_path).await_event(CaptureEnded).message == why
    assert not path.exists()


def test_the_inputs_there_are_are_named(booth: Booth) -> None:
    booth.engine.look_for_devices()
    assert "default" in [each.name for each in booth.await_event(Devices).inputs]


def test_closing_the_engine_ends_the_recording_whole(booth: Booth) -> None:
    booth.record(0.5)
    booth.engine.close()
    heard = booth.sound()
    assert heard.audio.shape[1] >= 0.5 * heard.sample_rate_hz
