"""A prompt on its way from one panel to another."""

from typing import Final

from PySide6.QtCore import QMimeData

MIME: Final = "application/x-partimento-prompt"


def prompt_data(text: str) -> QMimeData:
    """Return what carries the prompt `text` while it is dragged; elsewhere it is plain text."""
    data = QMimeData()
    data.setText(text)
    data.setData(MIME, text.encode())
    return data


def prompt_in(data: QMimeData) -> str | None:
    """Return the prompt that `data` carries, None where it carries something else."""
    return bytes(data.data(MIME).data()).decode(errors="replace") if data.hasFormat(MIME) else None
