"""The browser: what can be brought into the song."""

from PySide6.QtWidgets import QTabWidget, QWidget

from ui.browser.files import Files
from ui.browser.models import Models
from ui.browser.prompts import Prompts
from ui.shared.studio import Studio


class Browser(QTabWidget):
    """Prompts, files and models, side by side under tabs."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.prompts, self.files, self.models = Prompts(studio), Files(studio), Models(studio)
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        for part in (self, self.tabBar()):
            part.setAccessibleName(self.tr("Browser"))
        self.setMinimumWidth(160)
        self.addTab(self.prompts, self.tr("Prompts"))
        self.addTab(self.files, self.tr("Files"))
        self.addTab(self.models, self.tr("Models"))
        self.setTabToolTip(0, self.tr("The library of prompts"))
        self.setTabToolTip(1, self.tr("MIDI and audio files of this machine"))
        self.setTabToolTip(2, self.tr("Models that render the song"))
        self.prompts.wanted.connect(lambda: self.setCurrentWidget(self.prompts))
