"""The colour and the role of a track, each a button with a menu."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from desktop.document.palette import TRACK_COLOURS
from desktop.document.song import ROLES, Role
from ui.shared.controls import Button
from ui.shared.roles import role_text
from ui.shared.studio import Studio


class ColourButton(QAbstractButton):
    """A stripe in the track's colour; a click offers the others."""

    def __init__(self, studio: Studio, choose: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._studio, self._choose, self._colour = studio, choose, "#000000"
        self.setAccessibleName(self.tr("Colour of the track"))
        self.setToolTip(self.tr("Colour of the track: click to choose another"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self._offer)

    def show_colour(self, colour: str) -> None:
        """Show a colour, `#rrggbb`."""
        self._colour = colour
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._colour))
        if self.hasFocus():
            painter.fillRect(0, 0, 3, self.height(), self._studio.look.colour("text"))

    def menu(self) -> QMenu:
        """Return the menu of colours."""
        menu = QMenu(self)
        for number, colour in enumerate(TRACK_COLOURS, 1):
            picture = QPixmap(16, 16)
            picture.fill(QColor(colour))
            text = self.tr("Colour {n}").format(n=number)
            menu.addAction(QIcon(picture), text, partial(self._choose, colour))
        return menu

    def _offer(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(self.rect().topRight()))


class RoleButton(Button):
    """The role of a track; a click offers the others."""

    def __init__(self, choose: Callable[[Role], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Role of the track"))
        self.setToolTip(self.tr("Role of the track: what the model is asked to play"))
        self.setPopupMode(Button.ToolButtonPopupMode.InstantPopup)
        self.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        menu = QMenu(self)
        for role in ROLES:
            menu.addAction(role_text(role), partial(choose, role))
        self.setMenu(menu)

    def show_role(self, role: Role) -> None:
        """Show a role."""
        self.setText(role_text(role))
