"""A failed job offers what may help it: real failures, mended with mouse and keys."""

from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.document.edits import add_region, change_region, remove_region
from desktop.document.song import Song
from desktop.document.time import PPQ, Tick
from desktop.rendering.mends import Mend
from desktop.rendering.queue import State
from desktop.rendering.recipe import read_recipe
from tests.memory_limit import limit_memory
from tests.tiny_pack import TinyPack
from ui.dialogs.models import ModelsDialog
from ui.queue.panel import QueuePanel
from ui.queue.row import JobRow
from ui.shared.controls import Button
from ui.window import MainWindow

LEFT = Qt.MouseButton.LeftButton
BEATS = 600  # five minutes at 120 bpm
ROOM_MB = 95  # enough for a quarter of them at once, which want 80; the whole wants 115


def with_long_region(song: Song) -> Song:
    """Return `song` with one region that is long and quickly rendered."""
    (region,) = song.tracks[0].regions
    song = remove_region(song, region.id)
    song = add_region(song, song.tracks[0].id, Tick(0), Tick(BEATS * PPQ), "calm")
    (region,) = song.tracks[0].regions
    return change_region(song, region.id, lambda r: replace(r, steps=1, seed=7))


@pytest.fixture
def pack(make_tiny_pack: TinyPack) -> Path:
    """Return the folder of a tiny pack that decodes whole regions at once."""
    return make_tiny_pack({"decoder": {"tile": 2**20}})


def render(window: MainWindow, qtbot: QtBot) -> JobRow:
    """Render the region; return the row of its job once it has ended."""
    (region,) = window.studio.session.song.tracks[0].regions
    (number,) = window.studio.rendering.render({region.id})
    wait_for_the_end(window, qtbot)
    row = window.queue.rows[number]
    qtbot.waitUntil(row.again.isVisible)
    return row


def wait_for_the_end(window: MainWindow, qtbot: QtBot) -> None:
    rendering = window.studio.rendering
    qtbot.waitUntil(lambda: not rendering.live and rendering._thread is None, timeout=60_000)
    qtbot.wait(0)


def leave_little_memory(window: MainWindow, pack: Path) -> None:
    """Lengthen the region, and give the worker no more than `ROOM_MB` for it."""
    window.studio.session.edit("Region", with_long_region)
    worker = window.studio.rendering.workshop.worker()
    worker.open(pack)
    limit_memory(psutil.Process(worker.process_id), ROOM_MB)


def states(window: MainWindow) -> list[State]:
    return [entry.state for entry in window.studio.rendering.entries]


def offered(row: JobRow) -> list[Mend]:
    return [mend for mend, button in row.mends.items() if button.isVisible()]


def test_a_job_out_of_memory_offers_a_smaller_tile_which_helps(
    window: MainWindow, panel: QueuePanel, pack: Path, qtbot: QtBot
) -> None:
    said: list[str] = []
    window.studio.session.failed.connect(said.append)
    leave_little_memory(window, pack)
    row = render(window, qtbot)
    assert "ran out of memory" in row.why.text()
    assert row.state.text() == "failed; what may help stands below"
    assert ["smaller tile" in text for text in said] == [True]
    assert offered(row) == [Mend.SMALLER_TILE]  # it was on the CPU already
    button = row.mends[Mend.SMALLER_TILE]
    assert "less memory" in button.toolTip()
    QTest.mouseClick(button, LEFT)
    wait_for_the_end(window, qtbot)
    assert states(window) == [State.FAILED, State.DONE]
    (take,) = window.studio.session.song.tracks[0].regions[0].takes
    assert read_recipe(take.recipe).thrift == 1
    qtbot.waitUntil(lambda: len(panel.rows) == 2)


def test_what_is_offered_is_reached_by_tab_and_pressed_by_enter(
    window: MainWindow, panel: QueuePanel, pack: Path, qtbot: QtBot
) -> None:
    leave_little_memory(window, pack)
    row = render(window, qtbot)
    assert panel.isVisible()
    row.again.setFocus()
    for _ in range(8):
        if row.mends[Mend.SMALLER_TILE].hasFocus():
            break
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert row.mends[Mend.SMALLER_TILE].hasFocus()
    QTest.keyClick(row.mends[Mend.SMALLER_TILE], Qt.Key.Key_Return)
    wait_for_the_end(window, qtbot)
    assert states(window) == [State.FAILED, State.DONE]


def test_a_device_that_cannot_be_used_offers_the_cpu(
    window: MainWindow, panel: QueuePanel, qtbot: QtBot
) -> None:
    assert panel.isVisible()
    window.studio.rendering.workshop.use_device("coreml")
    row = render(window, qtbot)
    assert "device 'coreml' cannot be used" in row.why.text()
    assert offered(row) == [Mend.CPU]
    QTest.mouseClick(row.mends[Mend.CPU], LEFT)
    wait_for_the_end(window, qtbot)
    assert states(window) == [State.FAILED, State.DONE]
    assert window.studio.rendering.workshop.device == "coreml"


def test_a_missing_pack_offers_the_models(
    window: MainWindow, panel: QueuePanel, qtbot: QtBot
) -> None:
    assert panel.isVisible()
    session = window.studio.session
    session.edit("Pack", lambda s: replace(s, settings=replace(s.settings, pack_id="gone")))
    row = render(window, qtbot)
    assert offered(row) == [Mend.MODELS]
    assert "Ctrl+Alt+O" in row.mends[Mend.MODELS].toolTip()
    QTest.mouseClick(row.mends[Mend.MODELS], LEFT)
    assert window.dialogs.made(ModelsDialog).isVisible()


def test_a_failed_row_fits_its_panel_and_names_all_that_can_be_pressed(
    window: MainWindow, panel: QueuePanel, pack: Path, qtbot: QtBot
) -> None:
    leave_little_memory(window, pack)
    row = render(window, qtbot)
    buttons = [button for button in row.findChildren(Button) if button.isVisible()]
    assert all(button.accessibleName() and button.toolTip() for button in buttons)
    for part in (*buttons, row.why):
        place = QRect(part.mapTo(panel, part.rect().topLeft()), part.size())
        assert panel.rect().contains(place)


def test_a_job_that_is_done_offers_nothing(
    window: MainWindow, panel: QueuePanel, qtbot: QtBot
) -> None:
    assert panel.isVisible()
    row = render(window, qtbot)
    assert offered(row) == []
    assert not row.why.isVisible()
