"""The preferences, in pages; each choice holds at once and is kept."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from ui.dialogs.appearance_page import AppearancePage
from ui.dialogs.audio_page import AudioPage
from ui.dialogs.dialog import StudioDialog, named
from ui.dialogs.language_page import LanguagePage
from ui.dialogs.midi_page import MidiPage
from ui.dialogs.page import Page
from ui.dialogs.saving_page import SavingPage
from ui.shared.panel import spaced
from ui.shared.studio import Studio

SIZE: Final = (640, 400)
NAMES_WIDTH: Final = 144


class PreferencesDialog(StudioDialog):
    """The pages stand in a list at the left."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(studio, parent)
        tr = self.tr
        self.setWindowTitle(tr("Preferences"))
        self.pages = named(QListWidget(), tr("Pages"), tr("What the preferences are about"))
        self.pages.setFixedWidth(NAMES_WIDTH)
        self._stack = QStackedWidget()
        self.audio, self.appearance = AudioPage(studio), AppearancePage(studio)
        self.language, self.saving = LanguagePage(studio), SavingPage(studio)
        self.midi = MidiPage(studio)
        self._add(tr("Audio"), self.audio)
        self._add(tr("MIDI"), self.midi)
        self._add(tr("Appearance"), self.appearance)
        self._add(tr("Language"), self.language)
        self._add(tr("Saving"), self.saving)
        self.pages.currentRowChanged.connect(self._stack.setCurrentIndex)
        self.pages.setCurrentRow(0)
        self._lay_out()

    def _add(self, name: str, page: Page) -> None:
        self.pages.addItem(name)
        self._stack.addWidget(page)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self.pages)
        row.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        spaced(column, 16, 16)
        column.addLayout(row, 1)
        column.addWidget(self.close_button(), 0, Qt.AlignmentFlag.AlignRight)
        self.resize(*SIZE)
