"""The actions of the piano roll: in the menu, under keys, in the palette and on the tool bar."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from ui.piano_roll.changing import Changing
from ui.piano_roll.framing import show_clip, show_notes
from ui.piano_roll.harmony import Harmony
from ui.piano_roll.playing import Playing
from ui.piano_roll.roll import Roll, Tool
from ui.piano_roll.view import NoteView

ZOOM: Final = 1.25
MENU: Final = (
    ("cut", "copy", "paste", "duplicate", "delete", "select_all"),
    ("quantise", "quantise_dialog", "legato", "humanise", "reverse", "to_scale"),
    ("up", "down", "octave_up", "octave_down"),
    ("zoom_selection", "zoom_clip"),
)


class Commands(QObject):
    """Registers the actions; their keys hold while the notes have the focus."""

    def __init__(self, roll: Roll, playing: Playing, body: QWidget, view: NoteView) -> None:
        super().__init__(body)
        self._roll, self._playing, self._body, self._view = roll, playing, body, view
        self.changing = Changing(roll, view)
        self.harmony = Harmony(roll)
        self._tools = QActionGroup(self)
        self._add_tools()
        self._add_choosing()
        self._add_moving()
        self._add_shaping()
        self._add_modes()
        self._add_zoom()
        roll.tool_changed.connect(self._show_tool)
        view.menu_wanted.connect(self._show_menu)

    def __getitem__(self, name: str) -> QAction:
        return self._roll.studio.actions[f"notes.{name}"]

    def _add(
        self,
        name: str,
        text: str,
        run: Callable[[], object],
        *keys: str,
        tip: str = "",
        checkable: bool = False,
    ) -> QAction:
        add = self._roll.studio.actions.add
        action = add(f"notes.{name}", "notes", text, run, *keys, tip=tip, checkable=checkable)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._body.addAction(action)
        return action

    def _add_tools(self) -> None:
        tools: tuple[tuple[Tool, str, str, tuple[str, ...]], ...] = (
            ("select", self.tr("Select"), self.tr("Select, move and resize notes"), ("V",)),
            ("draw", self.tr("Draw"), self.tr("Draw notes; again to select"), ("B",)),
            ("erase", self.tr("Erase"), self.tr("Erase notes under the pointer"), ("E",)),
            ("slice", self.tr("Slice"), self.tr("Cut notes in two"), ("C",)),
        )
        for tool, text, tip, keys in tools:
            run = partial(self._use, tool)
            action = self._add(tool, text, run, *keys, tip=tip, checkable=True)
            action.setActionGroup(self._tools)
        self._show_tool()

    def _use(self, tool: Tool) -> None:
        again = tool == self._roll.tool == "draw"
        self._roll.use_tool("select" if again else tool)

    def _show_tool(self) -> None:
        self[self._roll.tool].setChecked(True)

    def _add_choosing(self) -> None:
        change = self.changing
        self._add("select_all", self.tr("Select all notes"), change.select_all, "Ctrl+A")
        self._add("delete", self.tr("Erase notes"), change.delete, "Del", "Backspace")
        self._add("duplicate", self.tr("Duplicate notes"), change.duplicate, "Ctrl+D")
        self._add("copy", self.tr("Copy notes"), change.copy, "Ctrl+C")
        self._add("cut", self.tr("Cut out notes"), change.cut, "Ctrl+X")
        self._add("paste", self.tr("Paste notes at the playhead"), change.paste, "Ctrl+V")

    def _add_moving(self) -> None:
        transpose, move = self.changing.transpose, self.changing.move
        lengthen = self.changing.lengthen
        self._add("up", self.tr("A semitone up"), partial(transpose, 1), "Up")
        self._add("down", self.tr("A semitone down"), partial(transpose, -1), "Down")
        self._add("octave_up", self.tr("An octave up"), partial(transpose, 12), "Shift+Up")
        self._add("octave_down", self.tr("An octave down"), partial(transpose, -12), "Shift+Down")
        self._add("later", self.tr("Later by the grid"), partial(move, 1), "Right")
        self._add("earlier", self.tr("Earlier by the grid"), partial(move, -1), "Left")
        self._add("longer", self.tr("Longer by the grid"), partial(lengthen, 1), "Shift+Right")
        self._add("shorter", self.tr("Shorter by the grid"), partial(lengthen, -1), "Shift+Left")

    def _add_shaping(self) -> None:
        change = self.changing
        self._add("quantise", self.tr("Quantise"), change.quantise, "Q")
        text = self.tr("Quantise with strength and swing…")
        self._add("quantise_dialog", text, change.ask_quantise, "Shift+Q")
        self._add("legato", self.tr("Legato"), change.legato, tip=self.tr("Let notes touch"))
        tip = self.tr("Vary times and velocities a little")
        self._add("humanise", self.tr("Humanise"), change.humanise, tip=tip)
        tip = self.tr("Play the notes from the last to the first")
        self._add("reverse", self.tr("Reverse"), change.reverse, tip=tip)
        tip = self.tr("Move notes to the nearest pitch of the scale")
        self._add("to_scale", self.tr("Fit to scale"), change.to_scale, tip=tip)

    def _add_modes(self) -> None:
        tip = self.tr("Let drawn and moved notes go to the nearest tone of the scale")
        run, text = self._toggle_scale, self.tr("Keep to scale")
        self._add("keep_to_scale", text, run, tip=tip, checkable=True)
        tip = self.tr("Write played notes one after another; right arrow: rest, backspace: back")
        run = self._toggle_steps
        self._add("step_input", self.tr("Step input"), run, "Ctrl+Shift+I", tip=tip, checkable=True)
        tip = self.tr("Play notes on the letters A to L; Z and X change the octave")
        run, text = self._toggle_letters, self.tr("Computer keyboard plays")
        letters = self._add("letters", text, run, "Ctrl+Shift+K", tip=tip, checkable=True)
        letters.setShortcutContext(Qt.ShortcutContext.WindowShortcut)  # as the letters play
        tip = self.tr("Show the notes of the other tracks, and improvised ones")
        ghosts = self._add(
            "ghosts", self.tr("Ghost notes"), self._toggle_ghosts, tip=tip, checkable=True
        )
        ghosts.setChecked(True)
        tip = self.tr("Hear notes as they are clicked and moved")
        heard = self._add(
            "audition", self.tr("Hear notes"), self._toggle_audition, tip=tip, checkable=True
        )
        heard.setChecked(True)
        self._playing.changed.connect(self._show_modes)

    def _toggle_scale(self) -> None:
        self.harmony.keep_to_scale(self["keep_to_scale"].isChecked())

    def _toggle_steps(self) -> None:
        self._playing.step(self["step_input"].isChecked())

    def _toggle_letters(self) -> None:
        self._playing.play_letters(self["letters"].isChecked())

    def _toggle_ghosts(self) -> None:
        self._roll.shows_ghosts = self["ghosts"].isChecked()
        self._roll.changed.emit()

    def _toggle_audition(self) -> None:
        self._roll.auditions = self["audition"].isChecked()

    def _show_modes(self) -> None:
        self["step_input"].setChecked(self._roll.step_tick is not None)
        self["letters"].setChecked(self._playing.letters)

    def _add_zoom(self) -> None:
        self._add("zoom_in", self.tr("Zoom in on notes"), partial(self._zoom, ZOOM), "=", "+")
        self._add("zoom_out", self.tr("Zoom out of notes"), partial(self._zoom, 1 / ZOOM), "-")
        show = partial(show_notes, self._roll, self._view)
        self._add("zoom_selection", self.tr("Zoom to selected notes"), show, "Z")
        show = partial(show_clip, self._roll, self._view)
        self._add("zoom_clip", self.tr("Zoom to the clip"), show, "Shift+Z")

    def _zoom(self, factor: float) -> None:
        self._roll.scale.zoom(factor, self._view.width() / 2)

    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self._view)
        for names in MENU:
            menu.addActions([self[name] for name in names])
            menu.addSeparator()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)
