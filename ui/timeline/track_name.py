"""The name of a track: a double-click lets it be typed."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from ui.shared.theme import Look
from ui.timeline.inline_editor import InlineEditor


class TrackName(QLabel):
    """Shows the name, cut where there is no room; Return in its editor passes it on."""

    def __init__(self, look: Look, rename: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._rename, self._name = look, rename, ""
        self.editor: InlineEditor | None = None
        self.setAccessibleName(self.tr("Name of the track"))
        self.setMinimumWidth(1)

    def show_name(self, name: str) -> None:
        """Show `name`."""
        self._name = name
        self.setToolTip(self.tr("{name}: double-click to rename").format(name=name))
        self._show()

    def edit(self) -> None:
        """Let the name be typed."""
        self.editor = InlineEditor(self._name, self.tr("Name of the track"), self)
        self.editor.typed.connect(self._rename)
        self.editor.open(self.rect())

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802
        self._show()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() == Qt.MouseButton.LeftButton:
            self.edit()

    def _show(self) -> None:
        mode = Qt.TextElideMode.ElideRight
        self.setText(self.fontMetrics().elidedText(self._name, mode, max(8, self.width())))
