"""The few questions that the window asks and waits for."""

from datetime import datetime
from typing import Literal

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMessageBox, QWidget

from desktop.session.problems import problem_text
from ui.dialogs.dialog import named

Leaving = Literal["save", "discard", "cancel"]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Questions", text)


def ask_to_save(parent: QWidget, title: str) -> Leaving:
    """Return what shall become of changes that song.json does not hold yet."""
    box = QMessageBox(parent)
    box.setWindowTitle(_tr("Unsaved changes"))
    box.setText(_tr('Save the changes to "{title}"?').format(title=title))
    box.setInformativeText(_tr("Discarding goes back to the song as it was last saved."))
    buttons = QMessageBox.StandardButton
    box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
    box.setDefaultButton(buttons.Save)
    answers: dict[int, Leaving] = {buttons.Save.value: "save", buttons.Discard.value: "discard"}
    return answers.get(box.exec(), "cancel")


def ask_to_recover(parent: QWidget | None, title: str, saved: datetime) -> bool:
    """Return whether the autosave of `saved` shall be the song in place of the one saved."""
    at = QDateTime.fromSecsSinceEpoch(int(saved.timestamp()))
    when = QLocale().toString(at, QLocale.FormatType.ShortFormat)  # the long one names the zone
    box = QMessageBox(parent)
    box.setWindowTitle(_tr("Recovery"))
    box.setText(_tr('"{title}" was not saved when it was last open.').format(title=title))
    box.setInformativeText(
        _tr(
            "An autosave of {time} has later changes. Recovering them is a step that undo takes "
            "back; if you keep the saved song, the autosave goes to the backups of the song when "
            "you next change it."
        ).format(time=when)
    )
    recover = box.addButton(_tr("Recover"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(_tr("Keep the saved song"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(recover)
    box.exec()
    return box.clickedButton() is recover


def ask_name(parent: QWidget, heading: str, name: str) -> str:
    """Return the name typed, empty when the user thought better of it."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(heading)
    dialog.setLabelText(_tr("Name of the song"))
    dialog.setTextValue(name)
    for field in dialog.findChildren(QLineEdit):
        named(field, _tr("Name of the song"), _tr("The folder of the song is called so too"))
    return dialog.textValue().strip() if dialog.exec() else ""


def tell(parent: QWidget | None, problem: str) -> None:
    """Say what went wrong where nothing can go on before it is read."""
    QMessageBox.warning(parent, "Partimento", problem_text(problem))
