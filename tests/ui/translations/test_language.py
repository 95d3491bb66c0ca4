"""The window in another language, as the user sees and hears it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QWidget,
)

from tests.ui.translations.speaking import speaking
from ui.app import Program, run
from ui.shared.language import LANGUAGES, SETTING, chosen_language, language_of, speak
from ui.shared.places import place_text
from ui.shared.studio import Studio
from ui.window import MainWindow

WORD = re.compile(r"[A-Za-z]{2,}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Units and names, the same in Chinese; what the song of the tests and its model are called.
SAME = re.compile(
    r"\b(dB|dBFS|dBTP|LUFS|Hz|kHz|bpm|CPU|MIDI|WAV|FLAC|ms|inf|maj7|dim7|sus[24]|Partimento)\b"
)
SKETCH = re.compile(r"Sketch|Lead|Bass|warm flute, calm|\bmini\b")


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    with speaking(qapp, "zh_CN"):
        yield


@pytest.fixture
def window(chinese: None, studio: Studio) -> Iterator[MainWindow]:
    assert chinese is None
    made = MainWindow(studio)
    made.show()
    yield made
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def texts_of(widget: QWidget) -> Iterator[str]:
    """Yield what a widget shows, and what it says to those who hear it."""
    yield from (widget.windowTitle(), widget.toolTip(), widget.accessibleName())
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        yield widget.text()
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(row) for row in range(widget.count()))
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(at) for at in range(widget.count()))
        yield from (widget.tabToolTip(at) for at in range(widget.count()))
    if isinstance(widget, QTableView):
        model = widget.model()
        columns = range(model.columnCount())
        yield from (str(model.headerData(c, Qt.Orientation.Horizontal) or "") for c in columns)


def is_english(text: str) -> bool:
    if text.startswith("/") or text == Path.home().name:  # the folder whose files are shown
        return False
    left = SKETCH.sub("", SAME.sub("", text))
    return WORD.search(left) is not None and CHINESE.search(text) is None


def shown_by(window: QWidget) -> Iterator[str]:
    for widget in (window, *window.findChildren(QWidget)):
        yield from texts_of(widget)
    for action in window.findChildren(QAction):
        yield from (action.text(), action.toolTip())


def test_everything_that_the_window_says_is_chinese(window: MainWindow) -> None:
    english = {text for text in shown_by(window) if is_english(text)}
    english |= {
        text
        for registered in window.studio.actions
        for text in (registered.action.text(), str(registered.action.property("tip")))
        if is_english(text)
    }
    tags = set(window.studio.prompts.library.tags())  # in the words of who wrote them
    assert not {text for text in english if not tags.issuperset(text.split(", "))}


def test_menus_and_steps_of_the_history_are_chinese(window: MainWindow) -> None:
    titles = [action.text() for action in window.menuBar().actions()]
    assert titles[:2] == ["文件", "编辑"]
    window.studio.actions["track.add"].trigger()
    assert "添加轨道" in window.studio.actions["edit.undo"].text()


def test_the_buttons_of_qt_are_chinese(chinese: None) -> None:
    assert chinese is None
    box = QMessageBox()
    buttons = QMessageBox.StandardButton
    box.setStandardButtons(buttons.Save | buttons.Cancel)
    assert [button.text() for button in box.buttons()] == ["保存", "取消"]


def test_dates_follow_the_language(chinese: None) -> None:
    assert chinese is None
    assert QLocale().monthName(11) == "十一月"


def test_english_needs_no_translation(qapp: QApplication) -> None:
    before = QLocale()
    assert speak(qapp, "en") == ()
    assert QLocale() == before


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        (["zh-Hans-CN", "zh-CN", "zh-Hans", "zh"], "zh_CN"),
        (["zh-Hans-SG", "zh-SG"], "zh_CN"),
        (["zh-Hant-TW", "zh-TW", "zh-Hant", "zh"], "en"),
        (["zh-Hant-TW", "zh-Hant", "zh-Hans-CN"], "zh_CN"),
        (["en-US", "zh-Hans-CN"], "en"),
        (["fr-FR", "fr", "zh-Hans-CN", "en-GB"], "zh_CN"),
        (["C"], "en"),
        ([], "en"),
    ],
)
def test_the_system_is_asked_for_its_languages_in_turn(wanted: list[str], language: str) -> None:
    assert language_of(wanted) == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_that_was_chosen_comes_before_the_systems(
    language: str, studio: Studio
) -> None:
    studio.settings.setValue(SETTING, language)
    assert chosen_language(studio.settings) == language


@pytest.mark.parametrize("chosen", ["", "tlh"])
def test_without_a_choice_the_system_decides(chosen: str, studio: Studio) -> None:
    settings: QSettings = studio.settings
    settings.setValue(SETTING, chosen)
    assert chosen_language(settings) == language_of(QLocale.system().uiLanguages())


def test_the_program_starts_in_the_language_that_was_chosen(
    qapp: QApplication, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def start(_program: Program, _path: Path | None) -> bool:
        seen.append(place_text("file"))
        return False

    studio.settings.setValue(SETTING, "zh_CN")
    monkeypatch.setattr("ui.app.QSettings", lambda *_: studio.settings)
    monkeypatch.setattr("ui.app.signal.signal", lambda *_: None)
    monkeypatch.setattr(Program, "start", start)
    with speaking(qapp, "en"):
        assert run(None) == 2
    assert seen == ["文件"]
