"""The analysis of what is selected: a tone of known level in a region, silence, nothing."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.document.edits import add_region, add_take, choose_take, set_tempo
from desktop.document.song import Song, Take
from desktop.document.time import Tick
from desktop.mixing.spectrum import bands_hz
from desktop.session.selection import Selection
from inference.arrays import Audio
from tests.ui.conftest import BAR
from ui.analysis.page import Page
from ui.analysis.panel import AnalysisPanel
from ui.shared.studio import Studio

LEFT = Qt.MouseButton.LeftButton
RATE = 44100


def sine(hz: float, dbfs: float, seconds: float) -> Audio:
    frames = np.arange(round(seconds * RATE))
    one = 10 ** (dbfs / 20) * np.sin(2 * np.pi * hz / RATE * frames)
    return np.stack([one, one]).astype(np.float32)


def take(studio: Studio, audio: Audio) -> Take:
    pooled = studio.session.takes.add(audio, RATE)
    return Take(pooled.sha256[:8], pooled.sha256, pooled.format, pooled.frames, RATE, "2030-01-01")


def play(studio: Studio, region_id: int, audio: Audio) -> None:
    """Let a region play `audio`."""
    made = take(studio, audio)

    def played(song: Song) -> Song:
        return choose_take(add_take(song, region_id, made), region_id, made.id)

    assert studio.session.edit("Render", played)


@pytest.fixture
def regions(studio: Studio) -> tuple[int, int, int]:
    """Return a region of 1 kHz at -23 dBFS, one of silence, and one without a take; 4 s each."""
    lead, bass = studio.session.song.tracks
    first = lead.regions[0].id

    def more(song: Song) -> Song:
        song = add_region(song, bass.id, Tick(0), Tick(2 * BAR))
        return add_region(song, bass.id, Tick(2 * BAR), Tick(4 * BAR))

    studio.session.edit("Add regions", more)
    second, third = (region.id for region in studio.session.song.tracks[1].regions)
    play(studio, first, sine(1000, -23, 4))
    play(studio, second, np.zeros((2, 4 * RATE), np.float32))
    return first, second, third


@pytest.fixture
def panel(studio: Studio, regions: tuple[int, int, int], qtbot: QtBot) -> Iterator[AnalysisPanel]:
    assert regions
    made = AnalysisPanel(studio)
    made.resize(1200, 300)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.deleteLater()  # and with it its thread
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def choose(panel: AnalysisPanel, studio: Studio, qtbot: QtBot, region_id: int) -> None:
    """Select a region and wait for its figures."""
    with qtbot.waitSignal(panel.measuring.measured):
        studio.session.select(Selection(parts=frozenset({region_id})))


def page(panel: AnalysisPanel) -> Page:
    assert panel.plots is not None
    return panel.plots


def values(panel: AnalysisPanel) -> list[str]:
    return [label.text() for label in panel.figures.values.values()]


def test_a_selected_region_is_measured(
    panel: AnalysisPanel, studio: Studio, qtbot: QtBot, regions: tuple[int, int, int]
) -> None:
    choose(panel, studio, qtbot, regions[0])
    assert panel.name.text() == "Lead: warm flute, calm"
    assert panel.span.text() == "0:00.000 – 0:04.000"
    short_term_momentary = ["-23.0 LUFS"] * 2
    peaks = ["-23.0 dBTP", "-23.0 dBFS", "4.00 s"]
    assert values(panel) == ["-23.0 LUFS", "0.0 LU", *short_term_momentary, *peaks]


def test_the_curve_rises_where_the_tone_is(
    panel: AnalysisPanel, studio: Studio, qtbot: QtBot, regions: tuple[int, int, int]
) -> None:
    choose(panel, studio, qtbot, regions[0])
    x, levels = page(panel).spectrum.average.getData()
    assert 10 ** x[levels.argmax()] == pytest.approx(1000, rel=0.01)
    assert levels.max() == pytest.approx(-23, abs=0.5)
    strongest = page(panel).spectrogram.image.image.argmax(axis=1)
    assert bands_hz()[strongest] == pytest.approx(1000, rel=0.01)
    seconds, momentary = page(panel).loudness.momentary.getData()
    assert (seconds[0], seconds[-1]) == pytest.approx((0.4, 4.0))
    assert momentary == pytest.approx(-23, abs=0.1)


def test_silence_is_called_so(
    panel: AnalysisPanel, studio: Studio, qtbot: QtBot, regions: tuple[int, int, int]
) -> None:
    choose(panel, studio, qtbot, regions[1])
    assert panel.span.text() == "0:00.000 – 0:04.000, silent"
    assert set(values(panel)) == {"-inf LUFS", "-inf dBTP", "-inf dBFS", "4.00 s"}


def test_a_region_without_a_take_says_what_to_do(
    panel: AnalysisPanel, studio: Studio, qtbot: QtBot, regions: tuple[int, int, int]
) -> None:
    choose(panel, studio, qtbot, regions[0])
    studio.session.select(Selection(parts=frozenset({regions[2]})))
    qtbot.waitUntil(panel.empty.isVisible)
    assert "Ctrl+Enter" in panel.empty.text()
    assert panel.figures.text == ""


def test_return_and_clicks_choose_between_selection_and_mix(
    panel: AnalysisPanel, studio: Studio, qtbot: QtBot, regions: tuple[int, int, int]
) -> None:
    choose(panel, studio, qtbot, regions[1])
    with qtbot.waitSignal(panel.measuring.measured):
        QTest.mouseClick(panel.scopes["mix"], LEFT)
    assert panel.name.text() == "Mix"
    assert "-23.0 dBFS" in values(panel)
    with qtbot.waitSignal(panel.measuring.measured):
        QTest.keyClick(panel.scopes["selection"], Qt.Key.Key_Return)
    assert values(panel)[0] == "-inf LUFS"


def test_the_mix_is_measured_within_the_loop(
    panel: AnalysisPanel, studio: Studio, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(panel.measuring.measured):
        studio.transport.set_loop((Tick(0), Tick(BAR)), True)
    assert panel.name.text() == "Mix within the loop"
    assert values(panel)[-1] == "2.00 s"
    assert "under 3 s" in values(panel)


def test_what_sounds_the_same_is_not_measured_again(
    panel: AnalysisPanel, studio: Studio, qtbot: QtBot, regions: tuple[int, int, int]
) -> None:
    choose(panel, studio, qtbot, regions[0])
    choose(panel, studio, qtbot, regions[1])
    counted = list[float]()
    panel.measuring.progressed.connect(counted.append)
    choose(panel, studio, qtbot, regions[0])
    assert not counted
    with qtbot.waitSignal(panel.measuring.measured):
        studio.session.edit("Tempo", lambda song: set_tempo(song, Tick(0), 60.0))
    assert counted
    assert values(panel)[-1] == "8.00 s"


def test_nothing_is_measured_while_it_is_hidden(
    panel: AnalysisPanel, studio: Studio, qtbot: QtBot, regions: tuple[int, int, int]
) -> None:
    choose(panel, studio, qtbot, regions[0])
    panel.hide()
    with qtbot.assertNotEmitted(panel.measuring.measured):
        studio.session.select(Selection(parts=frozenset({regions[1]})))
        panel.measure()
    with qtbot.waitSignal(panel.measuring.measured):
        panel.show()
    assert values(panel)[0] == "-inf LUFS"


def test_a_lost_take_says_why_and_what_to_do(
    panel: AnalysisPanel, studio: Studio, qtbot: QtBot, regions: tuple[int, int, int]
) -> None:
    lost = studio.session.song.tracks[0].regions[0].takes[0]
    studio.session.takes.path_of(lost.sha256, lost.format).unlink()
    with qtbot.waitSignal(panel.measuring.failed):
        studio.session.select(Selection(parts=frozenset({regions[0]})))
    assert panel.empty.isVisible()
    assert "render the region again" in panel.empty.text()


def test_the_figures_are_copied_by_key(
    panel: AnalysisPanel, studio: Studio, qtbot: QtBot, regions: tuple[int, int, int]
) -> None:
    choose(panel, studio, qtbot, regions[0])
    panel.activateWindow()
    panel.scopes["mix"].setFocus()
    QTest.keyClick(panel.scopes["mix"], Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[:2] == ["Lead: warm flute, calm", "Integrated\t-23.0 LUFS"]


def test_a_click_puts_the_playhead_there(
    panel: AnalysisPanel, studio: Studio, qtbot: QtBot, regions: tuple[int, int, int]
) -> None:
    choose(panel, studio, qtbot, regions[0])
    plot = page(panel).loudness
    box = plot.plotItem.vb.sceneBoundingRect()
    QTest.mouseClick(plot.viewport(), LEFT, pos=box.center().toPoint())
    assert studio.transport.tick == pytest.approx(BAR, abs=20)
    assert plot.playhead.value() == pytest.approx(2, abs=0.02)


def test_the_pointer_reads_frequency_pitch_and_level(
    panel: AnalysisPanel, studio: Studio, qtbot: QtBot, regions: tuple[int, int, int]
) -> None:
    choose(panel, studio, qtbot, regions[0])
    view = page(panel).spectrum.plotItem.vb
    place = view.mapViewToScene(QPointF(np.log10(440), -30))
    kind, no_button, no_key = QEvent.Type.MouseMove, Qt.MouseButton(0), Qt.KeyboardModifier(0)
    event = QMouseEvent(kind, place, place, no_button, no_button, no_key)
    QApplication.sendEvent(page(panel).spectrum.viewport(), event)
    hz, _unit, pitch, *_rest = panel.reading.text().split()
    assert float(hz) == pytest.approx(440, rel=0.01)
    assert pitch == "A4"


def test_plots_and_figures_take_the_colours_of_the_theme(
    panel: AnalysisPanel, studio: Studio, qtbot: QtBot, regions: tuple[int, int, int]
) -> None:
    choose(panel, studio, qtbot, regions[0])
    dark = panel.grab().toImage()
    studio.look.use("light")
    QApplication.processEvents()
    light = panel.grab().toImage()
    corner = page(panel).spectrum.plotItem.vb.sceneBoundingRect().topRight().toPoint()
    place = page(panel).spectrum.mapTo(panel, corner + QPoint(-4, 4))  # no sound is so high
    assert dark.pixelColor(place).lightness() < 60
    assert light.pixelColor(place).lightness() > 200


def test_loud_peaks_are_marked(panel: AnalysisPanel, studio: Studio, qtbot: QtBot) -> None:
    region_id = studio.session.song.tracks[0].regions[0].id
    loud = replace(studio.session.song.tracks[0], gain_db=24.0)
    tracks = (loud, *studio.session.song.tracks[1:])
    studio.session.edit("Gain", lambda song: replace(song, tracks=tracks))
    choose(panel, studio, qtbot, region_id)
    assert values(panel)[4] == "1.0 dBTP"
    assert studio.look.colour("error").name() in panel.figures.values["True peak"].styleSheet()
