"""Real MIDI ports and a real engine: ports that come and go, what is heard and recorded."""

import os
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from desktop.document.edits import add_track, change_track
from desktop.document.song import Song, Track
from desktop.document.time import PPQ, Tick
from desktop.engine.client import AudioEngine
from desktop.engine.messages import AudioSettings
from desktop.midi.live import Source, Strike
from desktop.session.midi_input import MidiInput
from desktop.session.playback import Playback
from desktop.session.recording import Recorder
from desktop.session.session import Session
from desktop.session.transport import Transport
from desktop.storage.project import Project
from tests.audio_rig import RATE_HZ, NullSink, Recording, null_sink
from tests.midi_rig import Keyboard, jack

__all__ = ["jack", "null_sink"]

LEAD = 1
SOON_MS = 3000
LATENCY_S = 0.2
TICKS_PER_S = 2 * PPQ  # at 120 bpm
SETTINGS = AudioSettings(sample_rate_hz=RATE_HZ, latency_s=LATENCY_S)


@pytest.fixture
def settings(tmp_path: Path, jack: str) -> QSettings:
    made = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    made.setValue("midi/api", jack)
    return made


@pytest.fixture
def midi(settings: QSettings, qapp: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[MidiInput]:
    assert qapp
    monkeypatch.setattr("desktop.midi.live_ports.LOOK_S", 0.1)
    made = MidiInput(settings)
    made.start()
    yield made
    made.close()


def await_ports(midi: MidiInput, qtbot: QtBot, *names: str) -> None:
    """Return when these ports are there, and no others."""
    qtbot.waitUntil(lambda: {port.name for port in midi.ports} == set(names), timeout=SOON_MS)


def test_ports_that_come_and_go_are_noticed(midi: MidiInput, qtbot: QtBot) -> None:
    assert midi.ports == ()
    with Keyboard("Piano") as piano:
        await_ports(midi, qtbot, piano.name)
        with Keyboard("Pads") as pads:
            await_ports(midi, qtbot, piano.name, pads.name)
            piano.unplug()
            await_ports(midi, qtbot, pads.name)
        await_ports(midi, qtbot)


def test_a_note_that_is_held_ends_when_its_port_is_unplugged(midi: MidiInput, qtbot: QtBot) -> None:
    struck: list[Strike] = []
    midi.on_strike = struck.append
    with Keyboard("Piano") as piano:
        await_ports(midi, qtbot, piano.name)
        piano.await_listener()
        with qtbot.waitSignal(midi.played) as played:
            piano.send("note_on", note=60, velocity=77)
        assert played.args == [piano.name]
    qtbot.waitUntil(lambda: len(struck) == 2, timeout=SOON_MS)
    heard = [(strike.source, strike.pitch, strike.velocity) for strike in struck]
    assert heard == [(Source(piano.name), 60, 77), (Source(piano.name), 60, 0)]


def test_a_port_that_is_not_enabled_is_not_listened_to_and_that_is_remembered(
    midi: MidiInput, settings: QSettings, qtbot: QtBot
) -> None:
    struck: list[Strike] = []
    midi.on_strike = struck.append
    midi.set_enabled("Piano:keys", False)
    with Keyboard("Piano") as piano, Keyboard("Pads") as pads:
        await_ports(midi, qtbot, piano.name, pads.name)
        pads.await_listener()
        piano.send("note_on", note=60, velocity=77)
        pads.send("note_on", note=40, velocity=77)
        qtbot.waitUntil(lambda: bool(struck), timeout=SOON_MS)
        assert {strike.pitch for strike in struck} == {40}
        assert {port.name: port.enabled for port in midi.ports}[piano.name] is False
        again = MidiInput(settings)
        again.start()
        await_ports(again, qtbot, piano.name, pads.name)
        again.close()
        assert {port.name: port.enabled for port in again.ports}[piano.name] is False


def test_without_midi_there_are_no_ports_and_no_error(
    tmp_path: Path, qtbot: QtBot, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.midi.live_ports.SEQUENCER", tmp_path / "none")
    midi = MidiInput()
    midi.start()
    qtbot.wait(50)
    midi.close()
    assert midi.ports == ()
    assert capfd.readouterr().err == ""


def muted(track: Track) -> Track:
    return replace(track, mute=True)


@dataclass(frozen=True)
class Studio:
    """A song with a track, an engine that plays it into a null sink, a keyboard."""

    session: Session
    transport: Transport
    recording: Recording
    piano: Keyboard
    qtbot: QtBot

    def onset(self, after: int) -> int:
        """Return the first frame from `after` on that is loud, as soon as it is recorded."""
        found: list[int] = []

        def look() -> bool:
            loud = np.flatnonzero(np.abs(self.recording.sound()[0, after:]) > 0.05)
            found.extend(int(frame) + after for frame in loud[:1])
            return bool(found)

        self.qtbot.waitUntil(look, timeout=10_000)
        return found[0]


@pytest.fixture
def studio(tmp_path: Path, midi: MidiInput, null_sink: NullSink, qtbot: QtBot) -> Iterator[Studio]:
    session = Session(Project.create(tmp_path / "A.partimento", add_track(Song(), "Lead")))
    transport = Transport(session)
    recorder = Recorder(session, transport, midi, session)
    with Keyboard("Piano") as piano, AudioEngine() as engine, null_sink.record() as recording:
        playback = Playback(session, transport, engine, session)
        engine.start(SETTINGS)
        qtbot.waitUntil(lambda: "ms" in transport.device, timeout=10_000)
        await_ports(midi, qtbot, piano.name)
        piano.await_listener()
        yield Studio(session, transport, recording, piano, qtbot)
        recorder.close()
        playback.close()
    session.close()


def test_what_is_played_to_a_beat_that_is_heard_is_recorded_on_that_beat_of_the_loop(
    studio: Studio,
) -> None:
    studio.session.edit("Mute", partial(change_track, track_id=LEAD, change=muted))
    studio.transport.set_loop((Tick(0), Tick(2 * PPQ)), True)
    studio.transport.set_metronome(True)
    studio.transport.arm(LEAD, True)
    studio.transport.monitor(LEAD, False)
    studio.transport.record()
    played, frame = [], 0
    for beat in range(5):
        click = studio.onset(frame)
        reaction_s = (studio.recording.frames - click) / RATE_HZ
        played.append(beat % 2 * PPQ + reaction_s * TICKS_PER_S)
        studio.piano.send("note_on", note=60 + beat, velocity=100)
        studio.piano.send("note_off", note=60 + beat)
        frame = click + RATE_HZ // 4
    studio.onset(frame)  # what was played has come in by then
    studio.transport.stop()
    (clip,) = studio.session.song.tracks[0].clips
    notes = sorted(clip.notes, key=lambda note: note.pitch)
    pairs = zip(notes, played, strict=True)
    off_by_s = [(note.start - tick) / TICKS_PER_S for note, tick in pairs]
    # the sink tells what it plays 20 ms later, and the port is no faster than 5 ms
    assert -0.01 < statistics.median(off_by_s) < LATENCY_S / 2


def test_what_is_played_is_heard_on_a_monitored_track_until_panic(
    studio: Studio, qtbot: QtBot
) -> None:
    peaks: list[float] = []
    studio.transport.meters_changed.connect(lambda m: peaks.append(m.get(LEAD, (0.0, 0.0))[0]))
    studio.transport.monitor(LEAD, True)

    def can_be_heard() -> bool:  # once the engine's synth has loaded
        studio.transport.note_on(LEAD, 72, 100)
        return bool(peaks) and peaks[-1] > 0.01

    qtbot.waitUntil(can_be_heard, timeout=10_000)
    studio.transport.panic()
    qtbot.waitUntil(lambda: peaks[-1] == 0.0, timeout=SOON_MS)
    studio.piano.send("note_on", note=60, velocity=100)
    qtbot.waitUntil(lambda: peaks[-1] > 0.01, timeout=SOON_MS)
    studio.transport.panic()
    qtbot.waitUntil(lambda: peaks[-1] == 0.0, timeout=SOON_MS)
