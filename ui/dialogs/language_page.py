"""The preference of the language."""

from PySide6.QtWidgets import QComboBox, QWidget

from ui.dialogs.dialog import named
from ui.dialogs.page import Page
from ui.shared.language import SETTING
from ui.shared.studio import Studio


class LanguagePage(Page):
    """The system's language, or one of those that the window has."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = studio.settings
        tr = self.tr
        self.language = named(QComboBox(), tr("Language"), tr("Language of the window"))
        self.language.addItem(tr("the system's"), "")
        self.language.addItem("English", "en")  # a language is called as its speakers call it
        self.language.addItem("简体中文", "zh_CN")
        self.row(tr("Language"), self.language)
        self.note(tr("Holds from the next start on."))
        chosen = self.language.findData(str(self._settings.value(SETTING, "")))
        self.language.setCurrentIndex(max(0, chosen))
        self.language.currentIndexChanged.connect(self._keep)

    def _keep(self) -> None:
        self._settings.setValue(SETTING, self.language.currentData())
