"""How the menus are called in which actions stand."""

from typing import Final

from PySide6.QtCore import QCoreApplication

PLACES: Final = ("file", "edit", "view", "track", "notes", "region", "transport", "help")


def place_text(place: str) -> str:
    """Return the menu's name in the user's language."""
    translate = QCoreApplication.translate
    names = {
        "file": translate("Places", "File"),
        "edit": translate("Places", "Edit"),
        "view": translate("Places", "View"),
        "track": translate("Places", "Track"),
        "notes": translate("Places", "Notes"),
        "region": translate("Places", "Region"),
        "transport": translate("Places", "Transport"),
        "help": translate("Places", "Help"),
    }
    return names.get(place, place.capitalize())
