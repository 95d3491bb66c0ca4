"""The status line: what the pointer is over, the last message, the panels, the save state."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from desktop.session.problems import problem_text
from ui.shared.controls import Button
from ui.shared.icons import action_button, icon
from ui.shared.studio import Studio

SHOWN_MS: Final = 6000
ERROR_SHOWN_MS: Final = 20_000
NAME_PX: Final = 160
PANELS: Final = {
    **{"browser": "folder-outline", "piano_roll": "piano", "mixer": "tune-vertical"},
    **{"takes": "playlist-music-outline", "analysis": "chart-bell-curve"},
    **{"queue": "tray-full", "inspector": "tune"},
}


class ImportProgress(Button):
    """How much of a file is read; a click cancels it. Is there only while one is read."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._bringing = studio.look, studio.bringing
        add, text = studio.actions.add, self.tr("Cancel the import")
        self._cancel = add("file.cancel_import", "file", text, self._bringing.cancel)
        self.setToolTip(self.tr("Cancel the import; nothing of the file is kept"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setAccessibleName(text)
        self.clicked.connect(lambda _checked=False: self._bringing.cancel())
        self._bringing.changed.connect(self._show)
        self._look.changed.connect(self._paint)
        self._paint()
        self._show()

    def _paint(self) -> None:
        self.setIcon(icon(self._look, "close"))

    def _show(self) -> None:
        self.setVisible((file := self._bringing.file) is not None)
        self._cancel.setEnabled(file is not None)
        if file is not None:
            name = self.fontMetrics().elidedText(file.name, Qt.TextElideMode.ElideMiddle, NAME_PX)
            text = self.tr("Importing {name}: {percent:.0f} %")
            self.setText(text.format(name=name, percent=100 * self._bringing.share))


class StatusLine(QStatusBar):
    """Shows what is said for a while; errors longer, in their colour."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = studio.session, studio.look
        self.saved = QLabel()
        self.saved.setAccessibleName(self.tr("Save state"))
        self.setSizeGripEnabled(False)
        self.importing = ImportProgress(studio)
        self.addPermanentWidget(self.importing)
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
