"""The dialog for cue sheets, by keys and mouse."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.document.edits import set_tempo
from desktop.document.song import Track
from desktop.document.time import Tick
from ui.dialogs.cue_sheet import CueSheetDialog
from ui.window import MainWindow

LEFT = Qt.MouseButton.LeftButton
THREE_PARTS = (
    '[0:15] "轻柔吉他搭配自然环境音,60 BPM" [15:30] "加入鼓点,节奏提升至90 BPM,保持明亮感" '
    '[30:60] "交响乐爆发,铜管与弦乐齐鸣,充满希望"'
)


@pytest.fixture
def dialog(window: MainWindow) -> CueSheetDialog:
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_U, keys)
    made = window.dialogs.made(CueSheetDialog)
    assert made.isVisible()
    assert not made.isModal()
    return made


def rows(dialog: CueSheetDialog) -> list[list[str]]:
    table = dialog.table
    items = [[table.item(row, c) for c in range(5)] for row in range(table.rowCount())]
    return [[item.text() for item in row if item is not None] for row in items]


def last_track(window: MainWindow) -> Track:
    return window.studio.session.song.tracks[-1]


def spans_s(window: MainWindow) -> list[tuple[float, float]]:
    at = window.studio.session.song.tempo_map.tick_to_second
    return [(at(region.start), at(region.end)) for region in last_track(window).regions]


def test_the_three_part_sheet_is_seen_and_taken_in_as_one_step(
    dialog: CueSheetDialog, window: MainWindow
) -> None:
    session = window.studio.session
    before = session.song
    dialog.text.setPlainText(THREE_PARTS)
    QTest.mouseClick(dialog.tempos, LEFT, pos=dialog.tempos.rect().center())
    assert rows(dialog)[1] == [
        "1", "0:15.000", "0:30.000", "90.00 bpm", "加入鼓点,节奏提升至90 BPM,保持明亮感",
    ]  # fmt: skip
    QTest.mouseClick(dialog.import_button, LEFT)
    assert spans_s(window) == [(0, 15), (15, 30), (30, 60)]
    assert [change.bpm for change in session.song.tempo_map.tempos] == [60, 90]
    made = last_track(window)
    assert (made.name, made.role, len(session.song.tracks)) == ("Cues", "mix", 3)
    assert session.selection.parts == {region.id for region in made.regions}
    assert not dialog.isVisible()
    assert session.history.undo_name == "Import cue sheet"
    session.undo()
    assert session.song is before


def test_lines_that_cannot_be_read_are_shown_while_one_types_and_nothing_is_taken(
    dialog: CueSheetDialog, window: MainWindow
) -> None:
    before = window.studio.session.song
    assert not dialog.import_button.isEnabled()
    QTest.keyClicks(dialog.text, "[0:15] soft")
    assert dialog.import_button.isEnabled()
    QTest.keyClick(dialog.text, Qt.Key.Key_Return)
    QTest.keyClicks(dialog.text, "0:15 drums")
    ((line, said),) = rows(dialog)
    assert line == "2"
    assert said.startswith("0:15 drums: where does it end?")
    assert not dialog.table.horizontalScrollBar().isVisible()  # nothing of it is out of sight
    assert dialog.said.text() == "Nothing is imported yet; lines to mend: 1"
    assert not dialog.import_button.isEnabled()
    QTest.mouseClick(dialog.import_button, LEFT)
    assert window.studio.session.song is before


def test_regions_go_on_the_track_that_is_chosen_and_must_find_room(
    dialog: CueSheetDialog, window: MainWindow
) -> None:
    dialog.text.setPlainText("bars 2-4: strings")
    assert len(rows(dialog)) == 1
    QTest.keyClick(dialog.track, Qt.Key.Key_Down)
    assert dialog.track.currentText() == "Lead"
    ((line, said),) = rows(dialog)
    assert (line, "there is a region already" in said) == ("1", True)
    QTest.keyClick(dialog.track, Qt.Key.Key_Down)
    QTest.mouseClick(dialog.import_button, LEFT)
    assert [region.prompt for region in last_track(window).regions] == ["strings"]
    assert last_track(window).name == "Bass"


def test_the_preview_follows_the_song(dialog: CueSheetDialog, window: MainWindow) -> None:
    dialog.text.setPlainText("bars 1-2: strings")
    assert rows(dialog)[0][2] == "0:04.000"
    window.studio.session.edit("Tempo", partial(set_tempo, tick=Tick(0), bpm=60))
    assert rows(dialog)[0][2] == "0:08.000"
    window.studio.session.undo()


def test_the_clipboard_is_pasted(window: MainWindow) -> None:
    QApplication.clipboard().setText("[0:2] soft\r\n[2:4] loud")
    window.studio.actions["file.paste_cues"].trigger()
    dialog = window.dialogs.made(CueSheetDialog)
    assert [row[4] for row in rows(dialog)] == ["soft", "loud"]
    QApplication.clipboard().clear()


def test_a_text_that_is_too_long_for_a_sheet_is_refused(dialog: CueSheetDialog) -> None:
    dialog.text.setPlainText("[0:2] soft")
    QApplication.clipboard().setText("x" * 10_000_000)
    for paste in (dialog.paste, dialog.text.paste):
        dialog.said.clear()
        paste()
        assert "10000000 letters is no cue sheet; one may have 262144" in dialog.said.text()
        assert dialog.text.toPlainText() == "[0:2] soft"
    QApplication.clipboard().clear()
    assert [row[4] for row in rows(dialog)] == ["soft"]


def test_of_a_long_line_that_cannot_be_read_the_beginning_is_shown(dialog: CueSheetDialog) -> None:
    dialog.text.setPlainText("soft " * 1000)
    assert rows(dialog)[0][1].startswith("soft soft")
    assert len(rows(dialog)[0][1]) < 300


def test_a_file_is_opened_whatever_its_charset(
    dialog: CueSheetDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "cues.txt"
    path.write_bytes("[0:2] 轻柔的钢琴独奏".encode("gb18030"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    QTest.mouseClick(dialog.open_button, LEFT)
    assert rows(dialog)[0][4] == "轻柔的钢琴独奏"


def test_a_file_that_cannot_be_read_is_named(
    dialog: CueSheetDialog, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    window.studio.session.failed.connect(said.append)
    gone = tmp_path / "gone.txt"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(gone), ""))
    QTest.mouseClick(dialog.open_button, LEFT)
    assert "gone.txt" in said[0]
    assert "gone.txt" in dialog.said.text()


def test_escape_closes_and_the_text_stays(dialog: CueSheetDialog, window: MainWindow) -> None:
    QTest.keyClicks(dialog.text, "[0:15] soft")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    window.studio.session.edit("Tempo", partial(set_tempo, tick=Tick(0), bpm=60))
    window.studio.actions["file.import_cues"].trigger()
    assert dialog.text.toPlainText() == "[0:15] soft"
    QTest.mouseClick(dialog.import_button, LEFT)
    assert spans_s(window) == [(0, 15)]
    assert window.studio.session.selection.parts == {last_track(window).regions[0].id}
