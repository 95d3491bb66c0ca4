"""Another language for the length of a test."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from ui.shared.language import speak


@contextmanager
def speaking(application: QCoreApplication, language: str) -> Iterator[None]:
    """Let texts be in `language`; afterwards they are in English again, whatever was done."""
    before = QLocale()
    speak(application, language)
    try:
        yield
    finally:
        for translator in application.findChildren(QTranslator):
            application.removeTranslator(translator)
            translator.deleteLater()
        QLocale.setDefault(before)
