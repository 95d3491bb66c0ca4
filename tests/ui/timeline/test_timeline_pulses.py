"""The ribbon of a region pulses once when its take has come, and then rests."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QEventLoop, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication, QStyle
from pytestqt.qtbot import QtBot

from desktop.document.song import Region, Take
from desktop.document.time import PPQ
from tests.ui.timeline.pointer import Pointer
from ui.timeline.region_painting import place_of, ribbon_of

HALF = 300  # ms, in the middle of a pulse


class Paints(QObject):
    """Remembers what of a widget was drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.regions: list[QRegion] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QPaintEvent):
            self.regions.append(event.region())
        return super().eventFilter(watched, event)


@pytest.fixture
def paints(hand: Pointer) -> Iterator[Paints]:
    made = Paints()
    hand.lanes.installEventFilter(made)
    yield made
    hand.lanes.removeEventFilter(made)


def region(hand: Pointer) -> Region:
    return hand.track().regions[0]


def ribbon(hand: Pointer) -> QRect:
    row = hand.arrangement.rows.rows[0]
    return ribbon_of(place_of(hand.arrangement, row, hand.track(), region(hand))).toAlignedRect()


def render(hand: Pointer, name: str = "t", *, plays: bool = True) -> None:
    """Let a take come as a finished render brings it."""
    region_id, sha256 = region(hand).id, "0" * 64
    take = Take(name, sha256, "flac", 9, 44100, "2026-01-01T00:00:00Z", "{}")
    play = frozenset({region_id}) if plays else frozenset[int]()
    hand.arrangement.session.keep_takes([(region_id, take)], play)
    QApplication.processEvents()
    hand.arrangement.studio.rendering.take_made.emit(region_id, take)


def colour(hand: Pointer) -> QColor:
    """Return the colour of the ribbon where nothing is written on it."""
    at = ribbon(hand).bottomLeft() + QPoint(2, -1)
    return hand.lanes.grab(QRect(at, at)).toImage().pixelColor(0, 0)


def running(hand: Pointer) -> set[int]:
    return set(hand.lanes.pulses.running)


def test_a_first_take_lets_the_ribbon_pulse_once_and_nothing_is_drawn_afterwards(
    hand: Pointer, paints: Paints, qtbot: QtBot
) -> None:
    render(hand)
    before = colour(hand)
    paints.regions.clear()
    (animation,) = hand.lanes.pulses.running.values()
    animation.setCurrentTime(HALF)
    assert colour(hand) != before
    with qtbot.waitSignal(animation.finished):
        animation.setCurrentTime(590)
    assert running(hand) == set()
    assert colour(hand) == before
    qtbot.waitUntil(lambda: not hand.lanes.pulses.findChildren(QObject))
    QApplication.processEvents()
    assert paints.regions
    paints.regions.clear()
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    assert paints.regions == []


def test_only_the_ribbon_is_drawn_anew(hand: Pointer, paints: Paints, qtbot: QtBot) -> None:
    render(hand)
    (take,) = region(hand).takes
    qtbot.waitUntil(lambda: hand.arrangement.peaks.is_missing(take))
    QApplication.processEvents()
    paints.regions.clear()
    (animation,) = hand.lanes.pulses.running.values()
    qtbot.waitUntil(lambda: len(paints.regions) > 2)
    animation.stop()
    for drawn in paints.regions:
        assert ribbon(hand).adjusted(-1, -1, 1, 1).contains(drawn.boundingRect())


def test_a_take_that_is_heard_at_once_needs_no_pulse(hand: Pointer) -> None:
    transport = hand.arrangement.transport
    transport.report_playing(True)
    transport.report_position(region(hand).start + PPQ)
    render(hand)
    assert running(hand) == set()
    transport.report_position(region(hand).end + PPQ)
    render(hand, "u")
    assert running(hand) == {region(hand).id}


def test_takes_that_wait_to_be_chosen_do_not_pulse(hand: Pointer) -> None:
    render(hand, plays=False)
    assert running(hand) == set()


def test_a_ribbon_out_of_view_does_not_pulse(hand: Pointer) -> None:
    hand.arrangement.scale.scroll_to(1000 * PPQ)
    render(hand)
    assert running(hand) == set()


def test_a_region_that_goes_while_it_pulses_takes_its_pulse_along(
    hand: Pointer, qtbot: QtBot
) -> None:
    render(hand)
    (animation,) = hand.lanes.pulses.running.values()
    hand.click(hand.at(PPQ, depth=0.8))
    hand.key(Qt.Key.Key_Delete)
    assert hand.track().regions == ()
    with qtbot.waitSignal(animation.finished):
        animation.setCurrentTime(590)
    assert running(hand) == set()


def test_a_second_take_while_it_pulses_lets_it_begin_anew(hand: Pointer) -> None:
    render(hand)
    (animation,) = hand.lanes.pulses.running.values()
    animation.setCurrentTime(HALF)
    render(hand, "u")
    (again,) = hand.lanes.pulses.running.values()
    assert again.currentTime() < HALF


class Calm:
    """The style of a system that asks for no motion."""

    @staticmethod
    def styleHint(hint: QStyle.StyleHint, *_rest: object) -> int:  # noqa: N802
        assert hint == QStyle.StyleHint.SH_Widget_Animation_Duration
        return 0


def test_nothing_pulses_where_the_system_asks_for_less_motion(
    hand: Pointer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hand.lanes, "style", Calm)
    render(hand)
    assert running(hand) == set()
