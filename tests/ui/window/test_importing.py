"""A long file that is dropped on the window: it is read beside it, with progress and cancel."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile  # type: ignore[import-untyped]
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.shared.studio import Studio
from ui.window import MainWindow


@pytest.fixture
def window(studio: Studio, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(studio)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.files.end()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    rng = np.random.default_rng(0)
    soundfile.write(tmp_path / "long.wav", rng.uniform(-0.5, 0.5, (44100 * 60, 2)), 44100)
    return tmp_path / "long.wav"


def drop(window: MainWindow, file: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDropEvent(
        QPointF(400, 100),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.timeline.dropEvent(event)


def test_a_dropped_file_shows_its_progress_and_becomes_the_chosen_track(
    window: MainWindow, studio: Studio, file: Path, qtbot: QtBot
) -> None:
    button = window.status.importing
    assert not button.isVisible()
    drop(window, file)
    assert button.isVisible()
    assert button.text() == "Importing long.wav: 0 %"
    shown = {button.text()}
    studio.bringing.changed.connect(lambda: shown.add(button.text()))
    qtbot.waitUntil(lambda: not button.isVisible(), timeout=30_000)
    assert len(shown) > 5
    track = studio.session.song.tracks[-1]
    assert (track.name, studio.session.selection.track_id) == ("long", track.id)


@pytest.mark.parametrize("by", ["mouse", "key", "palette"])
def test_it_can_be_cancelled(
    window: MainWindow, studio: Studio, file: Path, qtbot: QtBot, by: str
) -> None:
    before = studio.session.song
    drop(window, file)
    button = window.status.importing
    if by == "mouse":
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    elif by == "key":
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Return)
    else:
        studio.actions["file.cancel_import"].trigger()
    qtbot.waitUntil(lambda: not button.isVisible(), timeout=10_000)
    assert studio.session.song is before
    assert not studio.actions["file.cancel_import"].isEnabled()
    assert not [*studio.session.takes.folder.iterdir()]


def test_a_window_that_is_left_reads_no_further(
    window: MainWindow, studio: Studio, file: Path
) -> None:
    drop(window, file)
    window.files.end()
    assert not [*studio.session.takes.folder.iterdir()]
