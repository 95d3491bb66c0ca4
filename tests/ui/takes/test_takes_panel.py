"""The takes of a region under mouse and keys."""

import json
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.document.edits import add_take, choose_take
from desktop.document.song import Measure, QualityReport, Region, Song, Take
from desktop.session.selection import Selection
from ui.shared.studio import Studio
from ui.takes.panel import TakesPanel
from ui.takes.table import GATE, LOUDNESS, NAME, PLAYS, SEED

LEFT = Qt.MouseButton.LeftButton


def take(number: int, *failures: str) -> Take:
    quality = QualityReport((Measure("loudness_lufs", -14.0),), failures)
    recipe = json.dumps({"seed": number})
    sha256 = f"{number:064x}"
    return Take(f"take{number}", sha256, "flac", 44100, 44100, "2026", recipe, quality)


@pytest.fixture
def panel(studio: Studio, qtbot: QtBot) -> Iterator[TakesPanel]:
    region_id = studio.session.song.tracks[0].regions[0].id

    def rendered(song: Song) -> Song:
        for each in (take(7), take(8, "too loud"), take(9)):
            song = add_take(song, region_id, each)
        return choose_take(song, region_id, "take7")

    studio.session.edit("Render", rendered)
    made = TakesPanel(studio)
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    studio.session.select(Selection(parts=frozenset({region_id})))
    made.table.setFocus()
    yield made
    QApplication.processEvents()


def region(studio: Studio) -> Region:
    return studio.session.song.tracks[0].regions[0]


def cell(panel: TakesPanel, row: int, column: int) -> str:
    return str(panel.model.data(panel.model.index(row, column)))


def click(panel: TakesPanel, row: int, column: int) -> None:
    place = panel.table.visualRect(panel.model.index(row, column)).center()
    QTest.mouseClick(panel.table.viewport(), LEFT, pos=place)


def test_takes_stand_in_order_with_what_they_measure(panel: TakesPanel) -> None:
    assert [cell(panel, row, NAME) for row in range(3)] == ["Take 1", "Take 2", "Take 3"]
    assert [cell(panel, row, SEED) for row in range(3)] == ["7", "8", "9"]
    assert cell(panel, 0, LOUDNESS) == "-14.0"
    assert [cell(panel, row, GATE) for row in (0, 1)] == ["passed", "too loud"]
    assert cell(panel, 0, PLAYS) == "\u25b6"


def test_a_number_or_return_chooses_a_take(panel: TakesPanel, studio: Studio) -> None:
    QTest.keyClick(panel.table, Qt.Key.Key_3)
    assert region(studio).active_take == "take9"
    QTest.keyClick(panel.table, Qt.Key.Key_Down)
    QTest.keyClick(panel.table, Qt.Key.Key_Return)
    assert region(studio).active_take == "take8"
    studio.session.undo()
    assert region(studio).active_take == "take9"


def test_a_click_on_its_mark_chooses_a_take(panel: TakesPanel, studio: Studio) -> None:
    click(panel, 1, PLAYS)
    assert region(studio).active_take == "take8"


def test_stars_go_round_and_a_take_can_be_rejected(panel: TakesPanel, studio: Studio) -> None:
    QTest.keyClick(panel.table, Qt.Key.Key_Asterisk)
    QTest.keyClick(panel.table, Qt.Key.Key_Asterisk)
    assert region(studio).takes[0].stars == 2
    QTest.keyClick(panel.table, Qt.Key.Key_Delete)
    assert region(studio).takes[0].rejected
    QTest.keyClick(panel.table, Qt.Key.Key_Delete)
    assert not region(studio).takes[0].rejected


def test_a_take_is_named_where_it_stands(panel: TakesPanel, studio: Studio) -> None:
    click(panel, 2, NAME)
    QTest.keyClick(panel.table, Qt.Key.Key_F2)
    editor = panel.table.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "Best")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()  # the editor passes its text on a little later
    assert region(studio).takes[2].name == "Best"
    assert region(studio).active_take == "take7"


def test_an_empty_place_says_what_fills_it(panel: TakesPanel, studio: Studio) -> None:
    studio.session.select(Selection())
    assert panel.empty.isVisible()
    assert "Select a region" in panel.empty.text()
