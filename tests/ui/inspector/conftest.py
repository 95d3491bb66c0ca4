"""An inspector on its own, shown."""

import pytest
from pytestqt.qtbot import QtBot

from ui.inspector.panel import Inspector
from ui.shared.studio import Studio


@pytest.fixture
def inspector(studio: Studio, qtbot: QtBot) -> Inspector:
    made = Inspector(studio)
    qtbot.addWidget(made)
    made.resize(280, 900)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made
