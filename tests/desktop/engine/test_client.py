"""The engine's process where there is no device; `test_played.py` listens to one that has one."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.engine.client import AudioEngine
from desktop.engine.messages import AudioSettings, DeviceLost, EngineDied, Event, Position
from desktop.engine.synth import VARIABLE
from tests.audio_rig import wait_until
from tests.desktop.engine.scores import Score


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AudioEngine]:
    """Give an engine that finds neither PulseAudio nor a SoundFont."""
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/nobody")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "nothing.sf2"))
    with AudioEngine() as made:
        yield made


def events_until(engine: AudioEngine, kind: type) -> list[Event]:
    """Return what happens up to the first event of that kind, and those that come with it."""
    events = list[Event]()

    def come() -> bool:
        events.extend(engine.poll())
        return any(isinstance(event, kind) for event in events)

    wait_until(come, kind.__name__)
    return events


def test_without_any_output_it_says_what_to_do(engine: AudioEngine, score: Score) -> None:
    engine.set_song(score.song(score.track(score.noise(0.1))), score.pool.folder)
    engine.start()
    why = "there is no audio output; connect one, or choose a device in the preferences"
    assert DeviceLost(why) in events_until(engine, DeviceLost)


def test_without_a_device_all_but_sound_goes_on(engine: AudioEngine, score: Score) -> None:
    engine.set_song(score.song(score.track(score.noise(0.1))), score.pool.folder)
    engine.start(AudioSettings(device="no such device"))
    why = "there is no audio device 'no such device'; connect it, or choose another"
    assert DeviceLost(why) in events_until(engine, DeviceLost)
    engine.play(960)
    events = events_until(engine, Position)
    assert DeviceLost(why, asked=True) in events
    position = [event for event in events if isinstance(event, Position)][-1]
    assert (position.playing, position.obeyed) == (False, 1)


def test_a_process_that_is_killed_is_noticed_and_another_can_start(
    engine: AudioEngine, score: Score
) -> None:
    engine.set_song(score.song(), score.pool.folder)
    engine.start()
    first = engine.process_id
    assert first is not None
    os.kill(first, signal.SIGKILL)
    died = events_until(engine, EngineDied)[-1]
    assert died == EngineDied("the audio engine ended unexpectedly (exit code -9)")
    assert engine.process_id is None
    with pytest.raises(ValueError, match="not running"):
        engine.fileno()
    engine.start()
    assert engine.process_id not in (None, first)
    assert engine.fileno() >= 0


def test_a_process_that_fails_says_why(engine: AudioEngine) -> None:
    engine.start()
    assert engine._pipe is not None
    engine._pipe.send(b"no command")
    died = events_until(engine, EngineDied)[-1]
    assert died == EngineDied("the audio engine failed: KeyError: <class 'bytes'>")
    assert engine.process_id is None


def test_steering_an_engine_that_does_not_run_does_nothing(score: Score) -> None:
    engine = AudioEngine()
    engine.set_song(score.song(), score.pool.folder)
    engine.play(0)
    engine.seek(0)
    engine.set_loop((0, 960))
    engine.set_metronome(True, 1)
    engine.note_on(1, 60, 100)
    engine.panic()
    engine.stop()
    assert engine.poll() == []
    assert engine.devices() == ()
    engine.close()
