"""The browser: what can be brought into the song."""

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QTabWidget, QWidget

from ui.browser.files import Files
from ui.browser.models import Models
from ui.browser.prompts import Prompts
from ui.shared.studio import Studio

MIN_WIDTH: Final = 160


class Browser(QTabWidget):
    """Prompts, files and models, side by side under tabs."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.prompts, self.files, self.models = Prompts(studio), Files(studio), Models(studio)
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        for part in (self, self.tabBar()):
            part.setAccessibleName(self.tr("Browser"))
        self.addTab(self.prompts, self.tr("Prompts"))
        self.addTab(self.files, self.tr("Files"))
        self.addTab(self.models, self.tr("Models"))
        self.setTabToolTip(0, self.tr("The library of prompts"))
        self.setTabToolTip(1, self.tr("MIDI and audio files of this machine"))
        self.setTabToolTip(2, self.tr("Models that render the song"))
        self.prompts.wanted.connect(lambda: self.setCurrentWidget(self.prompts))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        # As wide as the tabs, whatever the language and the size of text.
        tabs = self.tabBar().sizeHint().width()
        return QSize(max(MIN_WIDTH, tabs), super().minimumSizeHint().height())
