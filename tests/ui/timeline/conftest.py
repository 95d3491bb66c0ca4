"""A timeline on the sketch: a lead with a clip and a region over two bars, and an empty bass."""

import pytest
from pytestqt.qtbot import QtBot

from tests.audio_rig import null_sink
from tests.ui.timeline.pointer import Pointer
from ui.shared.studio import Studio
from ui.timeline.panel import Timeline

__all__ = ["null_sink"]


@pytest.fixture
def panel(studio: Studio, qtbot: QtBot) -> Timeline:
    made = Timeline(studio)
    qtbot.addWidget(made)
    made.resize(1280, 480)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.lanes.setFocus()
    return made


@pytest.fixture
def hand(panel: Timeline) -> Pointer:
    return Pointer(panel)
