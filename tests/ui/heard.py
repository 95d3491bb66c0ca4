"""What comes out of the sound card while panels are used: takes of noise, told apart by ear.

Import the fixture `recording` into a test file, and `null_sink` into the conftest beside it.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from desktop.document.song import QualityGate, Song, Take
from desktop.engine.client import AudioEngine
from desktop.engine.messages import AudioSettings
from desktop.engine.synth import VARIABLE
from desktop.mixing.stems import Stem
from desktop.rendering.gate import inspect
from desktop.session.playback import Playback
from inference.arrays import Audio
from tests.audio_rig import RATE_HZ, NullSink, Recording
from ui.shared.studio import Studio

FRAMES = 4 * RATE_HZ  # two bars
AMPLITUDES = 0.05, 0.3, 0.12
FADE = RATE_HZ // 200  # of what changes while it plays


def at_rate(song: Song) -> Song:
    """Return `song` at the rate of the sound card."""
    return replace(song, settings=replace(song.settings, sample_rate_hz=RATE_HZ))


def noise(studio: Studio, number: int) -> Take:
    """Return a take of noise, each as loud as its number says, with its quality report."""
    rng = np.random.default_rng(number)
    sound = rng.uniform(-1, 1, (2, FRAMES)).astype(np.float32) * np.float32(AMPLITUDES[number])
    kept = studio.session.takes.add(sound, RATE_HZ)
    quality = inspect(sound, RATE_HZ, QualityGate())
    name = f"take{number}"
    return Take(name, kept.sha256, kept.format, FRAMES, RATE_HZ, "2030", quality=quality)


@pytest.fixture
def recording(
    studio: Studio, null_sink: NullSink, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> Iterator[Recording]:
    """Play the studio's song into the null sink, and record what comes out."""
    monkeypatch.setenv(VARIABLE, "/none")
    with AudioEngine() as engine:
        transport, listening = studio.transport, studio.listening
        playback = Playback(studio.session, transport, engine, None, listening)
        with qtbot.waitSignal(transport.device_changed, timeout=20_000):
            engine.start(AudioSettings(block_frames=256, latency_s=0.06))
        with null_sink.record() as made:
            yield made
        playback.close()


def lead_of(studio: Studio, song: Song) -> Audio:
    """Return what the first track of `song` sounds like."""
    with closing(Stem(song.tracks[0], song.tempo_map, RATE_HZ, studio.session.takes.open)) as stem:
        return stem.read(0, FRAMES)


def await_sound(qtbot: QtBot, recording: Recording, duration_s: float) -> None:
    frames = recording.frames + round(duration_s * RATE_HZ)
    qtbot.waitUntil(lambda: recording.frames >= frames, timeout=20_000)


def await_first_sound(qtbot: QtBot, recording: Recording, duration_s: float) -> None:
    """Return when so much is recorded from the first sound on; a song may wait for its takes."""
    frames = round(duration_s * RATE_HZ)
    qtbot.waitUntil(lambda: bool(recording.sound()[:, :-frames].any()), timeout=20_000)
