"""The export dialog."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.document.edits import change_track
from ui.export_dialog import ExportDialog
from ui.shared.studio import Studio

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(studio: Studio, tmp_path: Path, qtbot: QtBot) -> ExportDialog:
    made = ExportDialog(studio)
    qtbot.addWidget(made)
    made.folder.setText(str(tmp_path / "out"))
    made.show()
    return made


def listed(dialog: ExportDialog) -> list[str]:
    return [dialog.files.item(row).text() for row in range(dialog.files.count())]


def test_it_lists_the_files_before_they_are_written(dialog: ExportDialog) -> None:
    assert listed(dialog) == [
        "Sketch - 01 Lead.wav",
        "Sketch - 02 Bass.wav",
        "Sketch - mix.wav",
        "Sketch.mid",
    ]
    dialog.stems.setChecked(False)
    dialog.midi.setChecked(False)
    dialog.format.setCurrentIndex(1)
    assert listed(dialog) == ["Sketch - mix.flac"]
    assert dialog.bits.currentData() == 24
    dialog.mix.setChecked(False)
    assert not dialog.go.isEnabled()


def test_it_writes_what_it_lists(
    dialog: ExportDialog, studio: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    said: list[str] = []
    studio.session.said.connect(said.append)
    with qtbot.waitSignal(dialog.accepted):
        QTest.mouseClick(dialog.go, LEFT)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(listed(dialog))
    assert said == [f"Exported to {tmp_path / 'out'}"]


def test_it_says_which_tracks_are_silent_before_they_are_written(
    dialog: ExportDialog, studio: Studio
) -> None:
    assert dialog.silent.text().endswith("silent in the files: Lead")  # Bass holds nothing
    lead = studio.session.song.tracks[0].id
    studio.session.edit("Mute", lambda s: change_track(s, lead, lambda t: replace(t, mute=True)))
    assert not dialog.silent.isVisible()


def test_midi_alone_is_never_called_silent(dialog: ExportDialog) -> None:
    dialog.stems.setChecked(False)
    dialog.mix.setChecked(False)
    assert not dialog.silent.isVisible()


def test_each_song_gets_a_folder_beside_that_of_the_last_export(
    dialog: ExportDialog, studio: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog.folder.setText(str(tmp_path / "Stems" / "Another song"))
    with qtbot.waitSignal(dialog.accepted):
        QTest.mouseClick(dialog.go, LEFT)
    later = ExportDialog(studio)
    qtbot.addWidget(later)
    assert Path(later.folder.text()) == tmp_path / "Stems" / "Sketch export"


@pytest.mark.parametrize("name", ["x" * 10_000, "a\0b"])
def test_a_folder_that_cannot_be_is_said(
    dialog: ExportDialog, tmp_path: Path, qtbot: QtBot, name: str
) -> None:
    dialog.folder.setText(str(tmp_path / name))
    assert len(listed(dialog)) == 4
    with qtbot.waitSignal(dialog.ended):
        QTest.mouseClick(dialog.go, LEFT)
    assert dialog.problem.text()
    assert dialog.go.isVisible()


def test_it_says_what_will_be_replaced_and_what_went_wrong(
    dialog: ExportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "out").write_text("in the way")
    with qtbot.waitSignal(dialog.ended):
        QTest.mouseClick(dialog.go, LEFT)
    assert str(tmp_path / "out") in dialog.problem.text()
    assert dialog.go.isVisible()
