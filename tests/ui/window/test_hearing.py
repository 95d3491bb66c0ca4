"""Notes from a take, asked for in the window."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from desktop.document.song import Take
from ui.shared.studio import Studio
from ui.window import MainWindow

RATE_HZ = 22050


@pytest.fixture
def window(studio: Studio, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(studio)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.hearing.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_what_a_region_plays_becomes_notes_in_one_step(window: MainWindow, qtbot: QtBot) -> None:
    session = window.studio.session
    region = session.song.tracks[0].regions[0]
    time_s = np.arange(RATE_HZ) / RATE_HZ
    tone = 0.3 * np.sin(2 * np.pi * 440 * time_s) * np.exp(-3 * time_s)
    stored = session.takes.add(np.repeat(tone[None], 2, 0).astype(np.float32), RATE_HZ)
    take = Take("t", stored.sha256, stored.format, stored.frames, RATE_HZ, "2026-01-01T00:00:00")
    session.keep_takes([(region.id, take)])
    session.select(replace(session.selection, parts=frozenset({region.id})))
    before, said = session.song, list[str]()
    session.said.connect(said.append)
    window.studio.actions["region.hear_notes"].trigger()
    qtbot.waitUntil(lambda: session.song is not before, timeout=20_000)
    assert session.song.tracks[-1].name == "Lead, heard"
    assert [note.pitch for note in session.song.tracks[-1].clips[0].notes] == [69]
    assert said == ["Listening for notes ...", "Notes heard: 1"]
    session.undo()
    assert session.song is before


def test_without_a_take_it_says_what_to_select(window: MainWindow) -> None:
    said: list[str] = []
    session = window.studio.session
    session.said.connect(said.append)
    window.studio.actions["region.hear_notes"].trigger()
    parts = frozenset({session.song.tracks[0].regions[0].id})
    session.select(replace(session.selection, parts=parts))
    window.studio.actions["region.hear_notes"].trigger()
    assert said == ["Select a region that plays a take"] * 2
