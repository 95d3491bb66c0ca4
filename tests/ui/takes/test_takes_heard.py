"""What comes out of the sound card while takes are switched by keys."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.document.edits import choose_take
from inference.arrays import Audio
from inference.quality import loudness_lufs
from tests.audio_rig import RATE_HZ, Recording, from_first_sound, gaps
from tests.ui.heard import (
    FADE,
    FRAMES,
    at_rate,
    await_first_sound,
    await_sound,
    lead_of,
    noise,
    recording,
)
from ui.shared.studio import Studio
from ui.takes.panel import TakesPanel

__all__ = ["recording"]


@pytest.fixture
def panel(studio: Studio, show_takes: Callable[..., TakesPanel]) -> TakesPanel:
    """Show three takes of noise, of which the first plays."""

    studio.session.edit("Rate", at_rate)
    made = show_takes(*(noise(studio, number) for number in range(3)))
    made.fidelity.close()  # the sound is to have the machine for itself
    made.table.setFocus()
    return made


def expected(studio: Studio, take_id: str) -> Audio:
    """Return what the region sounds like when it plays the take, as it is compared now."""
    region_id = studio.session.song.tracks[0].regions[0].id
    return lead_of(
        studio, studio.listening.heard(choose_take(studio.session.song, region_id, take_id))
    )


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
    await_first_sound(qtbot, recording, 0.8)
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
    await_first_sound(qtbot, recording, 0.5)
    studio.transport.stop()
    heard = from_first_sound(recording.sound())[:, : RATE_HZ // 4]
    assert np.array_equal(heard, expected(studio, "take0")[:, : RATE_HZ // 4])
