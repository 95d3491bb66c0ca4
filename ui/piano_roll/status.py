"""Says in the status line what lies under the pointer."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QStatusTipEvent
from PySide6.QtWidgets import QWidget


def say_status(widget: QWidget, text: str) -> None:
    """Show `text` in the status line of the widget's window, until something else is said."""
    QCoreApplication.sendEvent(widget, QStatusTipEvent(text))
