"""The status line: what the pointer is over, the last message, the panels, the save state."""

from typing import Final

from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from desktop.session.problems import problem_text
from ui.shared.icons import action_button
from ui.shared.studio import Studio

SHOWN_MS: Final = 6000
ERROR_SHOWN_MS: Final = 20_000
PANELS: Final = {
    **{"browser": "folder-outline", "piano_roll": "piano", "mixer": "tune-vertical"},
    **{"takes": "playlist-music-outline", "analysis": "chart-bell-curve"},
    **{"queue": "tray-full", "inspector": "tune"},
}


class StatusLine(QStatusBar):
    """Shows what is said for a while; errors longer, in their colour."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = studio.session, studio.look
        self.saved = QLabel()
        self.saved.setAccessibleName(self.tr("Save state"))
        self.setSizeGripEnabled(False)
        self._add_panels(studio)
        self.addPermanentWidget(self.saved)
        self._session.said.connect(lambda text: self._say(text, "text_dim", SHOWN_MS))
        self._session.failed.connect(lambda text: self._say(text, "error", ERROR_SHOWN_MS))
        self._session.saved_changed.connect(self._show_saved)
        self.messageChanged.connect(self._quieten)
        self._show_saved()

    def _add_panels(self, studio: Studio) -> None:
        for panel, name in PANELS.items():
            button = action_button(studio, f"view.{panel}", name, "text_dim", "accent")
            button.setFixedSize(32, 22)
            self.addPermanentWidget(button)

    def _say(self, text: str, role: str, for_ms: int) -> None:
        self.setStyleSheet(f"QStatusBar {{ color: {self._look.colour(role).name()}; }}")
        self.showMessage(problem_text(text), for_ms)

    def _quieten(self, text: str) -> None:
        if not text:
            self.setStyleSheet("")

    def _show_saved(self) -> None:
        if self._session.is_saved:
            self.saved.setText(self.tr("Saved"))
            self.saved.setToolTip(self.tr("song.json holds the song as it is"))
        else:
            self.saved.setText(self.tr("Unsaved changes"))
            self.saved.setToolTip(self.tr("The autosave holds them; Ctrl+S saves the song"))
