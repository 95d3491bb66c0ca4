"""The window with the tiny pack as the only one, and the queue in it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.document.song import Song
from tests.tiny_pack import make_tiny_pack, tiny_pack
from ui.queue.panel import QueuePanel
from ui.shared.studio import Studio
from ui.window import MainWindow

__all__ = ["make_tiny_pack", "tiny_pack"]


def for_tiny_pack(song: Song) -> Song:
    """Return `song` as the tiny pack is to render it."""
    gate = replace(song.settings.quality_gate, on_failure="keep")
    return replace(song, settings=replace(song.settings, pack_id="tiny", quality_gate=gate))


@pytest.fixture
def pack(tiny_pack: Path) -> Path:
    """Return the folder of the pack that is installed; tests may have another."""
    return tiny_pack


@pytest.fixture
def window(
    studio: Studio, qtbot: QtBot, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    monkeypatch.setattr("desktop.rendering.packs.user_folder", lambda: pack.parent)
    studio.session.edit("Pack", for_tiny_pack)
    made = MainWindow(studio)
    made.resize(1280, 900)
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def panel(window: MainWindow) -> QueuePanel:
    QTest.keyClick(window, Qt.Key.Key_J)
    assert window.queue.isVisible()
    return window.queue
