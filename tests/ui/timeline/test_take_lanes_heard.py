"""What comes out of the sound card while a take is swiped over in its lane."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from desktop.document.comping import played_spans
from desktop.document.edits import add_take, choose_take
from desktop.document.song import Song
from desktop.document.time import PPQ
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
from tests.ui.timeline.pointer import Pointer
from ui.shared.studio import Studio
from ui.timeline.rows import LANE_PX
from ui.timeline.take_lanes import lane_top

__all__ = ["recording"]
BAR = 4 * PPQ


@pytest.fixture
def lanes(hand: Pointer, studio: Studio) -> Pointer:
    """Unfold the lanes of two takes of noise, of which the first plays."""
    region_id, takes = hand.track().regions[0].id, [noise(studio, number) for number in range(2)]

    def rendered(song: Song) -> Song:
        for take in takes:
            song = add_take(song, region_id, take)
        return choose_take(at_rate(song), region_id, "take0")

    studio.session.edit("Render", rendered)
    hand.arrangement.unfold(hand.track().id, True)
    return hand


def test_a_swipe_is_heard_at_once_and_without_a_gap(
    lanes: Pointer, studio: Studio, recording: Recording, qtbot: QtBot
) -> None:
    before = studio.session.song
    studio.transport.play(0)
    qtbot.waitUntil(lambda: studio.transport.is_playing, timeout=20_000)
    await_first_sound(qtbot, recording, 0.6)
    y = lane_top(lanes.arrangement.rows.rows[0], 0) + LANE_PX - 8  # the newest is the uppermost
    lanes.drag(QPoint(0, y), QPoint(round(lanes.arrangement.scale.x(BAR)), y))
    await_sound(qtbot, recording, 2.0)
    studio.transport.stop()
    (_, end, _), _ = spans = list(played_spans(lanes.track().regions[0]))
    assert (end, [span.take.id for span in spans]) == (BAR, ["take1", "take0"])
    heard = from_first_sound(recording.sound())[:, : FRAMES - RATE_HZ]
    old, new = (lead_of(studio, song)[:, : heard.shape[1]] for song in (before, lanes.song))
    was_old, is_new = ((np.abs(heard - sound) < 1e-6).all(axis=0) for sound in (old, new))
    switched = int(np.argmin(was_old))
    assert 0 < switched < 2 * RATE_HZ  # while the first bar plays
    assert is_new[switched + FADE :].mean() > 0.99
    assert not gaps(heard, RATE_HZ)
