"""Spectrum, spectrogram and loudness as plots, in the colours of the theme."""

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeAlias

import numpy as np
import pyqtgraph as pg  # type: ignore[import-untyped]
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QSizePolicy

from desktop.mixing.analysis import Analysis
from desktop.mixing.spectrum import bands_hz
from inference.arrays import Floats
from inference.loudness import BLOCK_S, HOP_S, HOPS_OF_SHORT_TERM
from ui.shared.theme import Look

LEFT_PX: Final = 40
RIGHT_PX: Final = 28
BOTTOM_PX: Final = 20
LABEL_PX: Final = 11
FULL: Final = [(0, 0.9)]  # the share of an axis that its names may fill before some are left out
STALE: Final = 0.35  # opacity of what was measured before
SPECTRUM_DBFS: Final = (-96.0, 6.0)
SPECTROGRAM_DBFS: Final = (-84.0, -12.0)
SPECTROGRAM_ROLES: Final = ("well", "accent", "text")
SPECTROGRAM_STOPS: Final = (0.0, 0.65, 1.0)
LOUDNESS_LUFS: Final = (-60.0, 0.0)
FIRST_HZ: Final = (100, 1000, 10_000)
SHOWN_HZ: Final = (20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000)
ALL_HZ: Final = [n * decade for decade in (10, 100, 1000, 10_000) for n in range(1, 10)]
C4_HZ: Final = 440 * 2 ** (-9 / 12)
LEVELS_OF_COLOUR: Final = 256
MIN_SECONDS: Final = 0.25

Ticks: TypeAlias = list[list[tuple[float, str]]]
Pointed: TypeAlias = Callable[[float, float], None]


class TimeAxis(pg.AxisItem):  # type: ignore[misc]
    """Minutes and seconds of the song."""

    def tickStrings(  # noqa: N802
        self, values: Iterable[float], _scale: float, spacing: float
    ) -> list[str]:
        decimals = 0 if spacing >= 1 else 1 if spacing >= 0.1 else 2
        width = 3 + decimals if decimals else 2
        return [f"{int(v // 60)}:{v % 60:0{width}.{decimals}f}" for v in values]


class SmoothImage(pg.ImageItem):  # type: ignore[misc]
    """An image whose pixels are blended, not blocks, at any size."""

    def paint(self, painter: QPainter, *rest: object) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        super().paint(painter, *rest)


class Plot(pg.PlotWidget):  # type: ignore[misc]
    """A plot without a frame; `pointed` is told what lies under the pointer."""

    def __init__(self, look: Look, name: str, tip: str, bottom: Any = None) -> None:
        super().__init__(axisItems={"bottom": bottom} if bottom else {})
        self.look = look
        self.setBackground(None)  # that of the panel
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumSize(120, 40)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.hideButtons()
        self.setMenuEnabled(False)
        self.setAntialiasing(True)
        self.plotItem.layout.setContentsMargins(0, 4, 0, 0)
        self._lay_out_axes()
        look.changed.connect(self.colour)

    def axis(self, side: str) -> Any:
        """Return the axis at `side`."""
        return self.plotItem.getAxis(side)

    def pen(self, role: str, px: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> Any:
        """Return a pen of the theme, `px` wide on a screen of any density."""
        width = px * self.devicePixelRatioF()  # pens that do not grow when zoomed are of the device
        return pg.mkPen(self.look.colour(role), width=width, style=style)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.colour()
        return bool(super().event(event))

    def on_pointed(self, run: Pointed) -> None:
        """Let `run` be told the place under the pointer whenever it moves over the plot."""

        def moved(at: QPointF) -> None:
            if self.plotItem.vb.sceneBoundingRect().contains(at):
                place = self.plotItem.vb.mapSceneToView(at)
                run(place.x(), place.y())

        self.scene().sigMouseMoved.connect(moved)

    def on_clicked(self, run: Pointed) -> None:
        """Let `run` be told the place that is clicked."""

        def clicked(event: Any) -> None:
            if event.button() == Qt.MouseButton.LeftButton:
                place = self.plotItem.vb.mapSceneToView(event.scenePos())
                run(place.x(), place.y())

        self.scene().sigMouseClicked.connect(clicked)

    def colour(self) -> None:
        """Take the colours and the size of the theme."""
        font = QFont(self.font())
        font.setPixelSize(round(LABEL_PX * self.look.text_percent / 100))
        self.plotItem.vb.setBackgroundColor(self.look.colour("well"))
        for side in ("left", "bottom", "right"):
            axis = self.axis(side)
            axis.setStyle(tickFont=font)
            axis.setPen(self.look.colour("line"))
            axis.setTickPen(self.look.colour("grid_bar"))
            axis.setTextPen(self.look.colour("text_dim"))

    def _lay_out_axes(self) -> None:
        for side, size in (("left", LEFT_PX), ("right", RIGHT_PX), ("bottom", BOTTOM_PX)):
            axis = self.axis(side)
            axis.setStyle(textFillLimits=FULL)
            axis.setStyle(tickLength=-4, tickTextOffset=4, autoExpandTextSpace=False)
            axis.enableAutoSIPrefix(False)
            _ = axis.setHeight(size) if side == "bottom" else axis.setWidth(size)


class SpectrumPlot(Plot):
    """Average and peak levels over a logarithmic axis of frequencies."""

    def __init__(self, look: Look, name: str, tip: str) -> None:
        super().__init__(look, name, tip)
        self._x = np.log10(bands_hz())
        self.peak = self.plotItem.plot(antialias=True)
        self.average = self.plotItem.plot(antialias=True, fillLevel=SPECTRUM_DBFS[0])
        view = self.plotItem.vb
        ends = np.log10((20, 20_000))
        view.setRange(xRange=ends, yRange=SPECTRUM_DBFS, padding=0)
        view.setLimits(xMin=ends[0], xMax=ends[1], minXRange=0.1)
        view.setLimits(yMin=SPECTRUM_DBFS[0], yMax=SPECTRUM_DBFS[1])
        view.setMouseEnabled(x=True, y=False)
        self.axis("bottom").setTicks(_frequency_ticks())
        self.axis("left").setTicks(_levels(range(-72, 1, 24), range(-84, 0, 24)))
        self.showGrid(x=True, y=True, alpha=0.5)
        self.colour()

    def show_analysis(self, found: Analysis) -> None:
        """Draw what was found."""
        self.peak.setData(self._x, found.spectrum.peak)
        self.average.setData(self._x, found.spectrum.average)

    def set_stale(self, stale: bool) -> None:
        """Fade what is drawn, or bring it back."""
        for item in (self.peak, self.average):
            item.setOpacity(STALE if stale else 1.0)

    def colour(self) -> None:
        super().colour()
        self.peak.setPen(self.pen("text_dim", 1))
        self.average.setPen(self.pen("accent", 1.5))
        self.average.setBrush(self.look.colour("accent", 0.18))


class TimePlot(Plot):
    """A plot over the time of the song, with the playhead."""

    def __init__(self, look: Look, name: str, tip: str) -> None:
        super().__init__(look, name, tip, TimeAxis("bottom"))
        self.playhead = pg.InfiniteLine(angle=90)
        self.playhead.setZValue(10)
        self.addItem(self.playhead, ignoreBounds=True)
        self.plotItem.showAxis("right")
        self.plotItem.vb.setMouseEnabled(x=True, y=False)

    def show_span(self, start_s: float, duration_s: float) -> None:
        """Show the time [start_s, start_s + duration_s], and nothing around it."""
        view, end_s = self.plotItem.vb, start_s + duration_s
        view.setLimits(xMin=start_s, xMax=end_s, minXRange=min(MIN_SECONDS, duration_s))
        view.setXRange(start_s, end_s, padding=0)

    def colour(self) -> None:
        super().colour()
        self.playhead.setPen(self.pen("playhead", 1))


class SpectrogramPlot(TimePlot):
    """Levels of frequencies over time, from none in the surface's colour to full in the text's."""

    def __init__(self, look: Look, name: str, tip: str) -> None:
        super().__init__(look, name, tip)
        self.image = SmoothImage()
        self.addItem(self.image)
        ends = np.log10(bands_hz()[[0, -1]])
        self.plotItem.vb.setLimits(yMin=ends[0], yMax=ends[1])
        self.plotItem.vb.setYRange(*ends, padding=0)
        self.axis("left").setTicks(_frequency_ticks())
        self.axis("right").setTicks(_octaves())
        self.axis("bottom").setStyle(showValues=False)
        self.axis("bottom").setHeight(2)
        self.colour()

    def show_analysis(self, found: Analysis, start_s: float) -> None:
        """Draw what was found from `start_s` of the song on."""
        levels = found.spectrum.over_time
        bottom, top = np.log10(bands_hz()[[0, -1]])
        duration_s = len(levels) * found.spectrum.column_s
        self.image.setImage(levels.astype(np.float32), autoLevels=False, levels=SPECTROGRAM_DBFS)
        self.image.setRect(QRectF(start_s, bottom, duration_s, top - bottom))
        self.show_span(start_s, found.duration_s)

    def set_stale(self, stale: bool) -> None:
        """Fade what is drawn, or bring it back."""
        self.image.setOpacity(STALE if stale else 1.0)

    def colour(self) -> None:
        super().colour()
        stops = [self.look.colour(role) for role in SPECTROGRAM_ROLES]
        colours = pg.ColorMap(SPECTROGRAM_STOPS, stops)
        self.image.setLookupTable(colours.getLookupTable(nPts=LEVELS_OF_COLOUR))


class LoudnessPlot(TimePlot):
    """Momentary and short-term loudness over time, and the integrated one as a line."""

    def __init__(self, look: Look, name: str, tip: str) -> None:
        super().__init__(look, name, tip)
        self.momentary = self.plotItem.plot(antialias=True, connect="finite")
        self.short_term = self.plotItem.plot(antialias=True, connect="finite")
        self.integrated = pg.InfiniteLine(angle=0)
        self.addItem(self.integrated, ignoreBounds=True)
        self.plotItem.vb.setLimits(yMin=LOUDNESS_LUFS[0], yMax=LOUDNESS_LUFS[1])
        self.plotItem.vb.setYRange(*LOUDNESS_LUFS, padding=0)
        self.axis("left").setTicks(_levels(range(-40, 0, 20), range(-50, 0, 20)))
        self.axis("right").setTicks([])
        self.showGrid(y=True, alpha=0.5)
        self.colour()

    def show_analysis(self, found: Analysis, start_s: float) -> None:
        """Draw what was found from `start_s` of the song on."""
        self.momentary.setData(*_over_time(found.momentary_lufs, start_s + BLOCK_S))
        first_s = start_s + HOPS_OF_SHORT_TERM * HOP_S
        self.short_term.setData(*_over_time(found.short_term_lufs, first_s))
        self.integrated.setVisible(found.loudness_lufs is not None)
        self.integrated.setValue(found.loudness_lufs or 0.0)
        self.show_span(start_s, found.duration_s)

    def set_stale(self, stale: bool) -> None:
        """Fade what is drawn, or bring it back."""
        for item in (self.momentary, self.short_term, self.integrated):
            item.setOpacity(STALE if stale else 1.0)

    def colour(self) -> None:
        super().colour()
        self.momentary.setPen(self.pen("text_dim", 1))
        self.short_term.setPen(self.pen("accent", 1.5))
        self.integrated.setPen(self.pen("warn", 1, Qt.PenStyle.DashLine))


def _over_time(levels: Floats, first_s: float) -> tuple[np.ndarray[Any, Any], Floats]:
    seconds = first_s + np.arange(len(levels)) * HOP_S
    return seconds, np.where(np.isfinite(levels), levels, np.nan)


def _frequency_ticks() -> Ticks:
    """Return those that are always named, those that are where there is room, and bare lines."""
    named = {
        hz: (float(np.log10(hz)), f"{hz // 1000}k" if hz >= 1000 else f"{hz}") for hz in SHOWN_HZ
    }
    first = [named.pop(hz) for hz in FIRST_HZ]
    lines = [(float(np.log10(hz)), "") for hz in ALL_HZ if 20 < hz < 20_000]
    return [first, [*named.values()], lines]


def _octaves() -> Ticks:
    """Return each C, every other one only where there is room."""
    named = [(float(np.log10(C4_HZ * 2.0 ** (n - 4))), f"C{n}") for n in range(1, 10)]
    return [named[1::2], named[::2]]


def _levels(first: range, second: range) -> Ticks:
    """Return levels: `first` always, `second` where there is room."""
    return [[(level, f"{level}") for level in levels] for levels in (first, second)]
