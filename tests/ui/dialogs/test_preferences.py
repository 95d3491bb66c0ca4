"""The preferences, by keys and mouse."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from desktop.engine.messages import AudioSettings, Device
from desktop.midi.live_ports import PortState
from desktop.session.melody import chosen_input, input_offset_ms
from tests.desktop.session.test_playback import FakeEngine
from ui.dialogs.appearance_page import chosen_text
from ui.dialogs.audio_choice import chosen_audio, keep_audio
from ui.dialogs.preferences import PreferencesDialog
from ui.window import MainWindow

DEVICES = (Device("Speakers", 2, 48000, True), Device("Interface", 8, 96000, False))


@pytest.fixture
def engine(window: MainWindow) -> FakeEngine:
    made = FakeEngine()
    window.studio.transport.attach(made)
    return made


@pytest.fixture
def dialog(window: MainWindow, engine: FakeEngine) -> PreferencesDialog:
    assert not engine.asked
    return opened(window)


@pytest.fixture
def settings(window: MainWindow) -> QSettings:
    return window.studio.settings


def opened(window: MainWindow) -> PreferencesDialog:
    QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    made = window.dialogs.made(PreferencesDialog)
    assert made.isVisible()
    assert not made.isModal()
    return made


def choose(box: QComboBox, matches: Callable[[str], bool]) -> None:
    """Choose, by the arrow keys, the first line that matches."""
    row = next(row for row in range(box.count()) if matches(box.itemText(row)))
    while box.currentIndex() != row:
        key = Qt.Key.Key_Down if box.currentIndex() < row else Qt.Key.Key_Up
        QTest.keyClick(box, key)


def lines(box: QComboBox) -> list[str]:
    return [box.itemText(row) for row in range(box.count())]


def test_the_devices_there_are_are_offered(dialog: PreferencesDialog, window: MainWindow) -> None:
    window.studio.transport.report_devices(DEVICES)
    assert lines(dialog.audio.device) == ["the system's (Speakers)", "Speakers", "Interface"]


def test_a_choice_is_used_at_once_and_kept(
    dialog: PreferencesDialog, window: MainWindow, engine: FakeEngine, settings: QSettings
) -> None:
    window.studio.transport.report_devices(DEVICES)
    choose(dialog.audio.device, "Interface".__eq__)
    choose(dialog.audio.rate, "96 kHz".__eq__)
    choose(dialog.audio.block, lambda text: text.startswith("1024"))
    assert dialog.audio.block.currentText() == "1024 frames (10.7 ms)"
    dialog.audio.latency.setFocus()
    dialog.audio.latency.selectAll()
    QTest.keyClicks(dialog.audio.latency, "40")
    QTest.keyClick(dialog.audio.latency, Qt.Key.Key_Return)
    wanted = AudioSettings("Interface", 96_000, 1024, 0.04)
    assert engine.asked[-1] == ("settings", wanted)
    assert chosen_audio(settings) == wanted
    assert dialog.isVisible()


def test_what_the_device_gave_is_shown(dialog: PreferencesDialog, window: MainWindow) -> None:
    window.studio.transport.report_device("Interface, 96 kHz, 43 ms")
    assert dialog.audio.given.text() == "Interface, 96 kHz, 43 ms"


def test_a_device_that_is_not_there_stays_chosen(
    window: MainWindow, settings: QSettings, engine: FakeEngine
) -> None:
    keep_audio(settings, AudioSettings("Interface"))
    dialog = opened(window)
    window.studio.transport.report_devices(DEVICES[:1])
    assert dialog.audio.device.currentText() == "Interface (not connected)"
    assert not engine.asked


def test_an_input_and_its_offset_are_chosen_by_keys_and_kept(
    dialog: PreferencesDialog, window: MainWindow, engine: FakeEngine, settings: QSettings
) -> None:
    microphone = Device("Microphone", 1, 48000, True)
    window.studio.transport.report_devices(DEVICES, (microphone, DEVICES[1]))
    assert lines(dialog.audio.input) == ["the system's (Microphone)", "Microphone", "Interface"]
    choose(dialog.audio.input, "Interface".__eq__)
    assert chosen_input(settings) == "Interface"
    choose(dialog.audio.input, lambda text: text.startswith("the system's"))
    assert chosen_input(settings) is None
    dialog.audio.offset.setFocus()
    dialog.audio.offset.selectAll()
    QTest.keyClicks(dialog.audio.offset, "12.5")
    QTest.keyClick(dialog.audio.offset, Qt.Key.Key_Return)
    assert input_offset_ms(settings) == 12.5
    assert not engine.asked  # what plays goes on


@pytest.mark.parametrize(
    ("key", "value"), [("audio/latency_s", "9"), ("audio/block_frames", "many")]
)
def test_settings_that_cannot_be_are_the_default(settings: QSettings, key: str, value: str) -> None:
    settings.setValue(key, value)
    assert chosen_audio(settings) == AudioSettings()


def test_theme_and_text_show_at_once_and_are_kept(
    dialog: PreferencesDialog, window: MainWindow, settings: QSettings
) -> None:
    for _ in range(2):
        QTest.keyClick(dialog.pages, Qt.Key.Key_Down)
    assert dialog.appearance.isVisible()
    choose(dialog.appearance.theme, "Light".__eq__)
    choose(dialog.appearance.text, "125 %".__eq__)
    look = window.studio.look
    assert (look.name, look.text_percent) == ("light", 125)
    assert (settings.value("theme"), chosen_text(settings)) == ("light", 125)
    window.studio.actions["theme.dark"].trigger()
    assert dialog.appearance.theme.currentText() == "Dark"


def test_midi_ports_are_listened_to_or_not(dialog: PreferencesDialog, window: MainWindow) -> None:
    midi = window.studio.midi
    assert not dialog.midi.none.isHidden()
    midi._show_ports((PortState("Keys"), PortState("Pads", "it is in use")))
    assert dialog.midi.none.isHidden()
    ports = dialog.midi.ports
    assert [ports.item(row).text() for row in range(2)] == [
        "Keys",
        "Pads cannot be opened: it is in use",
    ]
    dialog.pages.setCurrentRow(1)
    ports.setCurrentRow(0)
    QTest.keyClick(ports, Qt.Key.Key_Space)
    assert [port.enabled for port in midi.ports] == [False, True]
    QTest.keyClick(ports, Qt.Key.Key_Space)
    assert [port.enabled for port in midi.ports] == [True, True]


def test_a_port_shines_while_it_is_played(
    dialog: PreferencesDialog, window: MainWindow, qtbot: QtBot
) -> None:
    midi, look = window.studio.midi, window.studio.look
    midi._show_ports((PortState("Keys"),))
    midi.played.emit("Keys")
    keys = dialog.midi.ports.item(0)
    assert keys.foreground().color() == look.colour("good")
    qtbot.waitUntil(lambda: keys.foreground().color() == look.colour("text"))


def test_late_midi_is_put_right(dialog: PreferencesDialog, window: MainWindow) -> None:
    dialog.pages.setCurrentRow(1)
    dialog.midi.latency.setFocus()
    dialog.midi.latency.selectAll()
    QTest.keyClicks(dialog.midi.latency, "7.5")
    QTest.keyClick(dialog.midi.latency, Qt.Key.Key_Return)
    assert window.studio.midi.latency_ms == 7.5
    assert dialog.midi.latency.text() == "7.5 ms"


def test_the_language_is_kept(dialog: PreferencesDialog, settings: QSettings) -> None:
    choose(dialog.language.language, "简体中文".__eq__)
    assert settings.value("language") == "zh_CN"
    choose(dialog.language.language, "the system's".__eq__)
    assert settings.value("language") == ""


def test_saving_says_where_the_song_lies(dialog: PreferencesDialog, window: MainWindow) -> None:
    assert dialog.saving.song.text() == str(window.studio.session.folder)


def test_escape_closes(dialog: PreferencesDialog) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
