"""The open project and the engine: what goes there, what comes back, what is lost."""

import os
import signal
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from pytestqt.qtbot import QtBot

from desktop.document.edits import add_track
from desktop.document.song import Song
from desktop.engine.client import AudioEngine
from desktop.engine.messages import (
    AudioSettings,
    Device,
    DeviceBack,
    DeviceLost,
    Devices,
    EngineDied,
    Event,
    Meters,
    Position,
    Trouble,
)
from desktop.engine.synth import VARIABLE
from desktop.session.playback import Playback
from desktop.session.session import Session
from desktop.session.transport import Transport
from desktop.storage.project import Project
from tests.audio_rig import RATE_HZ, NullSink, null_sink
from tests.desktop.engine.scores import Score

__all__ = ["null_sink"]

SPEAKERS = Device("Speakers", 2, 48000, True)


class FakeEngine:
    """Takes down what it is asked for, and says what it is given to say."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []
        self.says: list[Event] = []

    def start(self) -> None:
        self.asked.append(("start",))

    def set_song(self, song: Song, takes_folder: Path) -> None:
        self.asked.append(("song", len(song.tracks), takes_folder.name))

    def play(self, from_tick: int) -> None:
        self.asked.append(("play", from_tick))

    def stop(self) -> None:
        self.asked.append(("stop",))

    def seek(self, tick: int) -> None:
        self.asked.append(("seek", tick))

    def set_loop(self, loop: tuple[int, int] | None) -> None:
        self.asked.append(("loop", loop))

    def set_metronome(self, on: bool, count_in_bars: int) -> None:
        self.asked.append(("metronome", on, count_in_bars))

    def note_on(self, track_id: int, pitch: int, velocity: int) -> None: ...

    def note_off(self, track_id: int, pitch: int) -> None: ...

    def panic(self) -> None: ...

    def set_settings(self, settings: AudioSettings) -> None:
        self.asked.append(("settings", settings))

    def look_for_devices(self) -> None:
        self.says.append(Devices((SPEAKERS,)))

    def start_capture(self, path: Path, device: str | None) -> None:
        self.asked.append(("capture", path.parent.name, device))

    def end_capture(self) -> None:
        self.asked.append(("end capture",))

    def poll(self) -> Sequence[Event]:
        said, self.says = self.says, []
        return said


@pytest.fixture
def session(tmp_path: Path, qapp: object) -> Iterator[Session]:
    assert qapp
    made = Session(Project.create(tmp_path / "A.partimento", Song()))
    yield made
    made.close()


@pytest.fixture
def transport(session: Session) -> Transport:
    return Transport(session)


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def playback(session: Session, transport: Transport, engine: FakeEngine) -> Iterator[Playback]:
    made = Playback(session, transport, engine)
    yield made
    made.close()


def heard(tick: float, playing: bool = True, counting_in: bool = False) -> Position:
    return Position(tick, 0, playing, counting_in, 0.0)


@pytest.mark.usefixtures("playback")
def test_the_engine_knows_the_song_from_the_start(engine: FakeEngine) -> None:
    assert engine.asked[0] == ("song", 0, "takes")


@pytest.mark.usefixtures("playback")
def test_edits_in_quick_succession_are_sent_together(
    session: Session, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.asked.clear()
    for name in ("A", "B", "C"):
        session.edit("Add track", partial(add_track, name=name))
    qtbot.waitUntil(lambda: bool(engine.asked))
    assert engine.asked == [("song", 3, "takes")]


def test_the_playhead_follows_what_is_heard(
    playback: Playback, transport: Transport, engine: FakeEngine
) -> None:
    engine.says = [heard(0.0, playing=False, counting_in=True), heard(480.5)]
    playback.poll()
    assert (transport.tick, transport.is_playing) == (480.5, True)
    engine.says = [heard(0.0, playing=False)]
    playback.poll()
    assert (transport.tick, transport.is_playing) == (0.0, False)


def test_a_late_position_does_not_undo_a_seek(
    playback: Playback, transport: Transport, engine: FakeEngine
) -> None:
    transport.go_to(960)
    engine.says = [heard(0.0, playing=False)]
    playback.poll()
    assert transport.tick == 960


def test_levels_are_passed_on(
    playback: Playback, transport: Transport, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.says = [Meters({1: (0.5, 0.2)}, (0.6, 0.3))]
    with qtbot.waitSignal(transport.meters_changed) as caught:
        playback.poll()
    assert caught.args == [{1: (0.5, 0.2), -1: (0.6, 0.3)}]


def test_no_device_from_the_start_is_a_quiet_state_until_somebody_plays(
    playback: Playback, session: Session, transport: Transport, engine: FakeEngine
) -> None:
    told: list[str] = []
    session.failed.connect(told.append)
    engine.says = [DeviceLost("there is no device")]
    playback.poll()
    assert transport.device == "no sound: there is no device"
    assert not told
    engine.says = [DeviceLost("there is no device", asked=True)]
    playback.poll()
    assert told == ["there is no device"]


def test_a_recording_that_finds_no_device_says_so_and_ends(
    playback: Playback, session: Session, transport: Transport, engine: FakeEngine
) -> None:
    told: list[str] = []
    session.failed.connect(told.append)
    transport.record()
    engine.says = [DeviceLost("there is no device")]
    playback.poll()
    assert told == ["there is no device"]
    assert not transport.is_recording


def test_a_device_that_vanishes_stops_and_comes_back(
    playback: Playback, session: Session, transport: Transport, engine: FakeEngine
) -> None:
    told: list[str] = []
    session.failed.connect(told.append)
    engine.says = [DeviceBack("Speakers", 48000, 0.1), heard(10.0), DeviceLost("unplugged")]
    playback.poll()
    assert told == ["unplugged"]
    assert not transport.is_playing
    engine.says = [DeviceBack("Speakers", 48000, 0.1)]
    playback.poll()
    assert transport.device == "Speakers, 48 kHz, 100 ms"


def test_an_engine_that_died_is_started_again_with_the_song(
    playback: Playback, engine: FakeEngine, qtbot: QtBot
) -> None:
    playback._restart.setInterval(0)
    engine.asked.clear()
    engine.says = [EngineDied("killed")]
    playback.poll()
    qtbot.waitUntil(lambda: len(engine.asked) > 1)
    assert engine.asked[:2] == [("start",), ("song", 0, "takes")]


def test_what_is_not_heard_is_said(
    playback: Playback, session: Session, engine: FakeEngine
) -> None:
    told: list[str] = []
    session.failed.connect(told.append)
    engine.says = [Trouble("a take is missing")]
    playback.poll()
    assert told == ["a take is missing"]


def test_the_devices_that_there_are_and_the_one_to_use(
    playback: Playback, transport: Transport, engine: FakeEngine, qtbot: QtBot
) -> None:
    transport.look_for_devices()
    with qtbot.waitSignal(transport.devices_found) as caught:
        playback.poll()
    assert caught.args == [(SPEAKERS,)]
    transport.use_audio(AudioSettings("Speakers", 48000, 256, 0.05))
    assert engine.asked[-1] == ("settings", AudioSettings("Speakers", 48000, 256, 0.05))


@pytest.fixture
def engine_process(monkeypatch: pytest.MonkeyPatch, null_sink: NullSink) -> Iterator[AudioEngine]:
    """Give an engine that plays into a null sink, without a synth, which takes time to load."""
    assert null_sink
    monkeypatch.setenv(VARIABLE, "/none")
    with AudioEngine() as made:
        made.start()
        yield made


def test_an_engine_that_is_killed_comes_back_and_plays_the_same_song(
    session: Session,
    transport: Transport,
    engine_process: AudioEngine,
    null_sink: NullSink,
    qtbot: QtBot,
) -> None:
    score = Score(session.takes.folder, RATE_HZ)
    song = score.song(score.track(score.level(0.25, 4), ticks=8 * 960))
    told: list[str] = []
    playback = Playback(session, transport, engine_process)
    session.edit("Take", lambda _: song)
    qtbot.waitUntil(lambda: "kHz" in transport.device, timeout=20_000)
    transport.play(960)
    qtbot.waitUntil(lambda: transport.tick > 1000, timeout=20_000)
    first = engine_process.process_id
    session.failed.connect(told.append)
    assert first is not None
    os.kill(first, signal.SIGKILL)
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["the audio engine ended unexpectedly (exit code -9)"]
    assert (transport.is_playing, session.song) == (False, song)
    qtbot.waitUntil(lambda: "kHz" in transport.device, timeout=20_000)
    with null_sink.record() as recording:
        transport.play(960)
        qtbot.waitUntil(lambda: bool(recording.sound().max() == 0.25), timeout=20_000)
    assert engine_process.process_id != first
    playback.close()
