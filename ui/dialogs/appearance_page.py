"""The preferences of how the window looks: theme, size of text."""

from typing import Final

from PySide6.QtCore import QSettings, QSignalBlocker
from PySide6.QtWidgets import QComboBox, QWidget

from ui.dialogs.dialog import named
from ui.dialogs.page import Page
from ui.shared.studio import Studio
from ui.shared.theme import THEMES

TEXT: Final = "text_percent"
TEXT_PERCENT: Final = (100, 110, 125)


def chosen_text(settings: QSettings) -> int:
    """Return how large text was chosen to be, in percent."""
    chosen = str(settings.value(TEXT, 100))
    return int(chosen) if chosen in map(str, TEXT_PERCENT) else 100


class AppearancePage(Page):
    """Each choice shows at once."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions, self._look, self._settings = studio.actions, studio.look, studio.settings
        tr = self.tr
        self.theme = named(QComboBox(), tr("Theme"), tr("Colours of the window"))
        names = {"dark": tr("Dark"), "light": tr("Light")}
        for name in THEMES:
            self.theme.addItem(names[name], name)
        self.text = named(QComboBox(), tr("Size of text"), tr("Size of the text in the window"))
        for percent in TEXT_PERCENT:
            self.text.addItem(tr("{n} %").format(n=percent), percent)
        self.row(tr("Theme"), self.theme)
        self.row(tr("Text"), self.text)
        self.note(tr("The window as a whole follows the scale that your system sets."))
        self.theme.currentIndexChanged.connect(self._use_theme)
        self.text.currentIndexChanged.connect(self._use_text)
        self._look.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        with QSignalBlocker(self.theme), QSignalBlocker(self.text):
            self.theme.setCurrentIndex(self.theme.findData(self._look.name))
            self.text.setCurrentIndex(self.text.findData(self._look.text_percent))

    def _use_theme(self) -> None:
        self._actions[f"theme.{self.theme.currentData()}"].trigger()

    def _use_text(self) -> None:
        self._settings.setValue(TEXT, self.text.currentData())
        self._look.use_text(self.text.currentData())
