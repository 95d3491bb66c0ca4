"""The figures of an analysis: legible, and to be copied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from inference.arrays import Floats
from ui.shared.panel import dim
from ui.shared.theme import Look

if TYPE_CHECKING:
    from desktop.mixing.analysis import Analysis

WIDTH_PX: Final = 224
FIRST_PX: Final = 18
NONE_YET: Final = "–"
LOUDEST_TRUE_PEAK_DBTP: Final = -1.0  # EBU R 128


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it is shown; `role` is its colour."""

    name: str
    text: str
    tip: str
    role: str = "text"


def figures_of(found: Analysis) -> tuple[Figure, ...]:
    """Return what is measured, the most telling first."""
    tr = _tr
    gated = tr("-inf LUFS") if found.is_silent else tr("below -70 LUFS")
    too_short = tr("under {s} s")
    # fmt: off
    return (
        Figure(tr("Integrated"), _level(found.loudness_lufs, "LUFS")
               or (gated if found.duration_s >= 0.4 else too_short.format(s="0.4")),
               tr("Loudness of the whole, gated (ITU-R BS.1770); needs 0.4 s")),
        Figure(tr("Loudness range"), _level(found.range_lu, "LU")
               or (gated if found.duration_s >= 3 else too_short.format(s="3")),
               tr("Between soft and loud passages (EBU Tech 3342); needs 3 s")),
        Figure(tr("Short-term max"), _highest(found.short_term_lufs)
               or too_short.format(s="3"), tr("The loudest 3 s")),
        Figure(tr("Momentary max"), _highest(found.momentary_lufs)
               or too_short.format(s="0.4"), tr("The loudest 0.4 s")),
        Figure(tr("True peak"), _level(found.true_peak_dbtp, "dBTP") or tr("-inf dBTP"),
               tr("Highest between the samples too; streaming asks for -1 dBTP at most"),
               _peak_role(found.true_peak_dbtp)),
        Figure(tr("Sample peak"), _level(found.peak_dbfs, "dBFS") or tr("-inf dBFS"),
               tr("The largest sample"), "error" if (found.peak_dbfs or -1) > 0 else "text"),
        Figure(tr("Length"), f"{found.duration_s:.2f} s", tr("Of what is measured")),
    )
    # fmt: on


class Figures(QWidget):
    """A column of figures whose text can be selected."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._figures: tuple[Figure, ...] = ()
        self.values: dict[str, QLabel] = {}
        self.setMinimumWidth(WIDTH_PX)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        look.changed.connect(self._colour)

    @property
    def text(self) -> str:
        """Return all figures as lines of name and value, apart by a tab."""
        return "\n".join(f"{figure.name}\t{figure.text}" for figure in self._figures)

    def show_figures(self, figures: tuple[Figure, ...]) -> None:
        """Show `figures`; those of one name keep their place."""
        self._figures = figures
        for figure in figures:
            if figure.name not in self.values:
                self._add_row(figure)
            self.values[figure.name].setText(figure.text)
        self._colour()

    def clear(self) -> None:
        """Show that nothing is known yet."""
        self._figures = ()
        for value in self.values.values():
            value.setText(NONE_YET)

    def _add_row(self, figure: Figure) -> None:
        row = len(self.values)
        name, value = dim(figure.name), QLabel()
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        flags = Qt.TextInteractionFlag
        value.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        value.setAccessibleName(figure.name)
        for label in (name, value):
            label.setToolTip(figure.tip)
        self.values[figure.name] = value
        self._grid.addWidget(name, row, 0)
        self._grid.addWidget(value, row, 1)
        self._grid.setRowStretch(row, 0)
        self._grid.setRowStretch(row + 1, 1)

    def _colour(self) -> None:
        for number, figure in enumerate(self._figures):
            px = round(FIRST_PX * self._look.text_percent / 100)
            size = f"font-size: {px}px; font-weight: 600; " if number == 0 else ""
            colour = self._look.colour(figure.role).name()
            self.values[figure.name].setStyleSheet(f"{size}color: {colour};")


def _level(value: float | None, unit: str) -> str:
    return "" if value is None else f"{round(value, 1) + 0.0:.1f} {unit}"


def _highest(levels: Floats) -> str:
    if not len(levels):
        return ""
    highest = float(levels.max())
    return f"{highest:.1f} LUFS" if highest > float("-inf") else _tr("-inf LUFS")


def _peak_role(true_peak_dbtp: float | None) -> str:
    if true_peak_dbtp is None or true_peak_dbtp <= LOUDEST_TRUE_PEAK_DBTP:
        return "text"
    return "error" if true_peak_dbtp > 0 else "warn"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Analysis", text)
