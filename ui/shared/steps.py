"""How the steps of the history are called."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

# Steps that the session names itself; all others are named, and translated, where they are done.
SESSION_STEPS = (
    QT_TRANSLATE_NOOP("Steps", "Open"),
    QT_TRANSLATE_NOOP("Steps", "New take"),
)


def step_text(name: str) -> str:
    """Return a step's name in the user's language."""
    return QCoreApplication.translate("Steps", name)
