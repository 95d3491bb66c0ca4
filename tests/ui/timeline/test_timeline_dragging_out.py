"""Clips and regions dragged out of the window as files."""

from pathlib import Path

import mido  # type: ignore[import-untyped]
import pytest
from PySide6.QtCore import QMimeData, QPoint
from PySide6.QtGui import QDrag

from desktop.document.time import PPQ
from tests.ui.timeline.pointer import Pointer

FAR = QPoint(-4000, -4000)


@pytest.fixture
def carried(monkeypatch: pytest.MonkeyPatch) -> list[QMimeData]:
    """Record what is given to the system to be dropped; nobody is there to drop it."""
    found: list[QMimeData] = []
    monkeypatch.setattr(QDrag, "exec", lambda drag, *_: found.append(drag.mimeData()))
    return found


def files(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls()]


def test_a_clip_dragged_out_of_the_window_is_a_midi_file_and_stays_where_it_was(
    hand: Pointer, carried: list[QMimeData]
) -> None:
    before = hand.song
    hand.drag(hand.at(PPQ), hand.at(2 * PPQ), hand.at(3 * PPQ), FAR)
    (file,) = files(carried[0])
    pitches = [m.note for m in mido.MidiFile(file) if m.type == "note_on" and m.velocity]
    assert pitches == [60, 64, 67, 72]
    assert hand.song is before


def test_a_region_without_a_take_says_why_it_cannot_leave(
    hand: Pointer, carried: list[QMimeData]
) -> None:
    failed: list[str] = []
    hand.arrangement.session.failed.connect(failed.append)
    start = hand.at(PPQ, depth=0.8)
    hand.drag(start, hand.at(2 * PPQ, depth=0.8), FAR)
    assert carried == []
    assert "plays no take; render it first" in failed[0]


def test_a_rubber_band_that_leaves_the_window_carries_nothing(
    hand: Pointer, carried: list[QMimeData]
) -> None:
    hand.drag(hand.at(20 * PPQ), hand.at(22 * PPQ), FAR)
    assert carried == []
