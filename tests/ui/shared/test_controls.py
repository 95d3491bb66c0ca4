"""Number fields, faders and meters under mouse, wheel and keys."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.shared.controls import NumberField
from ui.shared.controls_fader import Fader
from ui.shared.controls_meter import Levels, Meter
from ui.shared.controls_number import GAIN
from ui.shared.theme import Look

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def field(qtbot: QtBot) -> NumberField:
    made = NumberField(GAIN, "Gain", "Gain")
    made.committed.connect(made.set_value)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def fader(qtbot: QtBot) -> Fader:
    made = Fader(Look(), "Gain")
    made.previewed.connect(made.set_value)
    made.committed.connect(made.set_value)
    qtbot.addWidget(made)
    made.resize(made.width(), 200)
    made.show()
    return made


def turn(widget: QWidget, notches: int, shift: bool = False) -> None:
    none = Qt.KeyboardModifier.NoModifier
    keys = Qt.KeyboardModifier.ShiftModifier if shift else none
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        QPointF(widget.mapToGlobal(middle.toPoint())),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def drag(widget: QWidget, up_px: int) -> None:
    start = widget.rect().center()
    QTest.mousePress(widget, LEFT, pos=start)
    QTest.mouseMove(widget, start - QPoint(0, up_px // 2))
    QTest.mouseMove(widget, start - QPoint(0, up_px))
    QTest.mouseRelease(widget, LEFT, pos=start - QPoint(0, up_px))


def test_a_number_is_typed(field: NumberField) -> None:
    QTest.mouseClick(field, LEFT)
    QTest.keyClicks(field, "-3.5")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.value == -3.5
    assert field.text() == "-3.5 dB"


def test_what_is_no_number_changes_nothing(field: NumberField) -> None:
    QTest.mouseClick(field, LEFT)
    QTest.keyClicks(field, "loud")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "0.0 dB"


@pytest.mark.parametrize(("shift", "gain_db"), [(False, 2.0), (True, 0.2)])
def test_turns_of_the_wheel_are_one_step(
    field: NumberField, qtbot: QtBot, shift: bool, gain_db: float
) -> None:
    committed: list[object] = []
    field.committed.connect(committed.append)
    with qtbot.waitSignal(field.committed):
        turn(field, 1, shift)
        turn(field, 1, shift)
    assert committed == [gain_db]


def test_a_drag_is_one_step(field: NumberField) -> None:
    committed: list[object] = []
    field.committed.connect(committed.append)
    drag(field, 12)
    assert committed == [3.0]


def test_escape_takes_a_drag_back(field: NumberField) -> None:
    cancelled: list[bool] = []
    field.cancelled.connect(lambda: cancelled.append(True))
    start = field.rect().center()
    QTest.mousePress(field, LEFT, pos=start)
    QTest.mouseMove(field, start - QPoint(0, 20))
    QTest.keyClick(field, Qt.Key.Key_Escape)
    QTest.mouseRelease(field, LEFT, pos=start)
    assert cancelled
    assert field.value == 0.0
    assert field.text() == "0.0 dB"


@pytest.mark.parametrize("name", ["field", "fader"])
def test_a_double_click_resets(name: str, request: pytest.FixtureRequest) -> None:
    control = request.getfixturevalue(name)
    control.set_value(-20.0)
    QTest.mouseDClick(control, LEFT)
    assert control.value == 0.0


def test_a_fader_follows_the_pointer(fader: Fader) -> None:
    drag(fader, -40)
    assert -20.0 < fader.value < -5.0


@pytest.mark.parametrize(
    "move", [lambda f: turn(f, -3), lambda f: QTest.keyClick(f, Qt.Key.Key_Down)]
)
def test_wheel_and_keys_lower_a_fader(
    fader: Fader, qtbot: QtBot, move: Callable[[Fader], None]
) -> None:
    with qtbot.waitSignal(fader.committed):
        move(fader)
    assert fader.value < 0.0


def test_a_peak_is_held_and_then_falls() -> None:
    levels = Levels()
    levels.take(0.5, 0.25, 10.0)
    levels.take(0.0, 0.0, 11.0)
    assert levels.held_db == pytest.approx(-6.02, abs=0.01)
    assert levels.peak_db == pytest.approx(-6.02 - 24, abs=0.01)
    levels.fall(13.0)
    assert levels.held_db < -6.02


def test_the_clip_light_stays_until_it_is_clicked(qtbot: QtBot) -> None:
    meter = Meter(Look(), "Meter", 12)
    qtbot.addWidget(meter)
    meter.take(1.1, 0.5)
    meter.take(0.0, 0.0)
    assert meter.levels.clipped
    QTest.mouseClick(meter, LEFT)
    assert not meter.levels.clipped
