"""The piano roll's own row: tools, grid, scale, chord, and the commonest actions."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolBar, QWidget

from ui.piano_roll.commands import Commands
from ui.piano_roll.roll import Roll
from ui.shared.icons import action_button

ICONS: Final = {
    "select": "cursor-default-outline",
    "draw": "pencil-outline",
    "erase": "eraser",
    "slice": "content-cut",
    "quantise": "magnet",
    "quantise_dialog": "tune-variant",
    "step_input": "debug-step-over",
    "letters": "keyboard-outline",
    "ghosts": "ghost-outline",
    "audition": "headphones",
}


class Toolbar(QToolBar):
    """What does not fit is reached through the arrow at its end."""

    def __init__(self, roll: Roll, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roll, self._commands = roll, commands
        self.setAccessibleName(self.tr("Tools of the piano roll"))
        self.setMovable(False)
        self.setFixedHeight(40)
        self.setStyleSheet("QToolBar { spacing: 4px; padding: 0 4px; border: none; }")
        self._buttons("select", "draw", "erase", "slice")
        self.addSeparator()
        self._buttons("ghosts", "audition", "letters", "step_input")

    def _buttons(self, *names: str) -> None:
        for name in names:
            button = action_button(self._roll.studio, f"notes.{name}", ICONS[name])
            # A click leaves the keys with the notes; Tab still comes here.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.addWidget(button)
