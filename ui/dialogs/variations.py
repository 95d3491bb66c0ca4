"""The dialog that makes takes from the take that plays: like it, or from its sound."""

from functools import partial
from typing import Final

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.document.song import Region
from desktop.rendering.jobs import Retake, Rework, Variation
from ui.dialogs.dialog import StudioDialog, button
from ui.shared.chosen_region import chosen_region
from ui.shared.controls import NumberField
from ui.shared.controls_number import Number
from ui.shared.panel import dim, heading, spaced
from ui.shared.studio import Studio

PERCENT: Final = Number(0, 100, 30, 5, 1, unit="%")
TAKES: Final = Number(1, 64, 1, 1, 1)


class VariationsDialog(StudioDialog):
    """Works on the first of the selected regions, whichever that is when a button is pressed."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(studio, parent)
        self.setWindowTitle(self.tr("Variations"))
        tr = self.tr
        self.of = QLabel()
        self.takes = kept(NumberField(TAKES, tr("Takes"), tr("How many takes to make")))
        self.variance = kept(
            NumberField(PERCENT, tr("Variance"), tr("How far from the take: 0 % is the same"))
        )
        self.strength = kept(
            NumberField(PERCENT, tr("Strength"), tr("How much is made anew: 100 % is all"))
        )
        self.retake = button(tr("Retake"), tr("Render takes that are like this one"), self._retake)
        self.rework = button(tr("Rework"), tr("Render takes from this one's sound"), self._rework)
        self._lay_out()
        studio.session.selection_changed.connect(lambda _: self._show())
        studio.session.song_changed.connect(lambda _before, _after: self._show())
        self._show()

    @property
    def region(self) -> Region | None:
        """Return the region that is varied, None where none is selected or it plays no take."""
        region = chosen_region(self.studio.session)
        return region if region is not None and region.playing is not None else None

    def _lay_out(self) -> None:
        tr, grid = self.tr, QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        retake = tr("The same noise, turned towards another: the sketch and the prompt are played "
                    "anew, near to the take.")  # fmt: skip
        rework = tr("The take's own sound, made anew in part: melody and rhythm stay the longer "
                    "the less strength.")  # fmt: skip
        for row, (name, field, press, hint) in enumerate(
            (
                (tr("Variance"), self.variance, self.retake, retake),
                (tr("Strength"), self.strength, self.rework, rework),
            )
        ):
            grid.addWidget(QLabel(name), 2 * row, 0)
            grid.addWidget(field, 2 * row, 1)
            grid.addWidget(press, 2 * row, 2)
            grid.addWidget(dim(hint, wrapped=True), 2 * row + 1, 0, 1, 3)
        takes = QHBoxLayout()
        takes.addWidget(QLabel(tr("Takes")))
        takes.addWidget(self.takes)
        takes.addStretch(1)
        takes.addWidget(self.close_button())
        column = QVBoxLayout(self)
        spaced(column, 16, 12)
        column.addWidget(heading(tr("Variations of the take that plays")))
        column.addWidget(self.of)
        column.addLayout(grid)
        column.addLayout(takes)
        self.setMinimumWidth(440)

    def _show(self) -> None:
        region = self.region
        text = self.tr("Select a region that plays a take.")
        if region is not None:
            text = region.prompt or self.tr("no prompt")
        self.of.setText(text)
        for press in (self.retake, self.rework):
            press.setEnabled(region is not None)

    def _retake(self) -> None:
        if (region := self.region) is not None and region.active_take is not None:
            self._render(region, Retake(region.active_take, (self.variance.value or 0) / 100))

    def _rework(self) -> None:
        if (region := self.region) is not None and region.active_take is not None:
            self._render(region, Rework(region.active_take, (self.strength.value or 0) / 100))

    def _render(self, region: Region, variation: Variation) -> None:
        self.studio.rendering.vary(region.id, variation, takes=int(self.takes.value or 1))


def kept(field: NumberField) -> NumberField:
    """Return `field`, which keeps what is set in it."""
    for signal in (field.previewed, field.committed):
        signal.connect(partial(NumberField.set_value, field))
    return field
