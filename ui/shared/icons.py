"""Icons, of one set, in the colours of the theme; buttons that show an action."""

from typing import Final

import qtawesome  # type: ignore[import-untyped]
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon

from ui.shared.controls import Button
from ui.shared.studio import Studio
from ui.shared.theme import Look

SET: Final = "mdi6"
SIZE: Final = QSize(18, 18)


def icon(look: Look, name: str, role: str = "text", on_role: str = "accent_text") -> QIcon:
    """Return the set's icon `name` in the colour of `role`, of `on_role` while checked."""
    off, on = look.colour(role), look.colour(on_role)
    made: QIcon = qtawesome.icon(
        f"{SET}.{name}",
        color=off,
        color_disabled=look.colour("text_dim", 0.6),
        color_on=on,
        color_active=off,  # under the pointer, where the set would take that of checked ones
        color_on_active=on,
        color_selected=on,
    )
    return made


def action_button(
    studio: Studio,
    action_id: str,
    name: str,
    role: str = "text",
    on_role: str = "accent_text",
) -> Button:
    """Return a button that shows an action of the register as the icon `name`."""
    action, button = studio.actions[action_id], Button()
    button.setDefaultAction(action)
    button.setAccessibleName(action.text())
    button.setIconSize(SIZE)
    button.setFixedSize(28, 28)
    action.setIconVisibleInMenu(False)

    def paint() -> None:
        action.setIcon(icon(studio.look, name, role, on_role))

    studio.look.changed.connect(paint)
    paint()
    return button
