"""The takes of a region under mouse and keys."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.document.edits import add_region, add_take, change_take
from desktop.document.song import Measure, QualityReport, Region, Song, Take
from desktop.document.time import Tick
from desktop.session.selection import Selection
from ui.shared.studio import Studio
from ui.shared.takes import starred
from ui.takes.arranging import Order
from ui.takes.model import commented, rejected, renamed
from ui.takes.panel import TakesPanel
from ui.takes.table import GATE, LOUDNESS, NAME, NOTES, PLAYS, SEED, WAVE

LEFT = Qt.MouseButton.LeftButton


def take(number: int, *failures: str) -> Take:
    quality = QualityReport((Measure("loudness_lufs", -14.0),), failures)
    asked = {"prompt": f"warm flute {number}", "guidance": 3.5}
    heard = [{"track": 4, "takes": ["a"]}, {"track": 99, "takes": ["b"]}]
    made = {"pack_id": "mini", "pack_version": "1.2", "provider": "CPUExecutionProvider"}
    tries = [{"seed": 3, "failures": ["too loud"]}, {"seed": number}]
    part = {"requests": [{}, asked], "heard": [[], heard], "chain_index": 1}
    recipe = json.dumps({"seed": number, "steps": 16, "tries": tries, **made, **part})
    sha256 = f"{number:064x}"
    return Take(f"take{number}", sha256, "flac", 44100, 44100, "2026", recipe, quality)


@pytest.fixture
def panel(show_takes: Callable[..., TakesPanel]) -> TakesPanel:
    made = show_takes(take(7), take(8, "too loud"), take(9))
    made.table.setFocus()
    return made


def region(studio: Studio) -> Region:
    return studio.session.song.tracks[0].regions[0]


def cell(panel: TakesPanel, row: int, column: int) -> str:
    return str(panel.model.data(panel.model.index(row, column)))


def click(panel: TakesPanel, row: int, column: int) -> None:
    place = panel.table.visualRect(panel.model.index(row, column)).center()
    QTest.mouseClick(panel.table.viewport(), LEFT, pos=place)


def test_one_take_is_not_called_takes(show_takes: Callable[..., TakesPanel]) -> None:
    assert show_takes(take(7)).filter.count.text() == "1 take"


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
    QTest.mouseClick(panel.filter.rejected, LEFT)  # or it would be gone from view
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


def test_of_several_regions_it_says_how_many_and_to_select_one(
    panel: TakesPanel, studio: Studio
) -> None:
    first, track_id = region(studio), studio.session.song.tracks[0].id
    add = partial(add_region, track_id=track_id, start=first.end, end=Tick(2 * first.end))
    studio.session.edit("Add region", add)
    both = frozenset(each.id for each in studio.session.song.tracks[0].regions)
    studio.session.select(Selection(parts=both))
    assert panel.empty.isVisible()
    assert panel.empty.text() == "2 regions are selected: select one of them to see its takes."
    QTest.keyClick(panel, Qt.Key.Key_2)
    assert region(studio).active_take == "take7"  # a key does not choose for one of the two
    studio.session.select(Selection(parts=frozenset({first.id})))
    assert panel.table.isVisible()


def names(panel: TakesPanel) -> list[str]:
    return [cell(panel, row, NAME) for row in range(panel.model.rowCount())]


def header_click(panel: TakesPanel, column: int) -> None:
    header = panel.table.horizontalHeader()
    x = header.sectionViewportPosition(column) + header.sectionSize(column) // 2
    QTest.mouseClick(header.viewport(), LEFT, pos=QPoint(x, header.height() // 2))


def test_words_of_prompt_name_or_comment_find_takes(panel: TakesPanel, studio: Studio) -> None:
    region_id = region(studio).id
    studio.session.edit("Name", lambda song: renamed(song, region_id, "take8", "Glow"))
    studio.session.edit("Say", lambda song: commented(song, region_id, "take9", "warm\ntail"))
    QTest.keyClick(panel.table, Qt.Key.Key_Slash)
    for typed, found in {"FLUTE 7": [0], "glow": [1], "tail warm": [2], "bass": []}.items():
        panel.filter.search.clear()
        QTest.keyClicks(panel.filter.search, typed)
        assert [panel.model.numbers[t.id] - 1 for t in panel.model.takes] == found
    assert "No take" in panel.empty.text()
    assert panel.empty.isVisible()
    QTest.keyClick(panel.filter.search, Qt.Key.Key_Escape)
    assert len(names(panel)) == 3


def test_takes_that_failed_or_are_rejected_or_have_few_stars_are_left_out(
    panel: TakesPanel, studio: Studio
) -> None:
    region_id = region(studio).id
    QTest.mouseClick(panel.filter.passed, LEFT)
    assert names(panel) == ["Take 1", "Take 3"]
    studio.session.edit("Reject", lambda song: rejected(song, region_id, "take7"))
    assert names(panel) == ["Take 3"]
    QTest.mouseClick(panel.filter.rejected, LEFT)
    assert names(panel) == ["Take 1", "Take 3"]
    QTest.keyClick(panel.filter.stars, Qt.Key.Key_Down)
    assert names(panel) == []
    studio.session.edit("Star", lambda song: starred(song, region_id, "take9", 4))
    assert names(panel) == ["Take 3"]


def test_a_click_on_a_header_sorts_and_keys_follow_what_is_shown(
    panel: TakesPanel, studio: Studio
) -> None:
    header_click(panel, SEED)
    header_click(panel, SEED)
    assert names(panel) == ["Take 3", "Take 2", "Take 1"]
    assert [cell(panel, row, PLAYS) for row in range(3)] == ["1", "2", "\u25b6"]
    QTest.keyClick(panel.table, Qt.Key.Key_1)
    assert region(studio).active_take == "take9"


def test_what_was_not_measured_comes_last_either_way(panel: TakesPanel, studio: Studio) -> None:
    region_id, unmeasured = region(studio).id, replace(take(6), quality=QualityReport())
    studio.session.edit("Import", lambda song: add_take(song, region_id, unmeasured))
    header_click(panel, LOUDNESS)
    assert names(panel)[-1] == "Take 4"
    header_click(panel, LOUDNESS)
    assert names(panel)[-1] == "Take 4"


def test_a_new_take_leaves_the_current_row_alone(panel: TakesPanel, studio: Studio) -> None:
    click(panel, 1, NAME)
    panel.filter.sort(Order.SEED)
    region_id = region(studio).id
    studio.session.edit("Render", lambda song: add_take(song, region_id, take(1)))
    assert panel.chosen is not None
    assert (panel.chosen.id, panel.table.currentIndex().row()) == ("take8", 2)


def test_a_new_take_that_plays_becomes_the_current_row_and_nothing_else_is_selected(
    panel: TakesPanel, studio: Studio
) -> None:
    panel.filter.sort(Order.NAME)
    selection = studio.session.selection
    studio.session.keep_takes([(region(studio).id, take(4))])
    assert region(studio).active_take == "take4"
    assert panel.chosen == region(studio).takes[-1]
    assert panel.details.title.text() == "Take 4"
    assert studio.session.selection is selection


def test_cards_show_the_same_takes_and_obey_the_same_keys(
    panel: TakesPanel, studio: Studio
) -> None:
    QTest.keyClick(panel.table, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert panel.grid.isVisible()
    place = panel.grid.visualRect(panel.model.index(2, NAME)).center()
    QTest.mouseClick(panel.grid.viewport(), LEFT, pos=place)
    QTest.keyClick(panel.grid, Qt.Key.Key_Return)
    assert region(studio).active_take == "take9"
    QTest.keyClick(panel.grid, Qt.Key.Key_Left)
    QTest.keyClick(panel.grid, Qt.Key.Key_Asterisk)
    assert region(studio).takes[1].stars == 1
    QTest.keyClick(panel.grid, Qt.Key.Key_2)
    assert region(studio).active_take == "take8"


def test_the_whole_recipe_of_the_current_take_is_shown(panel: TakesPanel) -> None:
    click(panel, 1, NAME)
    rows = panel.details.rows
    assert panel.details.title.text() == "Take 2"
    assert rows["Prompt"] == "warm flute 8"
    assert (rows["Seed"], rows["Steps"], rows["Guidance"]) == ("8", "16", "3.5")
    assert (rows["Pack"], rows["Computed by"]) == ("mini 1.2", "CPU")
    assert rows["Listened to"] == "Bass, a track that is gone"
    assert rows["Refused before"] == "seed 3: too loud"
    assert rows["Loudness"] == "-14.0 LUFS"
    assert rows["Quality gate"] == "too loud"


@pytest.mark.parametrize("recipe", ["{}", "no JSON", '{"requests":7}', '{"imported":"a.wav"}'])
def test_a_take_whose_recipe_says_little_is_shown_all_the_same(
    panel: TakesPanel, studio: Studio, recipe: str
) -> None:
    region_id, odd = region(studio).id, replace(take(5), recipe=recipe)
    studio.session.edit("Import", lambda song: add_take(song, region_id, odd))
    click(panel, 3, NAME)
    assert panel.details.rows["Length"] == "1.000 s, 44100 Hz"
    assert panel.details.rows.get("Imported from", "a.wav") == "a.wav"
    assert "Prompt" not in panel.details.rows


def test_a_comment_of_several_lines_is_kept_with_its_take(
    panel: TakesPanel, studio: Studio
) -> None:
    click(panel, 2, NAME)
    comment = panel.details.comment
    QTest.keyClicks(comment, "Warm")
    QTest.keyClick(comment, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(comment, "1 tail")
    click(panel, 0, NAME)  # which leaves it
    assert [each.comment for each in region(studio).takes] == ["", "", "Warm\n1 tail"]
    assert comment.toPlainText() == ""
    assert region(studio).active_take == "take7"


def test_the_sound_of_a_take_is_drawn_once_it_is_computed(
    panel: TakesPanel, studio: Studio, qtbot: QtBot
) -> None:
    sound = np.tile(np.array([0.9, -0.9], np.float32), (2, 22050))
    kept = studio.session.takes.add(sound, 44100)
    loud = replace(take(4), sha256=kept.sha256, format=kept.format)
    region_id = region(studio).id
    with qtbot.waitSignal(panel.peaks.arrived):
        studio.session.edit("Render", lambda song: add_take(song, region_id, loud))
        panel.table.viewport().repaint()
    qtbot.waitUntil(lambda: panel.peaks.of(loud) is not None)
    place = panel.table.visualRect(panel.model.index(3, WAVE))
    drawn = panel.table.viewport().grab(place).toImage()
    text = studio.look.colour("text").rgb()
    filled = [drawn.pixel(place.width() // 2, y) == text for y in range(drawn.height())]
    assert filled.count(True) > 8
    assert panel.peaks.is_missing(region(studio).takes[0])


def loudness(panel: TakesPanel, studio: Studio, *levels: float) -> None:
    """Let the takes be as loud as that, in LUFS."""
    region_id = region(studio).id

    def measured(each: Take) -> Take:
        level = levels[int(each.id[-1]) - 7]
        return replace(each, quality=QualityReport((Measure("loudness_lufs", level),)))

    def changed(song: Song) -> Song:
        for take_id in ("take7", "take8", "take9"):
            song = change_take(song, region_id, take_id, measured)
        return song

    studio.session.edit("Measure", changed)
    assert panel.model.takes == region(studio).takes


def heard_gain(studio: Studio) -> float:
    """Return at what gain the region is heard."""
    song = studio.listening.heard(studio.session.song)
    playing = song.tracks[0].regions[0].playing
    assert playing is not None
    return playing.gain_db


def test_takes_are_heard_equally_loud_while_the_panel_shows_them(
    panel: TakesPanel, studio: Studio
) -> None:
    loudness(panel, studio, -26.0, -20.0, -18.0)
    assert heard_gain(studio) == 6.0
    QTest.keyClick(panel.table, Qt.Key.Key_3)
    assert heard_gain(studio) == -2.0
    QTest.mouseClick(panel.levels.matching, LEFT)
    assert heard_gain(studio) == 0.0
    QTest.mouseClick(panel.levels.matching, LEFT)
    panel.hide()
    assert heard_gain(studio) == 0.0
    panel.show()
    assert heard_gain(studio) == -2.0
    studio.session.select(Selection())
    assert heard_gain(studio) == 0.0
    assert all(each.gain_db == 0.0 for each in region(studio).takes)


def test_equal_levels_become_part_of_the_song_and_leave_it_again(
    panel: TakesPanel, studio: Studio
) -> None:
    assert panel.levels.keeping.isEnabled()
    loudness(panel, studio, -26.0, -20.0, -18.0)
    QTest.mouseClick(panel.levels.keeping, LEFT)
    assert [each.gain_db for each in region(studio).takes] == [6.0, 0.0, -2.0]
    assert panel.details.rows["Played at"] == "+6.0 dB"
    studio.session.undo()
    assert not panel.levels.keeping.isChecked()
    studio.session.redo()
    QTest.mouseClick(panel.levels.keeping, LEFT)
    assert not any(each.gain_db for each in region(studio).takes)


def test_a_key_from_elsewhere_plays_a_take_of_a_panel_that_nobody_sees(
    studio: Studio, panel: TakesPanel
) -> None:
    panel.hide()
    region_id = region(studio).id
    studio.session.edit("Render", lambda song: add_take(song, region_id, take(6)))
    panel.numbered[3].trigger()
    assert region(studio).active_take == "take6"


def test_how_well_the_notes_are_played_is_shown_and_sorted_by(
    panel: TakesPanel, studio: Studio, qtbot: QtBot
) -> None:
    at_s = np.arange(4 * 44100) / 44100
    region_id = region(studio).id
    for number, pitches in enumerate([(61, 66, 69, 74), (60, 64, 67, 72)]):  # wrong, and right
        wave = sum(
            np.sin(2 * np.pi * 440 * 2 ** ((pitch - 69) / 12) * (at_s - beat / 2))
            * np.exp(-3 * np.maximum(at_s - beat / 2, 0))
            * (at_s >= beat / 2)
            for beat, pitch in enumerate(pitches)
        )
        sound = np.tile(np.float32(0.2) * np.asarray(wave, np.float32), (2, 1))
        kept = studio.session.takes.add(sound, 44100)
        made = replace(take(number), sha256=kept.sha256, format=kept.format, frames=kept.frames)
        studio.session.edit("Render", partial(add_take, region_id=region_id, take=made))

    qtbot.waitUntil(lambda: bool(cell(panel, 4, NOTES) and cell(panel, 3, NOTES)), timeout=30_000)
    assert (cell(panel, 3, NOTES), cell(panel, 4, NOTES)) == ("0%", "100%")
    header_click(panel, NOTES)
    header_click(panel, NOTES)
    assert names(panel)[:2] == ["Take 5", "Take 4"]
    assert cell(panel, 2, NOTES) == ""
