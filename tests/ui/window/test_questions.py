"""The questions that wait for an answer, answered by keys and mouse."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMessageBox,
    QProxyStyle,
    QPushButton,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui.questions import ask_name, ask_to_recover, ask_to_save
from ui.shared.theme import Look, style_sheet

KEY = Qt.Key
Act = Callable[[QWidget], object]


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def soon(act: Act) -> None:
    """Let `act` do something with the dialog that is about to open."""

    def do() -> None:
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        try:
            act(dialog)
        finally:
            dialog.close()  # or else one that fails would wait for ever

    QTimer.singleShot(0, do)


def press(key: Qt.Key) -> Act:
    return lambda dialog: QTest.keyClick(dialog, key)


def click(text: str) -> Act:
    def act(dialog: QWidget) -> None:
        found = [b for b in dialog.findChildren(QPushButton) if b.text().replace("&", "") == text]
        QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)

    return act


class Desktop(QProxyStyle):
    """A desktop that puts icons on the buttons of dialogs, as some do."""

    def styleHint(  # noqa: N802
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,  # noqa: N803
    ) -> int:
        if hint == QStyle.StyleHint.SH_DialogButtonBox_ButtonsHaveIcons:
            return 1
        return super().styleHint(hint, option, widget, returnData)


def test_the_buttons_of_questions_bear_words_only(qapp: QApplication, parent: QWidget) -> None:
    had = qapp.styleSheet()
    qapp.setStyle(Desktop("Fusion"))
    qapp.setStyleSheet(style_sheet(Look().colours))
    icons: list[bool] = []
    soon(lambda dialog: icons.extend(b.icon().isNull() for b in dialog.findChildren(QPushButton)))
    ask_to_save(parent, "Tune")
    qapp.setStyleSheet(had)
    qapp.setStyle("Fusion")
    assert icons == [True, True, True]


@pytest.fixture
def american() -> Iterator[None]:
    """Let dates be written as in the United States, the long ones with their zone."""
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    yield
    QLocale.setDefault(before)


@pytest.mark.usefixtures("american")
def test_recovery_tells_the_time_without_its_zone(parent: QWidget) -> None:
    texts: list[str] = []

    def read(dialog: QWidget) -> None:
        assert isinstance(dialog, QMessageBox)
        texts.append(dialog.informativeText())
        QTest.keyClick(dialog, KEY.Key_Return)

    soon(read)
    ask_to_recover(parent, "Tune", datetime(2026, 11, 26, 14, 5, 9).astimezone())
    assert re.search(r"An autosave of 11/26/26,? 2:05\sPM has later changes", texts[0])


def test_recovery_names_the_song_and_the_time(parent: QWidget) -> None:
    texts: list[str] = []

    def read(dialog: QWidget) -> None:
        assert isinstance(dialog, QMessageBox)
        texts.extend((dialog.text(), dialog.informativeText()))
        QTest.keyClick(dialog, KEY.Key_Return)

    soon(read)
    saved = datetime(2026, 11, 26, 14, 5, 9, tzinfo=UTC)
    assert ask_to_recover(parent, "Greensleeves", saved)
    assert '"Greensleeves"' in texts[0]
    assert "26" in texts[1]
    assert f"{saved.astimezone():%H:%M}" in texts[1]


@pytest.mark.parametrize(
    ("act", "recovers"),
    [
        (press(KEY.Key_Return), True),
        (click("Recover"), True),
        (press(KEY.Key_Escape), False),
        (click("Keep the saved song"), False),
    ],
)
def test_recovery_is_the_first_choice_and_escape_keeps_the_saved_song(
    parent: QWidget, act: Act, recovers: bool
) -> None:
    soon(act)
    assert ask_to_recover(parent, "Tune", datetime.now(UTC)) is recovers


@pytest.mark.parametrize(
    ("act", "answer"),
    [
        (press(KEY.Key_Return), "save"),
        (click("Discard"), "discard"),
        (click("Cancel"), "cancel"),
        (press(KEY.Key_Escape), "cancel"),
    ],
)
def test_leaving_saves_unless_told_otherwise(parent: QWidget, act: Act, answer: str) -> None:
    soon(act)
    assert ask_to_save(parent, "Tune") == answer


def test_a_name_is_typed_and_freed_of_blanks(parent: QWidget) -> None:
    def type_name(dialog: QWidget) -> None:
        (field,) = dialog.findChildren(QLineEdit)
        assert field.accessibleName()
        QTest.keyClicks(field, " Tune ")
        QTest.keyClick(field, KEY.Key_Return)

    soon(type_name)
    assert ask_name(parent, "New song", "Untitled") == "Tune"
    soon(press(KEY.Key_Escape))
    assert ask_name(parent, "New song", "Untitled") == ""
