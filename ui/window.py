"""The main window: the panels in their places, the menus, the status line."""

from functools import partial
from typing import Final, Literal

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QMainWindow,
    QSplitter,
    QSplitterHandle,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.session.hearing import Hearing
from desktop.session.selection import Selection
from desktop.storage.view import View, write_view
from ui.analysis.panel import AnalysisPanel
from ui.browser.panel import Browser
from ui.dialogs.opening import Dialogs
from ui.edit_actions import register_edit_actions
from ui.empty_song import EmptySong
from ui.file_actions import FileActions
from ui.inspector.panel import Inspector
from ui.menus import Menus
from ui.mixer.panel import Mixer
from ui.piano_roll.panel import PianoRoll
from ui.questions import ask_to_save
from ui.queue.panel import QueuePanel
from ui.render_actions import register_drawing, register_hearing, register_render_actions
from ui.shared.studio import Studio
from ui.status import StatusLine
from ui.takes.panel import TakesPanel
from ui.timeline.panel import Timeline
from ui.transport.bar import TransportBar

Below = Literal["piano_roll", "mixer", "takes", "analysis", "queue", ""]
BELOW: Final[tuple[Below, ...]] = ("piano_roll", "mixer", "takes", "analysis", "queue")
COLUMN_WIDTHS: Final = (220, 820, 280)
ROW_HEIGHTS: Final = (440, 300)


class MainWindow(QMainWindow):
    """One open song. Asks before it closes with changes that are not saved."""

    gone = Signal()

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.studio = studio
        self._session = studio.session
        self.files = FileActions(studio, self)
        register_edit_actions(studio)
        self.hearing = Hearing(studio.session, self)
        register_render_actions(studio)
        register_hearing(studio, self.hearing)
        register_drawing(studio)
        self._make_panels()
        self._lay_out()
        self._register_view()
        self.dialogs = Dialogs(studio, self)
        self.menus = Menus(self, studio.actions)
        self.empty = EmptySong(studio, self.timeline, self._draw)
        self.status = StatusLine(studio, self)
        self.setStatusBar(self.status)
        for progress in (studio.rendering.changed, studio.rendering.progressed):
            progress.connect(self._show_progress)
        self._session.saved_changed.connect(self._show_title)
        self._session.song_changed.connect(self._show_title)
        self._show_title()
        self._recall()
        begins = self.empty.draw if not self._session.song.tracks else self.timeline
        begins.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_below(self, name: Below) -> None:
        """Show one of the panels below, none for an empty name."""
        self.below.setVisible(bool(name))
        if name:
            self.below.setCurrentIndex(BELOW.index(name))
        for each in BELOW:
            self.studio.actions[f"view.{each}"].setChecked(each == name)
        self.studio.settings.setValue("window/below", name)

    @property
    def shown_below(self) -> Below:
        """Return which panel is below, an empty name for none."""
        return BELOW[self.below.currentIndex()] if not self.below.isHidden() else ""

    @property
    def view(self) -> View:
        """Return what of the song is in view, and which panels are open."""
        scale, arrangement = self.studio.scale, self.timeline.arrangement
        return View(
            left_tick=scale.left_tick,
            pixels_per_tick=scale.pixels_per_tick,
            top_px=arrangement.top_px,
            heights=arrangement.heights,
            unfolded=frozenset(arrangement.unfolding.tracks),
            clip_id=self._session.selection.clip_id,
            below=self.shown_below,
            browser=not self.browser.isHidden(),
            inspector=not self.inspector.isHidden(),
        )

    def open_panels(self, view: View) -> None:
        """Show the panels that were open in `view`, and no others."""
        self.show_below(_below(view.below))
        self._show_side("browser", view.browser)
        self._show_side("inspector", view.inspector)

    def look(self, view: View) -> None:
        """Show what of the song was in `view`, as far as it is still there."""
        self._session.select(Selection(clip_id=view.clip_id))
        self.timeline.arrangement.look(view)

    def may_leave(self) -> bool:
        """Return whether the song may be closed; the user is asked what to do with changes."""
        self._session.cancel_preview()
        if self._session.is_saved:
            return True
        answer = ask_to_save(self, self._session.song.title)
        if answer == "cancel":
            return False
        self.studio.rendering.close()  # or a take that comes in now would be saved by neither
        if answer == "save":
            return self._session.save()
        self._session.discard()
        return True

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        if not self.may_leave():
            event.ignore()
            return
        self.leave()
        event.accept()

    def leave(self) -> None:
        """Remember how the window stands, and let the song go."""
        self.files.end()
        self.dialogs.leave()
        self.hearing.close()
        self.transport.melody.close()
        write_view(self._session.folder, self.view)
        self.studio.settings.setValue("window/geometry", self.saveGeometry())
        self.studio.settings.setValue("window/columns", self.columns.saveState())
        self.studio.settings.setValue("window/rows", self.rows.saveState())
        self.gone.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        double = event.type() == QEvent.Type.MouseButtonDblClick
        if double and isinstance(watched, QSplitterHandle):
            self._restore_sizes(watched.splitter())
            return True
        return super().eventFilter(watched, event)

    def _make_panels(self) -> None:
        studio = self.studio
        self.transport, self.browser = TransportBar(studio), Browser(studio)
        self.timeline, self.inspector = Timeline(studio), Inspector(studio)
        self.piano_roll, self.mixer = PianoRoll(studio), Mixer(studio)
        self.takes, self.analysis = TakesPanel(studio), AnalysisPanel(studio)
        self.timeline.lanes.addActions(self.takes.numbered)
        self.timeline.clip_opened.connect(lambda _clip_id: self.show_below("piano_roll"))
        self.queue = QueuePanel(studio)

    def _lay_out(self) -> None:
        self.below = QStackedWidget()
        for panel in (self.piano_roll, self.mixer, self.takes, self.analysis, self.queue):
            self.below.addWidget(panel)
        self.columns = _splitter(
            Qt.Orientation.Horizontal, self.browser, self.timeline, self.inspector
        )
        self.rows = _splitter(Qt.Orientation.Vertical, self.columns, self.below)
        self.columns.setStretchFactor(1, 1)
        self.rows.setStretchFactor(0, 1)
        for splitter in (self.columns, self.rows):
            for at in range(1, splitter.count()):
                splitter.handle(at).installEventFilter(self)
        self._restore_sizes(self.columns)
        self._restore_sizes(self.rows)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.transport)
        column.addWidget(self.rows, 1)
        self.setCentralWidget(centre)

    def _register_view(self) -> None:
        add, tr = self.studio.actions.add, self.tr
        names = {"piano_roll": tr("Piano roll"), "mixer": tr("Mixer"), "takes": tr("Takes")}
        names["analysis"] = tr("Spectrum and loudness")
        names["queue"] = tr("Render queue")
        for name, key in zip(BELOW, "PXGFJ", strict=True):
            run = partial(self._toggle_below, name)
            add(f"view.{name}", "view", names[name], run, key, checkable=True)
        for side, text, key in (
            ("browser", tr("Browser"), "Ctrl+B"),
            ("inspector", tr("Inspector"), "I"),
        ):
            toggle = partial(self._toggle_side, side)
            add(f"view.{side}", "view", text, toggle, key, checkable=True)
        add("theme.dark", "view", tr("Dark"), partial(self._use_theme, "dark"), checkable=True)
        add("theme.light", "view", tr("Light"), partial(self._use_theme, "light"), checkable=True)
        self.studio.look.changed.connect(self._show_theme)
        self._show_theme()

    def _recall(self) -> None:
        settings = self.studio.settings
        self.resize(1280, 800)
        for name, recall in (
            ("geometry", self.restoreGeometry),
            ("columns", self.columns.restoreState),
            ("rows", self.rows.restoreState),
        ):
            # a settings file that was edited, or damaged, may hold text or a number there
            if isinstance(state := settings.value(f"window/{name}"), QByteArray):
                recall(state)
        for name in ("browser", "inspector"):
            self._show_side(name, str(settings.value(f"window/{name}", "true")) == "true")
        self.show_below(_below(str(settings.value("window/below", "piano_roll"))))

    def _draw(self) -> None:
        self.show_below("piano_roll")
        self.piano_roll.setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggle_below(self, name: Below) -> None:
        self.show_below("" if self.shown_below == name else name)

    def _toggle_side(self, name: str) -> None:
        self._show_side(name, getattr(self, name).isHidden())

    def _show_side(self, name: str, shown: bool) -> None:
        getattr(self, name).setVisible(shown)
        self.studio.actions[f"view.{name}"].setChecked(shown)
        self.studio.settings.setValue(f"window/{name}", "true" if shown else "false")

    def _use_theme(self, name: Literal["dark", "light"]) -> None:
        self.studio.look.use(name)
        self.studio.settings.setValue("theme", name)
        self._show_theme()

    def _show_theme(self) -> None:
        for name in ("dark", "light"):
            self.studio.actions[f"theme.{name}"].setChecked(self.studio.look.name == name)

    def _restore_sizes(self, splitter: QSplitter) -> None:
        splitter.setSizes(COLUMN_WIDTHS if splitter is self.columns else ROW_HEIGHTS)

    def _show_progress(self) -> None:
        self.timeline.show_progress(self.studio.rendering.shares)

    def _show_title(self) -> None:
        self.setWindowTitle(f"{self._session.song.title}[*] — Partimento")
        self.setWindowModified(not self._session.is_saved)


def _below(name: str) -> Below:
    return next((each for each in BELOW if each == name), "")


def _splitter(orientation: Qt.Orientation, *widgets: QWidget) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setHandleWidth(4)
    splitter.setChildrenCollapsible(False)
    for widget in widgets:
        splitter.addWidget(widget)
    return splitter
