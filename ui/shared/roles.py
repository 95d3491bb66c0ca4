"""What the roles of tracks are called."""

from PySide6.QtCore import QCoreApplication


def role_text(role: str) -> str:
    """Return the name of a role in the user's language; a role of a model may be any word."""
    translate = QCoreApplication.translate
    names = {
        "mix": translate("Role", "mix"),
        "lead": translate("Role", "lead"),
        "harmony": translate("Role", "harmony"),
        "bass": translate("Role", "bass"),
        "drums": translate("Role", "drums"),
    }
    return names.get(role, role)
