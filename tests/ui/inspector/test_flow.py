"""Small widgets set in rows."""

from itertools import combinations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.inspector.flow import Flow

WORDS = ("piano", "electric piano", "strings", "a very long name of an instrument", "flute", "oboe")


@pytest.mark.parametrize("width", [60, 150, 258, 400, 2000])
def test_widgets_stand_in_order_and_none_over_another(width: int, qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = Flow(holder)
    buttons = [QPushButton(word) for word in WORDS]
    for button in buttons:
        flow.addWidget(button)
    height = flow.heightForWidth(width)
    flow.setGeometry(QRect(0, 0, width, height))
    places = [button.geometry() for button in buttons]
    assert [(p.top(), p.left()) for p in places] == sorted((p.top(), p.left()) for p in places)
    assert not any(one.intersects(other) for one, other in combinations(places, 2))
    assert all(p.left() >= 0 and p.right() < width and p.bottom() < height for p in places)
    assert height == max(p.bottom() for p in places) + 1


def test_widgets_are_taken_out_one_by_one(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = Flow(holder)
    button = QPushButton("piano")
    flow.addWidget(button)
    assert flow.itemAt(1) is None
    flow.removeWidget(button)
    assert (flow.count(), flow.takeAt(0), flow.heightForWidth(99)) == (0, None, 0)
