"""The models: added, measured, chosen, rolled back and removed."""

from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.session.selection import Selection
from tests.tiny_pack import TinyPack, make_tiny_pack
from ui.dialogs.models import ModelsDialog
from ui.window import MainWindow

__all__ = ["make_tiny_pack"]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelsDialog:
    """Return the dialog where no model comes with the program and none is installed."""
    for module in ("desktop.rendering.packs", "desktop.session.models"):
        monkeypatch.setattr(f"{module}.user_folder", lambda: tmp_path / "installed")
    monkeypatch.setattr("desktop.rendering.packs.bundled_folder", lambda: tmp_path / "none")
    window.studio.actions["models.open"].trigger()
    return window.dialogs.made(ModelsDialog)


def wait(dialog: ModelsDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not dialog.models.is_busy, timeout=30_000)


def listed(dialog: ModelsDialog) -> list[str]:
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def test_a_model_is_added_chosen_measured_and_removed(
    dialog: ModelsDialog, window: MainWindow, make_tiny_pack: TinyPack, qtbot: QtBot
) -> None:
    assert listed(dialog) == []
    dialog.models.install(make_tiny_pack())
    wait(dialog, qtbot)
    (name,) = listed(dialog)
    dialog.list.setCurrentRow(0)
    assert name in dialog.facts.text()
    assert "not measured yet" in dialog.facts.text()
    QTest.mouseClick(dialog.use, LEFT)
    assert window.studio.session.song.settings.pack_id == "tiny"
    assert dialog.list.item(0).font().bold()
    QTest.mouseClick(dialog.measure, LEFT)
    assert not dialog.measure.isEnabled()
    wait(dialog, qtbot)
    assert "x real time (cpu" in dialog.facts.text()
    QTest.mouseClick(dialog.remove, LEFT)
    wait(dialog, qtbot)
    assert listed(dialog) == []


def test_a_model_is_given_to_the_selected_regions(
    dialog: ModelsDialog, window: MainWindow, make_tiny_pack: TinyPack, qtbot: QtBot
) -> None:
    session = window.studio.session
    dialog.models.install(make_tiny_pack())
    wait(dialog, qtbot)
    dialog.list.setCurrentRow(0)
    assert not dialog.use_here.isEnabled()
    region = session.song.tracks[0].regions[0]
    session.select(Selection(parts=frozenset({region.id, session.song.tracks[0].clips[0].id})))
    assert dialog.use_here.isEnabled()
    QTest.mouseClick(dialog.use_here, LEFT)
    assert session.song.tracks[0].regions[0].pack_id == "tiny"
    assert session.song.settings.pack_id is None
    assert session.history.undo_name == "Choose model"
    session.select(Selection())
    assert not dialog.use_here.isEnabled()


def test_an_older_version_comes_back(
    dialog: ModelsDialog, make_tiny_pack: TinyPack, qtbot: QtBot
) -> None:
    for version in ("1.0.0", "2.0.0"):
        dialog.models.install(make_tiny_pack({"version": version}, name=f"{version}/tiny"))
        wait(dialog, qtbot)
    dialog.list.setCurrentRow(0)
    assert "2.0.0" in dialog.facts.text()
    dialog.older.setFocus()
    QTest.keyClick(dialog.older, Qt.Key.Key_Down)
    dialog.older.activated.emit(dialog.older.currentIndex())
    wait(dialog, qtbot)
    dialog.list.setCurrentRow(0)
    assert "1.0.0" in dialog.facts.text()


def test_what_is_no_model_is_said_and_changes_nothing(
    dialog: ModelsDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "song.zip").write_text("no pack")
    dialog.models.install(tmp_path / "song.zip")
    wait(dialog, qtbot)
    assert "song.zip" in dialog.trouble.text()
    assert listed(dialog) == []


def test_a_damaged_model_stands_in_the_list_with_its_reason(
    dialog: ModelsDialog, make_tiny_pack: TinyPack, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog.models.install(make_tiny_pack())
    wait(dialog, qtbot)
    (tmp_path / "installed" / "tiny" / "LICENSE").unlink()
    dialog.read()
    dialog.list.setCurrentRow(0)
    assert "LICENSE" in listed(dialog)[0]
    assert not dialog.use.isEnabled()


def test_the_device_is_kept_for_the_next_start(dialog: ModelsDialog, window: MainWindow) -> None:
    dialog.device.setFocus()
    QTest.keyClick(dialog.device, Qt.Key.Key_End)
    dialog.device.activated.emit(dialog.device.currentIndex())
    assert window.studio.rendering.workshop.device == "cpu"
    assert window.studio.settings.value("render/device") == "cpu"


def test_the_dialog_can_be_closed_while_a_model_is_installed(
    dialog: ModelsDialog, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end, ended = Event(), list[Path]()

    def install(source: Path, _into: Path) -> None:
        assert may_end.wait(30)
        ended.append(source)

    monkeypatch.setattr("desktop.session.models.install", install)
    dialog.models.install(tmp_path)
    dialog.close()
    assert not dialog.isVisible()
    assert not ended
    may_end.set()
    window.leave()
    assert ended == [tmp_path]


def test_what_nobody_foresaw_leaves_the_dialog_as_usable_as_before(
    dialog: ModelsDialog, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.session.models.install", lambda _source, _into: 1 // 0)
    dialog.models.install(tmp_path)
    wait(dialog, qtbot)
    assert "ZeroDivisionError" in dialog.trouble.text()
    assert dialog.add_file.isEnabled()


def test_an_older_version_that_is_damaged_is_not_offered(
    dialog: ModelsDialog, make_tiny_pack: TinyPack, tmp_path: Path, qtbot: QtBot
) -> None:
    for version in ("1.0.0", "2.0.0"):
        dialog.models.install(make_tiny_pack({"version": version}, name=f"{version}/tiny"))
        wait(dialog, qtbot)
    for manifest in (tmp_path / "installed" / ".older").rglob("pack.toml"):
        manifest.write_bytes(b"[")
    dialog.read()
    dialog.list.setCurrentRow(0)
    assert "2.0.0" in dialog.facts.text()
    assert dialog.older.count() == 1
    QTest.mouseClick(dialog.remove, LEFT)
    wait(dialog, qtbot)
    assert listed(dialog) == []
