"""The piano roll's own row: tools, grid, scale, chord, and the commonest actions."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QToolBar, QToolButton, QWidget

from ui.piano_roll.commands import Commands
from ui.piano_roll.harmony_fields import ChordField, KeyField, ScaleField
from ui.piano_roll.roll import Roll
from ui.piano_roll.snap_field import SnapField
from ui.shared.icons import action_button, icon

ICONS: Final = {
    "select": "cursor-default-outline",
    "draw": "pencil-outline",
    "erase": "eraser",
    "slice": "content-cut",
    "quantise": "magnet",
    "quantise_dialog": "tune-variant",
    "keep_to_scale": "music-clef-treble",
    "step_input": "debug-step-over",
    "letters": "keyboard-outline",
    "ghosts": "ghost-outline",
    "audition": "headphones",
}

STYLE: Final = """
QToolBar { spacing: 4px; padding: 0 4px; border: none; }
QToolBar::separator { background: %s; width: 1px; margin: 8px 4px; }
#qt_toolbar_ext_button { min-width: 0; padding: 0; margin: 0; }
"""


class Toolbar(QToolBar):
    """What does not fit is reached through the arrow at its end."""

    def __init__(self, roll: Roll, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roll, self._commands = roll, commands
        self.setAccessibleName(self.tr("Tools of the piano roll"))
        self.setMovable(False)
        self.setFixedHeight(40)
        self._buttons("select", "draw", "erase", "slice")
        self.addSeparator()
        self._field(SnapField(roll.studio))
        self._buttons("quantise", "quantise_dialog")
        self.addSeparator()
        self._field(KeyField(commands.harmony))
        self._field(ScaleField(commands.harmony))
        self._buttons("keep_to_scale")
        self._field(ChordField(commands.harmony))
        self.addSeparator()
        self._buttons("ghosts", "audition", "letters", "step_input")

        roll.studio.look.changed.connect(self._show_look)
        self._show_look()

    def _show_look(self) -> None:
        look = self._roll.studio.look
        self.setStyleSheet(STYLE % look.colours.line)
        more = self.findChild(QToolButton, "qt_toolbar_ext_button")
        if isinstance(more, QToolButton):
            more.setIcon(icon(look, "chevron-double-right"))
            more.setAccessibleName(self.tr("More tools"))
            more.setToolTip(self.tr("More tools"))

    def _buttons(self, *names: str) -> None:
        for name in names:
            button = action_button(self._roll.studio, f"notes.{name}", ICONS[name])
            # A click leaves the keys with the notes; Tab still comes here.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.addWidget(button)

    def _field(self, field: QComboBox) -> None:
        field.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        field.setFixedHeight(28)
        self.addWidget(field)
