"""A takes panel that shows takes; a sound card that nobody hears."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.document.edits import add_take, choose_take
from desktop.document.song import Song, Take
from desktop.session.selection import Selection
from tests.audio_rig import null_sink
from ui.shared.studio import Studio
from ui.takes.panel import TakesPanel

__all__ = ["null_sink"]


@pytest.fixture
def show_takes(studio: Studio, qtbot: QtBot) -> Iterator[Callable[..., TakesPanel]]:
    """Give what shows takes of the sketch's region, which is selected and plays the first."""

    def shown(*takes: Take) -> TakesPanel:
        region_id = studio.session.song.tracks[0].regions[0].id

        def rendered(song: Song) -> Song:
            for take in takes:
                song = add_take(song, region_id, take)
            return choose_take(song, region_id, takes[0].id)

        studio.session.edit("Render", rendered)
        made = TakesPanel(studio)
        qtbot.addWidget(made)
        made.resize(1100, 300)
        made.show()
        made.activateWindow()
        studio.session.select(Selection(parts=frozenset({region_id})))
        return made

    yield shown
    QApplication.processEvents()
