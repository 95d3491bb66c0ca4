"""What the dialogs have in common."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from ui.shared.studio import Studio

W = TypeVar("W", bound=QWidget)


class StudioDialog(QDialog):
    """Stands beside the window and stops nothing in it."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.studio = studio

    def leave(self) -> None:
        """End what goes on behind the dialog: its window is about to be closed."""

    def close_button(self) -> QPushButton:
        """Return a button that closes the dialog."""
        text = QCoreApplication.translate("StudioDialog", "Close")
        tip = QCoreApplication.translate("StudioDialog", "Close (Esc)")
        return button(text, tip, self.close)


def named(widget: W, name: str, tip: str) -> W:
    """Return `widget` with a name for who does not see it, and a tooltip."""
    widget.setAccessibleName(name)
    widget.setToolTip(tip)
    return widget


def button(text: str, tip: str, run: Callable[[], object]) -> QPushButton:
    """Return a button that no Return elsewhere in its dialog presses."""
    made = named(QPushButton(text), text, tip)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _checked=False: run())
    return made


def show_beside(dialog: QDialog) -> None:
    """Show `dialog` in front of the window, which goes on."""
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
