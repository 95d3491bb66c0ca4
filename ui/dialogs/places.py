"""How the menus are called in which actions stand."""

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

PLACES: Final = {
    "file": QT_TRANSLATE_NOOP("Places", "File"),
    "edit": QT_TRANSLATE_NOOP("Places", "Edit"),
    "view": QT_TRANSLATE_NOOP("Places", "View"),
    "track": QT_TRANSLATE_NOOP("Places", "Track"),
    "notes": QT_TRANSLATE_NOOP("Places", "Notes"),
    "transport": QT_TRANSLATE_NOOP("Places", "Transport"),
    "region": QT_TRANSLATE_NOOP("Places", "Region"),
    "help": QT_TRANSLATE_NOOP("Places", "Help"),
}


def place_text(place: str) -> str:
    """Return the menu's name in the user's language."""
    return QCoreApplication.translate("Places", str(PLACES.get(place, place.capitalize())))
