"""The queue in the window: Ctrl+Enter fills it, rows tell of each job, move it and stop it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.document.edits import add_region
from desktop.document.song import Song
from desktop.document.time import PPQ, Tick
from desktop.rendering.queue import State
from inference.worker import Chains, Together
from ui.queue.panel import QueuePanel
from ui.queue.side_by_side import TOGETHER, chosen_together
from ui.shared.studio import Studio
from ui.window import MainWindow

LEFT = Qt.MouseButton.LeftButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def with_regions(song: Song) -> Song:
    """Return `song` with two regions of a beat behind its own, apart."""
    for beat in (12, 16):
        song = add_region(song, song.tracks[0].id, Tick(beat * PPQ), Tick((beat + 1) * PPQ), "calm")
    return song


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    window.studio.session.edit("Regions", with_regions)
    return window


def select(window: MainWindow, *places: int) -> tuple[int, ...]:
    """Select the lead's regions at `places`; return their ids."""
    session = window.studio.session
    ids = tuple(session.song.tracks[0].regions[place].id for place in places)
    session.select(replace(session.selection, parts=frozenset(ids)))
    return ids


def wait_for_the_end(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.studio.rendering.live, timeout=30_000)


def test_ctrl_enter_renders_the_selected_regions_and_leaves_the_selection(
    window: MainWindow, panel: QueuePanel, qtbot: QtBot
) -> None:
    assert panel.empty.isVisible()
    assert "Ctrl+Enter" in panel.empty.text()
    select(window, 0, 2)
    before = window.studio.session.selection
    QTest.keyClick(window, Qt.Key.Key_Return, CTRL)
    assert len(panel.rows) == 2
    wait_for_the_end(window, qtbot)
    qtbot.waitUntil(lambda: {row.state.text() for row in panel.rows.values()} == {"done"})
    takes = [len(region.takes) for region in window.studio.session.song.tracks[0].regions]
    assert takes == [1, 0, 1]
    assert window.studio.session.selection == before


def test_nothing_selected_is_said(window: MainWindow, panel: QueuePanel) -> None:
    said: list[str] = []
    window.studio.session.said.connect(said.append)
    QTest.keyClick(window, Qt.Key.Key_Return, CTRL)
    assert said == ["Select a region to render it"]
    assert panel.rows == {}


def test_rows_move_stop_repeat_and_go(window: MainWindow, panel: QueuePanel, qtbot: QtBot) -> None:
    rendering = window.studio.rendering
    (first,) = rendering.render(select(window, 0), takes=30)
    (second,) = rendering.render(select(window, 1))
    (third,) = rendering.render(select(window, 2))
    qtbot.waitUntil(lambda: rendering.entries[0].state is State.RUNNING, timeout=30_000)
    assert panel.rows[first].title.text().startswith("Lead, 1.1.")
    assert panel.rows[first].prompt.text() == "warm flute, calm"
    QTest.mouseClick(panel.rows[third].earlier, LEFT)
    assert [entry.number for entry in rendering.entries] == [first, third, second]
    QTest.mouseClick(panel.rows[second].stop, LEFT)
    QTest.mouseClick(panel.rows[first].stop, LEFT)
    wait_for_the_end(window, qtbot)
    states = {entry.number: entry.state for entry in rendering.entries}
    assert states == {first: State.CANCELLED, second: State.CANCELLED, third: State.DONE}
    QTest.mouseClick(panel.rows[second].again, LEFT)
    wait_for_the_end(window, qtbot)
    assert len(window.studio.session.song.tracks[0].regions[1].takes) == 1
    QTest.mouseClick(panel.clear, LEFT)
    assert panel.rows == {}
    assert panel.empty.isVisible()


def test_a_row_of_a_sweep_says_what_it_sweeps_apart_from_where(
    window: MainWindow, panel: QueuePanel, qtbot: QtBot
) -> None:
    queue = window.studio.rendering
    (region_id,) = select(window, 0)
    queue.sweep(region_id, ("solo flute", "solo cello"), takes=1)
    (row,) = panel.rows.values()
    assert row.prompt.text() == "solo flute | solo cello"
    qtbot.waitUntil(lambda: row.prompt.x() - row.title.geometry().right() > 4)
    queue.cancel_all()


def test_the_ribbon_fills_while_its_region_is_rendered(window: MainWindow, qtbot: QtBot) -> None:
    (region_id,) = select(window, 0)
    shown: list[float] = []
    window.studio.rendering.progressed.connect(
        lambda: shown.append(window.timeline.arrangement.progress.get(region_id, -1.0))
    )
    QTest.keyClick(window, Qt.Key.Key_Return, CTRL | SHIFT)
    wait_for_the_end(window, qtbot)
    assert max(shown) > 0.5
    qtbot.waitUntil(lambda: window.timeline.arrangement.progress == {})


def test_the_transport_bar_counts_what_is_to_be_rendered_and_leads_to_the_queue(
    window: MainWindow, qtbot: QtBot
) -> None:
    light = window.transport.renders
    assert light.isHidden()
    window.studio.rendering.render(select(window, 0), takes=20)
    window.studio.rendering.render(select(window, 1))
    qtbot.waitUntil(lambda: "(2)" in light.text())
    assert "to go: 2" in light.toolTip()
    window.studio.transport.device_changed.emit("a sound device with a name as long as some have")
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: light.width() >= light.sizeHint().width())
    QTest.mouseClick(light, LEFT)
    assert window.shown_below == "queue"
    QTest.mouseClick(light, LEFT)
    assert window.shown_below == "queue"
    window.studio.rendering.cancel_all()
    wait_for_the_end(window, qtbot)
    qtbot.waitUntil(light.isHidden)


def test_like_jobs_go_side_by_side_when_that_is_chosen(
    window: MainWindow, panel: QueuePanel, qtbot: QtBot
) -> None:
    workshop, regions = window.studio.rendering.workshop, (1, 2)
    window.studio.rendering.render(select(window, 0))  # the list and its foot are there then
    wait_for_the_end(window, qtbot)
    assert workshop.together is None
    panel.together.setFocus()
    for _ in range(2):
        QTest.keyClick(panel.together, Qt.Key.Key_Down)
    assert workshop.together == 2
    assert chosen_together(window.studio.settings) == 2
    sizes, worker = list[int](), workshop.worker()
    render = worker.render_together

    def noted(pack: Path, chains: Chains, *more: Any, **options: Any) -> Together:
        sizes.append(len(chains))
        return render(pack, chains, *more, **options)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(worker, "render_together", noted)
        window.studio.rendering.render(select(window, *regions))
        wait_for_the_end(window, qtbot)
    assert sizes == [2]
    takes = [len(region.takes) for region in window.studio.session.song.tracks[0].regions]
    assert takes == [1, 1, 1]


def test_a_choice_of_jobs_side_by_side_is_kept_and_nonsense_is_none(studio: Studio) -> None:
    studio.settings.setValue(TOGETHER, 4)
    again = QueuePanel(studio)
    assert studio.rendering.workshop.together == 4
    assert again.together.currentText() == "Like jobs together: up to 4"
    again.deleteLater()
    for nonsense in ("many", -3, 1000, None):
        studio.settings.setValue(TOGETHER, nonsense)
        assert chosen_together(studio.settings) is None


def test_a_failed_job_says_why_where_it_stands(
    window: MainWindow, panel: QueuePanel, qtbot: QtBot
) -> None:
    session = window.studio.session
    session.edit("Pack", lambda s: replace(s, settings=replace(s.settings, pack_id="gone")))
    (number,) = window.studio.rendering.render(select(window, 0))
    wait_for_the_end(window, qtbot)
    failed = "there is no pack 'gone'"
    qtbot.waitUntil(lambda: panel.rows[number].why.text().startswith(failed))
    assert panel.rows[number].state.text() == "failed; what may help stands below"
