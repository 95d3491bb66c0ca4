"""The piano roll: the notes of the clip that is selected, and everything one does to them."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollBar, QStackedLayout, QVBoxLayout, QWidget

from ui.piano_roll.commands import Commands
from ui.piano_roll.empty import EmptyState
from ui.piano_roll.framing import follow, frame_clip, tie_scroll_bars
from ui.piano_roll.keyboard import Keyboard
from ui.piano_roll.playing import Playing
from ui.piano_roll.roll import Roll
from ui.piano_roll.ruler import Ruler
from ui.piano_roll.toolbar import Toolbar
from ui.piano_roll.velocity_lane import VelocityLane
from ui.piano_roll.view import NoteView
from ui.shared.studio import Studio


class PianoRoll(QWidget):
    """Shows the clip `session.selection.clip_id`, and says how to get one where there is none."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Piano roll"))
        self.roll = Roll(studio, self)
        self.body = QWidget(self)
        self.ruler = Ruler(self.roll, self.body)
        self.keyboard = Keyboard(self.roll, self.body)
        self.view = NoteView(self.roll, self.body)
        self.velocities = VelocityLane(self.roll, self.body)
        self.across = QScrollBar(Qt.Orientation.Horizontal, self.body)
        self.upward = QScrollBar(Qt.Orientation.Vertical, self.body)
        self.playing = Playing(self.roll, self.keyboard, self)
        self.commands = Commands(self.roll, self.playing, self.body, self.view)
        self.toolbar = Toolbar(self.roll, self.commands, self)
        self._empty = EmptyState(self)
        self._lay_out()
        tie_scroll_bars(self.roll, self.view, self.across, self.upward)
        for drawn_on in (self.view, self.velocities):
            self.roll.unsettled.connect(drawn_on.cancel)
        self.roll.clip_changed.connect(self._show_clip)
        studio.transport.moved.connect(lambda tick: follow(self.roll, self.view, tick))
        self._show_clip()

    def shown_text(self) -> str:
        """Return what stands in the empty state, nothing while a clip is shown."""
        return self._empty.text() if self._empty.isVisibleTo(self) else ""

    def _lay_out(self) -> None:
        full = QWidget(self)
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.toolbar)
        column.addWidget(self.body, 1)
        grid = QGridLayout(self.body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        caption = QLabel(self.tr("Velocity\n1–127"), self.body)
        caption.setProperty("dim", True)
        caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        grid.addWidget(self.ruler, 0, 1)
        grid.addWidget(self.keyboard, 1, 0)
        grid.addWidget(self.view, 1, 1)
        grid.addWidget(self.upward, 1, 2)
        grid.addWidget(caption, 2, 0)
        grid.addWidget(self.velocities, 2, 1)
        grid.addWidget(self.across, 3, 1)
        grid.setRowStretch(1, 1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(full)
        self._pages.addWidget(self._empty)

    def _show_clip(self) -> None:
        self.playing.stop_steps()
        clip = self.roll.clip
        self._pages.setCurrentIndex(1 if clip is None else 0)
        if clip is not None:
            frame_clip(self.roll, self.view)

    def event(self, event: QEvent) -> bool:
        """Keep the letters of the computer keyboard for playing while that mode is on."""
        if event.type() == QEvent.Type.ShortcutOverride and self.playing.wants(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Play a note, where letters are keys."""
        if not self.playing.press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Let a note go."""
        if not self.playing.release(event):
            super().keyReleaseEvent(event)
