"""The preferences of the sound, with an engine that plays into a null sink."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.engine.client import AudioEngine
from desktop.session.playback import Playback
from tests.audio_rig import null_sink
from ui.dialogs.audio_choice import chosen_audio
from ui.dialogs.preferences import PreferencesDialog
from ui.window import MainWindow

__all__ = ["null_sink"]  # a fixture
PATIENCE_MS = 20_000


@pytest.mark.usefixtures("null_sink")
def test_a_rate_is_used_by_the_running_engine_which_says_what_it_got(
    window: MainWindow, qtbot: QtBot
) -> None:
    studio = window.studio
    with AudioEngine() as engine:
        playback = Playback(studio.session, studio.transport, engine)
        engine.start(chosen_audio(studio.settings))
        studio.actions["preferences.open"].trigger()
        page = window.dialogs.made(PreferencesDialog).audio
        qtbot.waitUntil(lambda: "44.1 kHz" in page.given.text(), timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: page.device.count() > 1, timeout=PATIENCE_MS)
        page.rate.setCurrentText("48 kHz")
        qtbot.waitUntil(lambda: "48 kHz" in page.given.text(), timeout=PATIENCE_MS)
        page.device.setFocus()
        QTest.keyClick(page.device, Qt.Key.Key_Down)
        name = page.device.currentText()
        qtbot.waitUntil(lambda: page.given.text().startswith(name), timeout=PATIENCE_MS)
        playback.close()
