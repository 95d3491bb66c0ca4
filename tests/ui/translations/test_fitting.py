"""Texts fit where they stand, in every language and with larger letters."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QToolButton,
    QWidget,
)

from tests.ui.translations.speaking import speaking
from ui.shared.language import LANGUAGES
from ui.shared.studio import Studio
from ui.shared.theme import style_sheet
from ui.window import BELOW, MainWindow

# What the style sheet of the window keeps free beside a text, in all.
BESIDE_PX = {QLineEdit: 18, QComboBox: 30, QCheckBox: 20}


@pytest.fixture(
    params=[f"{language} {percent}" for language in LANGUAGES for percent in (100, 125)]
)
def window(
    request: pytest.FixtureRequest, qapp: QApplication, studio: Studio
) -> Iterator[MainWindow]:
    """Return the window in a language, with letters of a size in percent."""
    language, percent = request.param.split()
    qapp.setStyleSheet(style_sheet(studio.look.colours, int(percent)))
    with speaking(qapp, language):
        made = MainWindow(studio)
        made.show()
        yield made
        made.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.setStyleSheet(style_sheet(studio.look.colours))


def text_of(widget: QWidget) -> str:
    """Return what stands on one line, or on its own lines, in a widget."""
    if isinstance(widget, QToolButton) and not widget.icon().isNull():
        return ""  # it shows the icon
    if isinstance(widget, QLabel) and widget.wordWrap():
        return ""
    if isinstance(widget, QComboBox):
        return widget.currentText()
    return widget.text() if isinstance(widget, QLabel | QAbstractButton | QLineEdit) else ""


def lacking_px(widget: QWidget) -> int:
    """Return by how much a widget is too narrow for its text."""
    beside = next((px for kind, px in BESIDE_PX.items() if isinstance(widget, kind)), 0)
    lines = text_of(widget).split("\n")
    return max(map(widget.fontMetrics().horizontalAdvance, lines)) + beside - widget.width()


def test_no_text_of_the_window_is_cut_off(window: MainWindow) -> None:
    cut: dict[str, int] = {}
    for below in BELOW:
        window.show_below(below)
        QCoreApplication.processEvents()
        shown = [widget for widget in window.findChildren(QWidget) if widget.isVisible()]
        cut |= {text_of(widget): px for widget in shown if (px := lacking_px(widget)) > 0}
    assert not cut
