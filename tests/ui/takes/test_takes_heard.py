"""What comes out of the sound card while takes are switched by keys."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.document.edits import choose_take
from desktop.document.song import QualityGate, Song, Take
from desktop.engine.client import AudioEngine
from desktop.engine.messages import AudioSettings
from desktop.engine.synth import VARIABLE
from desktop.mixing.stems import Stem
from desktop.rendering.gate import inspect
from desktop.session.playback import Playback
from inference.arrays import Audio
from inference.quality import loudness_lufs
from tests.audio_rig import RATE_HZ, NullSink, Recording, from_first_sound, gaps
from ui.shared.studio import Studio
from ui.takes.panel import TakesPanel

FRAMES = 4 * RATE_HZ  # two bars
AMPLITUDES = 0.05, 0.3, 0.12
FADE = RATE_HZ // 200


def noise(studio: Studio, number: int) -> Take:
    """Return a take of noise, each as loud as its number says, with its quality report."""
    rng = np.random.default_rng(number)
    sound = rng.uniform(-1, 1, (2, FRAMES)).astype(np.float32) * np.float32(AMPLITUDES[number])
    kept = studio.session.takes.add(sound, RATE_HZ)
    quality = inspect(sound, RATE_HZ, QualityGate())
    name = f"take{number}"
    return Take(name, kept.sha256, kept.format, FRAMES, RATE_HZ, "2030", quality=quality)


@pytest.fixture
def panel(studio: Studio, show_takes: Callable[..., TakesPanel]) -> TakesPanel:
    """Show three takes of noise, of which the first plays."""

    def at_rate(song: Song) -> Song:
        return replace(song, settings=replace(song.settings, sample_rate_hz=RATE_HZ))

    studio.session.edit("Rate", at_rate)
    made = show_takes(*(noise(studio, number) for number in range(3)))
    made.fidelity.close()  # the sound is to have the machine for itself
    made.table.setFocus()
    return made


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


def expected(studio: Studio, take_id: str) -> Audio:
    """Return what the region sounds like when it plays the take, as it is compared now."""
    region_id = studio.session.song.tracks[0].regions[0].id
    song = studio.listening.heard(choose_take(studio.session.song, region_id, take_id))
    stem = Stem(song.tracks[0], song.tempo_map, RATE_HZ, studio.session.takes.open)
    with closing(stem):
        return stem.read(0, FRAMES)


def await_sound(qtbot: QtBot, recording: Recording, duration_s: float) -> None:
    frames = recording.frames + round(duration_s * RATE_HZ)
    qtbot.waitUntil(lambda: recording.frames >= frames, timeout=20_000)


def stretches(heard: Audio, sounds: list[Audio]) -> list[tuple[int, int]]:
    """Return for each of `sounds` the frames [first, end) in which it is heard, at its own time."""
    found = []
    for sound in sounds:
        same = np.flatnonzero((np.abs(heard - sound) < 1e-6).all(axis=0))
        assert len(same) == same[-1] - same[0] + 1  # it is heard in one piece
        found.append((int(same[0]), int(same[-1]) + 1))
    return found


def test_keys_switch_takes_without_a_gap_in_time_and_equally_loud(
    panel: TakesPanel, studio: Studio, recording: Recording, qtbot: QtBot
) -> None:
    studio.transport.play(0)
    qtbot.waitUntil(lambda: studio.transport.is_playing, timeout=20_000)
    await_sound(qtbot, recording, 0.8)
    for key in (Qt.Key.Key_2, Qt.Key.Key_3):
        QTest.keyClick(panel.table, key)
        await_sound(qtbot, recording, 0.9)
    studio.transport.stop()
    heard = from_first_sound(recording.sound())
    sounds = [expected(studio, f"take{number}") for number in range(3)]
    heard = heard[:, :FRAMES]
    places = stretches(heard, [sound[:, : heard.shape[1]] for sound in sounds])
    assert places[0][0] == 0
    for before, after in pairwise(places):
        assert 0 < after[0] - before[1] <= FADE
    assert not gaps(heard[:, : places[2][1]], RATE_HZ)
    loud = [loudness_lufs(heard[:, first:end], RATE_HZ) for first, end in places]
    assert max(loud) - min(loud) < 0.5
    own = [take.quality.measures[1].value or 0 for take in panel.model.takes]
    assert max(own) - min(own) > 15  # they were not equally loud before


def test_what_is_heard_when_nothing_is_compared_is_what_is_exported(
    panel: TakesPanel, studio: Studio, recording: Recording, qtbot: QtBot
) -> None:
    panel.hide()
    assert studio.listening.heard(studio.session.song) is studio.session.song
    await_sound(qtbot, recording, 0.2)  # until the engine has the song
    studio.transport.play(0)
    qtbot.waitUntil(lambda: studio.transport.is_playing, timeout=20_000)
    await_sound(qtbot, recording, 0.5)
    studio.transport.stop()
    heard = from_first_sound(recording.sound())[:, : RATE_HZ // 4]
    assert np.array_equal(heard, expected(studio, "take0")[:, : RATE_HZ // 4])
