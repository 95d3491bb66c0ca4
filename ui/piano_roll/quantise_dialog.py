"""Asks how notes are quantised: to which grid, how far, and how much they swing."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QWidget,
)

from ui.shared.controls import NumberField
from ui.shared.controls_number import Number
from ui.shared.snap import DIVISIONS, USUAL, Division, division_text

GRIDS: Final = tuple(division for division in DIVISIONS if division.ticks is not None)
USUAL_GRID: Final = next(division for division in GRIDS if division.name == USUAL)


@dataclass(frozen=True, slots=True)
class Quantising:
    """How notes are quantised; `strength` 0..1 of the way, `swing` 0..1 of a third of a step."""

    division: Division
    strength: float = 1.0
    swing: float = 0.0


class QuantiseDialog(QDialog):
    """Grid, strength and swing; `chosen` says what was chosen."""

    def __init__(self, before: Quantising, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Quantise"))
        self.grid = QComboBox(self)
        self.grid.addItems([division_text(division) for division in GRIDS])
        self.grid.setCurrentIndex(GRIDS.index(before.division) if before.division in GRIDS else 0)
        tip = self.tr("How far notes move to the grid; 100 % is all the way")
        self.strength = _percent(before.strength, 1.0, self.tr("Strength"), tip)
        tip = self.tr("How late every second line is; 100 % is as late as in a triplet")
        self.swing = _percent(before.swing, 0.0, self.tr("Swing"), tip)
        self.grid.setAccessibleName(self.tr("Grid"))
        self.grid.setToolTip(self.tr("What notes move to"))
        form = QFormLayout(self)
        for field in (self.grid, self.strength, self.swing):
            form.addRow(field.accessibleName(), field)
        form.addRow(self._buttons())

    @property
    def chosen(self) -> Quantising:
        """Return what the fields say."""
        return Quantising(
            GRIDS[self.grid.currentIndex()],
            _share(self.strength),
            _share(self.swing),
        )

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        ok = buttons.addButton(self.tr("Quantise"), QDialogButtonBox.ButtonRole.AcceptRole)
        ok.setDefault(True)
        ok.setToolTip(self.tr("Quantise the selected notes, or all (Return)"))
        no = buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        no.setToolTip(self.tr("Leave the notes as they are (Esc)"))
        for button in (ok, no):
            button.setAccessibleName(button.text())
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons


def _percent(share: float, usual: float, name: str, tip: str) -> NumberField:
    field = NumberField(Number(0, 100, usual * 100, step=5, fine=1, unit="%"), name, tip)
    field.committed.connect(field.set_value)
    field.set_value(round(share * 100))
    return field


def _share(field: NumberField) -> float:
    field.settle()
    return (field.value or 0.0) / 100
