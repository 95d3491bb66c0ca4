"""Variations and sweeps, asked for by dialog and key, rendered by the tiny pack."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.document.comping import played_spans, swipe_take
from desktop.document.edits import add_region, resize_region
from desktop.document.song import Region, Take
from desktop.document.time import PPQ, Tick
from desktop.rendering.jobs import Extend, Repaint, Retake, Rework
from desktop.rendering.recipe import read_recipe
from tests.tiny_pack import tiny_pack
from ui.dialogs.sweep import SweepDialog
from ui.dialogs.variations import VariationsDialog
from ui.shared.controls import NumberField
from ui.window import MainWindow

__all__ = ["tiny_pack"]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def playing(
    window: MainWindow, tiny_pack: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> Take:
    """Return the take that the selected region plays."""
    monkeypatch.setattr("desktop.rendering.packs.user_folder", lambda: tiny_pack.parent)
    session = window.studio.session
    gate = replace(session.song.settings.quality_gate, on_failure="keep")
    settings = replace(session.song.settings, pack_id="tiny", quality_gate=gate)
    session.edit("Pack", lambda song: replace(song, settings=settings))
    session.select(replace(session.selection, parts=frozenset({region(window).id})))
    window.studio.actions["region.render"].trigger()
    wait_for_the_end(window, qtbot)
    take = region(window).playing
    assert take is not None
    return take


def region(window: MainWindow) -> Region:
    return window.studio.session.song.tracks[0].regions[0]


def wait_for_the_end(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.studio.rendering.live, timeout=30_000)
    assert [e.error for e in window.studio.rendering.entries if e.error] == []


def type_in(field: NumberField, text: str) -> None:
    QTest.mouseClick(field, LEFT)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_a_retake_and_a_rework_begin_from_the_take_that_plays(
    window: MainWindow, playing: Take, qtbot: QtBot
) -> None:
    window.studio.actions["region.variations"].trigger()
    dialog = window.dialogs.made(VariationsDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    assert dialog.of.text() == "warm flute, calm"
    type_in(dialog.variance, "0")
    QTest.mouseClick(dialog.retake, LEFT)
    wait_for_the_end(window, qtbot)
    assert region(window).takes[1].sha256 == playing.sha256
    type_in(dialog.strength, "40")
    type_in(dialog.takes, "2")
    QTest.mouseClick(dialog.rework, LEFT)
    wait_for_the_end(window, qtbot)
    jobs = [entry.job for entry in window.studio.rendering.entries]
    assert jobs[1].variation == Retake(playing.id, 0.0)
    assert jobs[2].variation == Rework(region(window).takes[1].id, 0.4)
    assert len(region(window).takes) == 4


def test_without_a_take_the_dialog_says_what_is_missing(window: MainWindow) -> None:
    window.studio.actions["region.variations"].trigger()
    dialog = window.dialogs.made(VariationsDialog)
    assert dialog.of.text() == "Select a region that plays a take."
    assert not dialog.retake.isEnabled()


def test_the_loop_range_is_repainted(window: MainWindow, playing: Take, qtbot: QtBot) -> None:
    said: list[str] = []
    window.studio.session.said.connect(said.append)
    window.studio.actions["region.repaint"].trigger()
    assert said == ["Set the loop range over what is to be made anew"]
    window.studio.transport.set_loop((Tick(PPQ), Tick(2 * PPQ)), on=False)
    window.studio.actions["region.repaint"].trigger()
    wait_for_the_end(window, qtbot)
    job = window.studio.rendering.entries[-1].job
    assert job.variation == Repaint(playing.id, Tick(PPQ), Tick(2 * PPQ))


@pytest.mark.usefixtures("playing")
def test_all_is_rendered_unless_a_loop_is_on_and_then_it_is_said(
    window: MainWindow, qtbot: QtBot
) -> None:
    after = Tick(region(window).end)
    add = partial(add_region, track_id=1, start=after, end=Tick(after + PPQ), prompt="oboe")
    window.studio.session.edit("Add", add)
    said: list[str] = []
    window.studio.session.said.connect(said.append)
    for on, count in ((False, 2), (True, 1)):
        window.studio.transport.set_loop((Tick(0), Tick(PPQ)), on=on)
        before = len(window.studio.rendering.entries)
        window.studio.actions["region.render_stems"].trigger()
        wait_for_the_end(window, qtbot)
        jobs = [entry.job for entry in window.studio.rendering.entries[before:]]
        assert sum(len(job.region_ids) for job in jobs) == count
    assert said == ["Rendering the loop range: 1 of 2 regions; L turns the loop off"]


def test_a_comp_plays_what_was_repainted_where_it_was(
    window: MainWindow, playing: Take, qtbot: QtBot
) -> None:
    window.studio.actions["region.another_take"].trigger()
    wait_for_the_end(window, qtbot)
    other = region(window).takes[1]
    swipe = partial(swipe_take, region_id=region(window).id, start=Tick(0), end=Tick(4 * PPQ))
    window.studio.session.edit("Comp", partial(swipe, take_id=playing.id))
    window.studio.transport.set_loop((Tick(PPQ), Tick(2 * PPQ)), on=False)
    window.studio.actions["region.repaint"].trigger()
    wait_for_the_end(window, qtbot)
    painted = region(window).takes[2]
    job = window.studio.rendering.entries[-1].job
    assert job.variation == Repaint(playing.id, Tick(PPQ), Tick(2 * PPQ))
    starts = [(span.start, span.take) for span in played_spans(region(window))]
    assert starts == [(0, playing), (PPQ, painted), (2 * PPQ, playing), (4 * PPQ, other)]
    window.studio.session.undo()
    assert [span.take for span in played_spans(region(window))] == [playing, other]


def test_a_take_is_extended_to_its_region(window: MainWindow, playing: Take, qtbot: QtBot) -> None:
    wide = (Tick(0), Tick(region(window).end + 4 * PPQ))
    window.studio.session.edit("Resize", lambda song: resize_region(song, region(window).id, *wide))
    window.studio.actions["region.extend"].trigger()
    wait_for_the_end(window, qtbot)
    assert window.studio.rendering.entries[-1].job.variation == Extend(playing.id)
    assert region(window).takes[1].frames > playing.frames


def test_a_sweep_renders_a_prompt_a_line(window: MainWindow, playing: Take, qtbot: QtBot) -> None:
    window.studio.actions["region.sweep"].trigger()
    dialog = window.dialogs.made(SweepDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    assert dialog.prompts.toPlainText() == "warm flute, calm"
    dialog.prompts.setFocus()
    dialog.prompts.selectAll()
    QTest.keyClicks(dialog.prompts, "calm")
    QTest.keyClick(dialog.prompts, Qt.Key.Key_Return)
    QTest.keyClicks(dialog.prompts, "loud")
    type_in(dialog.seeds, "3")
    assert dialog.start.text() == "Render 6 takes"
    QTest.mouseClick(dialog.start, LEFT)
    wait_for_the_end(window, qtbot)
    prompts = [read_recipe(t.recipe).requests[0]["prompt"] for t in region(window).takes[1:]]
    assert prompts == ["calm"] * 3 + ["loud"] * 3
    assert region(window).takes[0] == playing
