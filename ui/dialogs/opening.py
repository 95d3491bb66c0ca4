"""The actions that open the palette and the dialogs; each is made when it is first wanted."""

from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.dialogs.cue_sheet import CueSheetDialog
from ui.dialogs.dialog import StudioDialog, show_beside
from ui.dialogs.history import HistoryDialog
from ui.dialogs.models import ModelsDialog
from ui.dialogs.palette import CommandPalette
from ui.dialogs.preferences import PreferencesDialog
from ui.dialogs.shortcuts import ShortcutsDialog
from ui.dialogs.sweep import SweepDialog
from ui.dialogs.variations import VariationsDialog
from ui.shared.studio import Studio

D = TypeVar("D", bound=StudioDialog)


class Dialogs(QObject):
    """Registers the actions. None of the dialogs stops what goes on in the window."""

    def __init__(self, studio: Studio, window: QWidget) -> None:
        super().__init__(window)
        self._studio, self._window = studio, window
        self._made: dict[type[StudioDialog], StudioDialog] = {}
        self.palette = CommandPalette(studio, window)
        add, tr = studio.actions.add, self.tr
        text, tip = tr("History..."), tr("Every step so far; go to any of them")
        add("edit.history", "edit", text, self.show_history, "Ctrl+Alt+Z", tip=tip)
        text, tip = tr("Variations..."), tr("Make takes from the take that plays")
        run = self.show_variations
        add("region.variations", "region", text, run, "Ctrl+Alt+V", tip=tip)
        text, tip = tr("Prompt sweep..."), tr("Render several prompts by the same seeds")
        add("region.sweep", "region", text, self.show_sweep, "Ctrl+Alt+S", tip=tip)
        text, tip = tr("Import cue sheet..."), tr("Make regions of text that says what sounds when")
        add("file.import_cues", "file", text, self.show_cues, "Ctrl+Shift+U", tip=tip)
        text, tip = tr("Paste as cue sheet..."), tr("Make regions of the text on the clipboard")
        add("file.paste_cues", "file", text, self.paste_cues, tip=tip)
        text, tip = tr("Models..."), tr("Add, choose and measure what renders")
        add("models.open", "edit", text, self.show_models, "Ctrl+Alt+O", tip=tip)
        text, tip = tr("Find an action..."), tr("Find any action by a few letters")
        add("help.palette", "help", text, self.palette.open, "Ctrl+Shift+P", tip=tip)
        text, tip = tr("Keyboard shortcuts..."), tr("Every action with its keys, to be changed")
        add("help.shortcuts", "help", text, self.show_shortcuts, "F1", tip=tip)
        text, tip = tr("Preferences..."), tr("Sound, appearance, language, saving")
        run = self.show_preferences
        add("preferences.open", "edit", text, run, "Ctrl+,", tip=tip)

    def show_history(self) -> None:
        """Show the list of steps."""
        show_beside(self.made(HistoryDialog))

    def show_models(self) -> None:
        """Show the models that are installed."""
        show_beside(self.made(ModelsDialog))

    def show_variations(self) -> None:
        """Show how takes are made from the take that plays."""
        show_beside(self.made(VariationsDialog))

    def show_sweep(self) -> None:
        """Show how several prompts are rendered at once."""
        show_beside(self.made(SweepDialog))

    def show_cues(self) -> None:
        """Show where cue sheets are pasted or opened."""
        show_beside(self.made(CueSheetDialog))

    def paste_cues(self) -> None:
        """Show what regions the text of the clipboard makes."""
        self.made(CueSheetDialog).paste()
        self.show_cues()

    def show_shortcuts(self) -> None:
        """Show every action with its keys."""
        show_beside(self.made(ShortcutsDialog))

    def show_preferences(self) -> None:
        """Show what can be chosen once and for all songs."""
        show_beside(self.made(PreferencesDialog))

    def made(self, kind: type[D]) -> D:
        """Return the dialog of a kind, made at the first time."""
        found = self._made.get(kind)
        if not isinstance(found, kind):
            found = self._made[kind] = kind(self._studio, self._window)
        return found

    def leave(self) -> None:
        """End what goes on behind the dialogs."""
        for dialog in self._made.values():
            dialog.leave()
