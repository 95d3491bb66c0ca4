"""Asks how notes are quantised: to which grid, how far, and how much they swing."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QSpinBox,
    QWidget,
)

from ui.shared.snap import DIVISIONS, USUAL, Division, division_text

GRIDS: Final = tuple(division for division in DIVISIONS if division.ticks is not None)
USUAL_GRID: Final = next(division for division in GRIDS if division.name == USUAL)


@dataclass(frozen=True, slots=True)
class Quantising:
    """How notes are quantised; `strength` 0..1 of the way, `swing` 0..1 of a third of a step."""

    division: Division
    strength: float = 1.0
    swing: float = 0.0
    ends: bool = False


class QuantiseDialog(QDialog):
    """Grid, strength and swing; `chosen` says what was chosen."""

    def __init__(self, before: Quantising, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Quantise"))
        self.grid = QComboBox(self)
        self.grid.addItems([division_text(division) for division in GRIDS])
        self.grid.setCurrentIndex(GRIDS.index(before.division) if before.division in GRIDS else 0)
        self.strength = self._percent(before.strength)
        self.strength.setToolTip(self.tr("How far notes move to the grid: 100 % is all the way"))
        self.swing = self._percent(before.swing)
        self.swing.setToolTip(
            self.tr("How late every second line is: at 100 % steps are as long as in a triplet")
        )
        self.ends = QCheckBox(self.tr("Ends of notes too"), self)
        self.ends.setChecked(before.ends)
        rows = (
            (self.tr("Grid"), self.grid),
            (self.tr("Strength"), self.strength),
            (self.tr("Swing"), self.swing),
        )
        form = QFormLayout(self)
        for text, field in rows:
            form.addRow(text, field)
            field.setAccessibleName(text)
        form.addRow(self.ends)
        form.addRow(self._buttons())

    @property
    def chosen(self) -> Quantising:
        """Return what the fields say."""
        return Quantising(
            GRIDS[self.grid.currentIndex()],
            self.strength.value() / 100,
            self.swing.value() / 100,
            self.ends.isChecked(),
        )

    def _percent(self, share: float) -> QSpinBox:
        box = QSpinBox(self)
        box.setRange(0, 100)
        box.setSingleStep(5)
        box.setSuffix(" %")
        box.setValue(round(share * 100))
        return box

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        ok = buttons.addButton(self.tr("Quantise"), QDialogButtonBox.ButtonRole.AcceptRole)
        ok.setDefault(True)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons
