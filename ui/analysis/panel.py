"""Spectrum, spectrogram and loudness of what is selected."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontDatabase, QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from ui.analysis.figures import Figures, figures_of
from ui.analysis.measuring import Measuring
from ui.analysis.subject import Scope, Subject, subject_of
from ui.shared.controls import Button
from ui.shared.panel import dim, spaced
from ui.shared.studio import Studio

if TYPE_CHECKING:
    from desktop.mixing.analysis import Analysis
    from ui.analysis.page import Page

SETTLING_MS: Final = 120  # a drag changes the song more often than anybody reads


class AnalysisPanel(QWidget):
    """Measures while it is shown: the selected regions or track, or the mix."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio, self._session = studio, studio.session
        self.scope: Scope = "selection"
        self.subject: Subject | None = None
        self.plots: Page | None = None
        self.measuring = Measuring(studio.session.takes, self)
        self._settle = QTimer(self, singleShot=True, interval=SETTLING_MS)
        self._settle.timeout.connect(self.measure)
        self.setAutoFillBackground(True)
        self._make_parts()
        self._lay_out()
        self._connect()
        self.measure_scope("selection")

    def measure_scope(self, scope: Scope) -> None:
        """Measure what is selected from now on, or the mix."""
        self.scope = scope
        for name, button in self.scopes.items():
            button.setChecked(name == scope)
        self.measure()

    def measure(self) -> None:
        """Measure what is to be shown, unless that is done."""
        if not self.isVisible():
            return
        transport = self._studio.transport
        loop = transport.loop if transport.loops else None
        self.subject = subject_of(self._session.song, self._session.selection, loop, self.scope)
        self.name.setText(self.subject.name)
        self.span.setText(self.subject.span_text)
        if not self.subject.excerpt.plays_takes:
            self.measuring.stop()
            self._show_empty(self.subject.hint)
        elif self.measuring.want(self.subject.excerpt):
            self._show_waiting()

    def copy(self) -> None:
        """Put the figures on the clipboard, a name and a value a line."""
        if self.figures.text:
            QGuiApplication.clipboard().setText(f"{self.name.text()}\n{self.figures.text}\n")
            self._session.said.emit(self.tr("Copied the figures"))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        if self.plots is None:
            self._make_plots()
        self._settle.start(0)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        super().hideEvent(event)
        self._settle.stop()
        self.measuring.stop()

    def _make_parts(self) -> None:
        tr, actions = self.tr, self._studio.actions
        self.name, self.span, self.reading = QLabel(), dim(""), dim("")
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.name.setProperty("heading", True)
        self.name.setAccessibleName(tr("What is measured"))
        self.reading.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.figures = Figures(self._studio.look)
        self.scopes: dict[Scope, Button] = {
            "selection": _choice(tr("Selection"), tr("Measure the selected regions or track")),
            "mix": _choice(tr("Mix"), tr("Measure the mix, within the loop if it is on")),
        }
        for scope, button in self.scopes.items():
            button.clicked.connect(partial(self.measure_scope, scope))
        text = tr("Copy the figures")
        action = actions.add("analysis.copy", "edit", text, self.copy, "Ctrl+C")
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.addAction(action)
        self.copying = Button()
        self.copying.setDefaultAction(action)
        self.copying.setText(tr("Copy"))
        self.copying.setAccessibleName(text)
        self.empty = QLabel()
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)

    def _lay_out(self) -> None:
        header = QHBoxLayout()
        header.setSpacing(8)
        header.addWidget(self.name, 1)
        for widget in (self.reading, self.span, *self.scopes.values(), self.copying):
            header.addWidget(widget)
        self._found = QWidget()
        self._found_row = QHBoxLayout(self._found)
        self._found_row.setContentsMargins(0, 0, 0, 0)
        self._found_row.setSpacing(16)
        self._found_row.addWidget(self.figures)
        self._pages = QStackedLayout()
        self._pages.addWidget(self._found)
        self._pages.addWidget(self.empty)
        column = QVBoxLayout(self)
        spaced(column)
        column.addLayout(header)
        column.addLayout(self._pages, 1)

    def _connect(self) -> None:
        session, transport = self._session, self._studio.transport
        for changed in (session.song_changed, session.selection_changed, transport.loop_changed):
            changed.connect(lambda *_: self._settle.start())
        transport.moved.connect(self._show_playhead)
        self._studio.look.changed.connect(self._colour_empty)
        self.measuring.measured.connect(self._show)
        self.measuring.failed.connect(lambda why: self._show_empty(why, "error"))
        self.measuring.progressed.connect(self._show_progress)

    def _make_plots(self) -> None:
        # Not before it is shown: the library of the plots takes half a second to import.
        from ui.analysis.page import Page  # noqa: PLC0415

        self.plots = Page(self._studio.look)
        self.plots.pointed.connect(self.reading.setText)
        self.plots.clicked.connect(self._go_to)
        self._found_row.insertWidget(0, self.plots, 1)
        self._show_playhead(self._studio.transport.tick)

    def _show(self, found: Analysis) -> None:
        if self.subject is None or self.plots is None:
            return
        rate = self.subject.excerpt.song.settings.sample_rate_hz
        self.plots.show_analysis(found, self.subject.excerpt.frames[0] / rate)
        self.figures.show_figures(figures_of(found))
        silent = self.tr("{span}, silent").format(span=self.subject.span_text)
        self.span.setText(silent if found.is_silent else self.subject.span_text)
        self._pages.setCurrentIndex(0)

    def _show_waiting(self) -> None:
        self.figures.clear()
        if self.plots is not None:
            self.plots.set_stale(True)

    def _show_progress(self, share: float) -> None:
        self.span.setText(self.tr("measuring {n} %").format(n=round(100 * share)))

    def _show_empty(self, text: str, role: str = "text_dim") -> None:
        self.figures.clear()
        self.reading.clear()
        self.empty.setText(text)
        self.empty.setProperty("role", role)
        self._colour_empty()
        self._pages.setCurrentIndex(1)

    def _colour_empty(self) -> None:
        role = str(self.empty.property("role") or "text_dim")
        self.empty.setStyleSheet(f"color: {self._studio.look.colour(role).name()};")

    def _show_playhead(self, tick: float) -> None:
        if self.plots is not None and self.isVisible():
            self.plots.show_playhead(self._session.song.tempo_map.tick_to_second(tick))

    def _go_to(self, second: float) -> None:
        self._studio.transport.go_to(self._session.song.tempo_map.second_to_tick(second))


def _choice(text: str, tip: str) -> Button:
    button = Button()
    button.setText(text)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setCheckable(True)
    return button
