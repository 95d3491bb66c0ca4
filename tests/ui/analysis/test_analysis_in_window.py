"""The analysis in the window: a key opens it, a click in the timeline says of what."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.document.edits import add_take, choose_take
from desktop.document.song import Song, Take
from tests.ui.conftest import BAR
from tests.ui.timeline.pointer import Pointer
from ui.shared.studio import Studio
from ui.window import MainWindow

RATE = 44100


@pytest.fixture
def window(studio: Studio, qtbot: QtBot) -> Iterator[MainWindow]:
    tone = 0.1 * np.sin(2 * np.pi * 440 / RATE * np.arange(4 * RATE))
    pooled = studio.session.takes.add(np.stack([tone, tone]).astype(np.float32), RATE)
    take = Take("a", pooled.sha256, pooled.format, pooled.frames, RATE, "2030-01-01")
    region_id = studio.session.song.tracks[0].regions[0].id

    def rendered(song: Song) -> Song:
        return choose_take(add_take(song, region_id, take), region_id, "a")

    studio.session.edit("Render", rendered)
    made = MainWindow(studio)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_key_opens_it_and_a_click_on_a_region_measures_that(
    window: MainWindow, qtbot: QtBot
) -> None:
    QTest.keyClick(window, Qt.Key.Key_F)
    assert window.shown_below == "analysis"
    hand = Pointer(window.timeline)
    with qtbot.waitSignal(window.analysis.measuring.measured):
        hand.click(hand.at(BAR, depth=0.8))
    region = window.studio.session.song.tracks[0].regions[0]
    assert window.studio.session.selection.parts == {region.id}
    assert window.analysis.name.text() == "Lead: warm flute, calm"
    assert window.analysis.figures.values["Sample peak"].text() == "-20.0 dBFS"
    window.analysis.scopes["mix"].setFocus()
    with qtbot.waitSignal(window.analysis.measuring.measured):
        QTest.keyClick(window.analysis.scopes["mix"], Qt.Key.Key_Return)
    assert window.analysis.name.text() == "Mix"
