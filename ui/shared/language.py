"""The language of the window: the one chosen, or else the system's where there is a translation."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QSettings, QTranslator

SETTING: Final = "language"  # empty for the system's, or one of LANGUAGES
ENGLISH: Final = "en"
LANGUAGES: Final = (ENGLISH, "zh_CN")
SYSTEM_NAMES: Final = {"en": ENGLISH, "zh-Hans": "zh_CN", "zh-CN": "zh_CN", "zh-SG": "zh_CN"}
FOLDER: Final = Path(__file__).resolve().parents[1] / "translations"


def language_of(wanted: Iterable[str]) -> str:
    """Return the first language of `wanted`, as `zh-Hans-CN`, that the window has, else English."""
    names = (_name(each) for each in wanted)
    return next((SYSTEM_NAMES[name] for name in names if name in SYSTEM_NAMES), ENGLISH)


def chosen_language(settings: QSettings) -> str:
    """Return the language that the user chose, or that the system asks for."""
    chosen = str(settings.value(SETTING, ""))
    return chosen if chosen in LANGUAGES else language_of(QLocale.system().uiLanguages())


def speak(application: QCoreApplication, language: str) -> tuple[QTranslator, ...]:
    """Let every text made from now on be in `language`; return what translates it, to be removed.

    Dates and Qt's own texts, as those of its buttons and file dialogs, go along.
    """
    if language == ENGLISH:
        return ()
    QLocale.setDefault(QLocale(language))
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    found = (
        _translator(application, folder, f"{name}_{language}")
        for folder, name in ((qt, "qtbase"), (str(FOLDER), "partimento"))
    )
    return tuple(each for each in found if each is not None)


def _translator(application: QCoreApplication, folder: str, name: str) -> QTranslator | None:
    translator = QTranslator(application)
    if not translator.load(name, folder):
        translator.deleteLater()
        return None
    application.installTranslator(translator)
    return translator


def _name(language: str) -> str:
    """Return the part of `zh-Hans-CN` that says which translation it is."""
    parts = language.replace("_", "-").split("-")
    return parts[0] if parts[0] != "zh" else "-".join(parts[:2])
