"""The three plots side by side, each under what it shows."""

from math import log2
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.mixing.analysis import Analysis
from desktop.mixing.spectrum import TUNING_HZ
from ui.analysis.plots import (
    SPECTROGRAM_DBFS,
    SPECTROGRAM_ROLES,
    SPECTROGRAM_STOPS,
    LoudnessPlot,
    SpectrogramPlot,
    SpectrumPlot,
)
from ui.shared.panel import dim
from ui.shared.pitch_names import pitch_name
from ui.shared.readings import minutes_text
from ui.shared.theme import Look

A4_PITCH: Final = 69


class Page(QWidget):
    """Spectrum at the left; spectrogram over loudness, of one time, at the right."""

    pointed = Signal(str)  # what is read at the pointer
    clicked = Signal(float)  # a second of the song

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._swatches: list[tuple[QLabel, tuple[str, ...]]] = []
        self._make_plots()
        self._lay_out()
        self._connect()
        self._colour()

    def show_analysis(self, found: Analysis, start_s: float) -> None:
        """Draw what was found in an excerpt that starts at `start_s` of the song."""
        self.spectrum.show_analysis(found)
        self.spectrogram.show_analysis(found, start_s)
        self.loudness.show_analysis(found, start_s)
        self.set_stale(False)

    def set_stale(self, stale: bool) -> None:
        """Fade what is drawn while something else is measured."""
        for plot in (self.spectrum, self.spectrogram, self.loudness):
            plot.set_stale(stale)

    def show_playhead(self, second: float) -> None:
        """Draw the playhead at `second` of the song."""
        for plot in (self.spectrogram, self.loudness):
            plot.playhead.setValue(second)

    def _make_plots(self) -> None:
        look, tr = self._look, self.tr
        time_tip = tr("Click: playhead there. Wheel: zoom around the pointer. Drag: move")
        tip = tr("Level of each third of a semitone. Wheel: zoom around the pointer. Drag: move")
        self.spectrum = SpectrumPlot(look, tr("Spectrum"), tip)
        self.spectrogram = SpectrogramPlot(look, tr("Spectrogram"), time_tip)
        self.loudness = LoudnessPlot(look, tr("Loudness over time"), time_tip)
        self.loudness.plotItem.vb.setXLink(self.spectrogram.plotItem.vb)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, plot, heading, stretch in (
            (left, self.spectrum, self._spectrum_heading(), 1),
            (right, self.spectrogram, self._spectrogram_heading(), 3),
            (right, self.loudness, self._loudness_heading(), 2),
        ):
            column.setSpacing(0)
            column.addLayout(heading)
            column.addWidget(plot, stretch)
        row.addLayout(left, 2)
        row.addLayout(right, 3)

    def _spectrum_heading(self) -> QHBoxLayout:
        average = self._swatch("accent"), self.tr("average")
        peak = self._swatch("text_dim"), self.tr("peak")
        return _in_a_row(self.tr("Spectrum, dBFS over Hz"), *average, *peak)

    def _spectrogram_heading(self) -> QHBoxLayout:
        low, high = SPECTROGRAM_DBFS
        levels = self.tr("{low:.0f} to {high:.0f} dBFS").format(low=low, high=high)
        scale = self._swatch(*SPECTROGRAM_ROLES), levels
        return _in_a_row(self.tr("Spectrogram, Hz and pitch"), *scale)

    def _loudness_heading(self) -> QHBoxLayout:
        momentary = self._swatch("text_dim"), self.tr("momentary")
        short_term = self._swatch("accent"), self.tr("short-term")
        integrated = self._swatch("warn"), self.tr("integrated")
        return _in_a_row(self.tr("Loudness, LUFS"), *momentary, *short_term, *integrated)

    def _swatch(self, *roles: str) -> QLabel:
        swatch = QLabel()
        swatch.setFixedSize(8 if len(roles) == 1 else 56, 8)
        self._swatches.append((swatch, roles))
        return swatch

    def _connect(self) -> None:
        self._look.changed.connect(self._colour)
        self.spectrum.on_pointed(self._read_spectrum)
        self.spectrogram.on_pointed(self._read_spectrogram)
        self.loudness.on_pointed(self._read_loudness)
        for plot in (self.spectrogram, self.loudness):
            plot.on_clicked(lambda second, _y: self.clicked.emit(second))

    def _colour(self) -> None:
        for swatch, roles in self._swatches:
            colours = [self._look.colour(role).name() for role in (*roles, roles[-1])]
            stops = zip(SPECTROGRAM_STOPS, colours, strict=False)
            gradient = ", ".join(f"stop: {at} {colour}" for at, colour in stops)
            fill = f"qlineargradient(x1: 0, x2: 1, {gradient})"
            swatch.setStyleSheet(f"background: {fill}; border-radius: 2px;")

    def _read_spectrum(self, x: float, y: float) -> None:
        self.pointed.emit(f"{_pitched(10**x)}   {y:.1f} dBFS")

    def _read_spectrogram(self, second: float, y: float) -> None:
        self.pointed.emit(f"{minutes_text(second)}   {_pitched(10**y)}")

    def _read_loudness(self, second: float, y: float) -> None:
        self.pointed.emit(f"{minutes_text(second)}   {y:.1f} LUFS")


def _in_a_row(*parts: str | QLabel) -> QHBoxLayout:
    """Return what heads a plot: texts, and swatches before the texts that they belong to."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    for part in parts:
        if isinstance(part, QLabel):
            row.addSpacing(8)
        row.addWidget(dim(part) if isinstance(part, str) else part)
    row.addStretch(1)
    return row


def _pitched(hz: float) -> str:
    """Return a frequency with the nearest key and how many cents it is off, as `441 Hz A4 +4`."""
    pitch = A4_PITCH + 12 * log2(hz / TUNING_HZ)
    nearest = round(pitch)
    shown = f"{hz / 1000:.2f} kHz" if hz >= 1000 else f"{hz:.1f} Hz"
    cents = round(100 * (pitch - nearest))
    return f"{shown}   {pitch_name(nearest)} {cents:+d} ct"
