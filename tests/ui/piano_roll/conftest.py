"""A piano roll on the sketch's clip, and a hand that draws in it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from tests.ui.piano_roll.hand import Hand, Listener
from ui.piano_roll.panel import PianoRoll
from ui.shared.studio import Studio


@pytest.fixture
def panel(studio: Studio, qtbot: QtBot) -> Iterator[PianoRoll]:
    made = PianoRoll(studio)
    made.resize(1000, 600)
    made.show()
    qtbot.waitExposed(made)
    yield made
    # A panel left over costs each later one the time to style it too.
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def hand(panel: PianoRoll, studio: Studio) -> Hand:
    """Return a hand over the clip of four quarters C4 E4 G4 C5, one after another."""
    clip = studio.session.song.tracks[0].clips[0]
    studio.session.select(replace(studio.session.selection, clip_id=clip.id))
    panel.activateWindow()
    panel.view.setFocus()
    return Hand(panel)


@pytest.fixture
def listener(studio: Studio) -> Listener:
    """Return what listens to the notes that the transport is asked to play."""
    made = Listener()
    studio.transport.attach(made)
    return made
