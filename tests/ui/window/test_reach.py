"""Nothing in the window needs eyes or a mouse: all has a name and a hint, and Tab comes to it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.session.selection import Selection
from ui.dialogs.preferences import PreferencesDialog
from ui.shared.studio import Studio
from ui.window import BELOW, MainWindow

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QKeySequenceEdit,
    QLineEdit,
    QPlainTextEdit,
)
PARTS = (QScrollBar, QHeaderView)  # of a view, in which arrow keys scroll
# What lies within these is theirs.
WHOLES = (QComboBox, QLineEdit, QAbstractSpinBox, QKeySequenceEdit, QTabBar)
# What asks for a file or a name, which the system's dialogs do, and what opens no dialog.
ELSEWHERE = {
    "file.new",
    "file.open",
    "file.save_as",
    "file.import_midi",
    "file.paste_cues",
    "prompts.find",
    "prompts.import",
    "prompts.export",
    "help.palette",
}
TAB = Qt.FocusPolicy.TabFocus
MOST = 1000


@pytest.fixture
def window(studio: Studio, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(studio)
    track = studio.session.song.tracks[0]
    parts = frozenset({track.clips[0].id, track.regions[0].id})
    studio.session.select(Selection(track_id=track.id, parts=parts, clip_id=track.clips[0].id))
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.files.end()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def dialog_of(window: MainWindow, action_id: str) -> QDialog:
    """Return the dialog that an action opens."""
    before = {each for each in window.findChildren(QDialog) if each.isVisible()}
    window.studio.actions[action_id].trigger()
    (opened,) = {each for each in window.findChildren(QDialog) if each.isVisible()} - before
    assert not opened.isModal()
    return opened


def asking(window: MainWindow) -> list[str]:
    """Return the ids of the actions that open a dialog, which their dots promise."""
    ids = [each.id for each in window.studio.actions if each.text.endswith(("...", "…"))]
    return [each for each in ids if each not in ELSEWHERE]


def controls_in(top: QWidget) -> list[QWidget]:
    """Return what can be pressed, chosen or typed in, and whatever else takes the focus."""
    found = [each for each in top.findChildren(QWidget) if each.window() is top.window()]
    return [e for e in found if takes_part(e) and not is_inside(e) and not e.isHidden()]


def takes_part(widget: QWidget) -> bool:
    if isinstance(widget, PARTS):
        return False
    tabbed = bool(widget.focusPolicy() & TAB) and widget.focusProxy() is None
    return isinstance(widget, CONTROLS) or tabbed


def is_inside(widget: QWidget) -> bool:
    """Return whether `widget` is made by Qt within another one."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, WHOLES):
        above = above.parentWidget()
    return above is not None or widget.objectName().startswith("qt_")


def called(widget: QWidget) -> str:
    names = [type(widget).__name__]
    while (above := widget.parentWidget()) is not None:
        names.append(type(above).__name__)
        widget = above
    return " in ".join(names)


def parts_of(window: MainWindow) -> Iterator[QWidget]:
    """Yield the window with each of its panels in turn, and each page of its dialogs."""
    for name in BELOW:
        window.show_below(name)
        yield window
    for tab in range(window.browser.count()):
        window.browser.setCurrentIndex(tab)
        yield window
    for action_id in asking(window):
        dialog = dialog_of(window, action_id)
        pages = dialog.pages.count() if isinstance(dialog, PreferencesDialog) else 1
        for page in range(pages):
            if isinstance(dialog, PreferencesDialog):
                dialog.pages.setCurrentRow(page)
            yield dialog


def test_every_control_has_a_name_for_who_does_not_see_it(window: MainWindow) -> None:
    nameless = {
        called(each)
        for part in parts_of(window)
        for each in controls_in(part)
        if not each.accessibleName()
    }
    assert not nameless


def test_every_control_has_a_tooltip(window: MainWindow) -> None:
    # A place that is drawn on says what is under the pointer in the status line instead.
    bare = {
        called(each)
        for part in parts_of(window)
        for each in controls_in(part)
        if isinstance(each, CONTROLS) and not each.toolTip()
    }
    assert not bare


def test_every_action_has_a_tooltip_with_its_keys(window: MainWindow) -> None:
    for registered in window.studio.actions:
        tip = registered.action.toolTip()
        assert tip, registered.id
        for key in registered.action.shortcuts()[:1]:
            assert f"({key.toString(key.SequenceFormat.NativeText)})" in tip


def test_tab_comes_to_every_control(window: MainWindow, qtbot: QtBot) -> None:
    for part in parts_of(window):
        part.activateWindow()
        qtbot.waitUntil(part.isActiveWindow)
        wanted = {
            each
            for each in controls_in(part)
            if each.isVisibleTo(part) and each.isEnabled() and not has_proxy(each)
        }
        missed = wanted - set(tabbed_through(part))
        assert not missed, [f"{called(each)}: {each.accessibleName()}" for each in missed]


def has_proxy(widget: QWidget) -> bool:
    """Return whether Tab comes to another widget instead, from which arrow keys lead here."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    in_choice = group is not None and group.exclusive() and group.checkedButton() is not widget
    return in_choice or widget.focusProxy() is not None


def tabbed_through(part: QWidget) -> Iterator[QWidget]:
    """Press Tab until the focus comes back to where it began; yield where it was."""
    first = focus = QApplication.focusWidget() or part
    for _ in range(MOST):
        yield focus
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget() or part
        if focus is first:
            return
    raise AssertionError(f"Tab never comes back to {called(first)}")
