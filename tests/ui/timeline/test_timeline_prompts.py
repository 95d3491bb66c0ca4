"""Prompts dropped on regions."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from desktop.document.time import PPQ
from tests.ui.timeline.pointer import Pointer
from ui.shared.prompt_data import MIME, prompt_data

REGIONS = 0.8  # how deep in a row of clips and regions the regions lie
COPY, LEFT = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
KEYS = Qt.KeyboardModifier.NoModifier


def drop(hand: Pointer, data: QMimeData, at: QPoint) -> bool:
    """Drag `data` to a point of the lanes and let go if that is welcome; return whether it was."""
    point = hand.lanes.mapTo(hand.panel, at)
    enter = QDragEnterEvent(point, COPY, data, LEFT, KEYS)
    QApplication.sendEvent(hand.panel, enter)
    move = QDragMoveEvent(point, COPY, data, LEFT, KEYS)
    QApplication.sendEvent(hand.panel, move)
    if enter.isAccepted() and move.isAccepted():
        QApplication.sendEvent(hand.panel, QDropEvent(point, COPY, data, LEFT, KEYS))
        return True
    return False


def test_a_region_takes_the_prompt_in_one_step_and_is_selected(hand: Pointer) -> None:
    library = hand.arrangement.studio.prompts.library
    library.add("cold brass")
    before = hand.song
    assert drop(hand, prompt_data("cold brass"), hand.at(PPQ, depth=REGIONS))
    (region,) = hand.track().regions
    assert region.prompt == "cold brass"
    assert hand.arrangement.selection.parts == {region.id}
    prompt = library.find("cold brass")
    assert prompt is not None
    assert prompt.uses == 1
    hand.arrangement.session.undo()
    assert hand.song is before


@pytest.mark.parametrize("spot", ["clip", "nothing", "other track"])
def test_elsewhere_a_prompt_is_not_welcome(hand: Pointer, spot: str) -> None:
    places = {
        "clip": hand.at(PPQ),
        "nothing": hand.at(20 * PPQ, depth=REGIONS),
        "other track": hand.at(PPQ, row=1),
    }
    before = hand.song
    assert not drop(hand, prompt_data("cold brass"), places[spot])
    assert hand.song is before


def test_plain_text_is_no_prompt(hand: Pointer) -> None:
    data = QMimeData()
    data.setText("cold brass")
    assert not drop(hand, data, hand.at(PPQ, depth=REGIONS))


def test_a_prompt_of_damaged_letters_is_dropped_as_far_as_it_can_be_read(hand: Pointer) -> None:
    data = QMimeData()
    data.setData(MIME, b"calm \xff")
    assert drop(hand, data, hand.at(PPQ, depth=REGIONS))
    assert hand.track().regions[0].prompt == "calm \ufffd"
