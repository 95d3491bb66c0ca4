"""The dialog of a sweep: several prompts, each rendered by the same seeds."""

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from ui.dialogs.dialog import StudioDialog, button, named
from ui.dialogs.variations import kept
from ui.shared.chosen_region import chosen_region
from ui.shared.controls import NumberField
from ui.shared.controls_number import Number
from ui.shared.panel import dim, heading, spaced
from ui.shared.studio import Studio

SEEDS: Final = Number(1, 64, 2, 1, 1)


class SweepDialog(StudioDialog):
    """A prompt a line; the takes stand in the takes panel, prompt by prompt."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(studio, parent)
        tr = self.tr
        self.setWindowTitle(tr("Prompt sweep"))
        self.prompts = named(QPlainTextEdit(), tr("Prompts"), tr("A prompt a line"))
        self.prompts.setTabChangesFocus(True)
        self.prompts.setPlaceholderText(tr("warm flute, calm\nbright flute, lively"))
        seeds = NumberField(SEEDS, tr("Seeds"), tr("How many takes of each prompt"))
        self.seeds = kept(seeds)
        self.start = button(tr("Render"), tr("Render all prompts as one job"), self._render)
        self._lay_out()
        self.prompts.textChanged.connect(self._show)
        self.seeds.committed.connect(lambda _: self._show())
        studio.session.selection_changed.connect(lambda _: self._show())
        region = chosen_region(studio.session)
        self.prompts.setPlainText(region.prompt if region is not None else "")
        self._show()

    @property
    def wanted(self) -> tuple[str, ...]:
        """Return the prompts, each once."""
        lines = (line.strip() for line in self.prompts.toPlainText().splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))

    def _lay_out(self) -> None:
        tr = self.tr
        foot = QHBoxLayout()
        foot.addWidget(QLabel(tr("Seeds")))
        foot.addWidget(self.seeds)
        foot.addStretch(1)
        foot.addWidget(self.start)
        foot.addWidget(self.close_button())
        column = QVBoxLayout(self)
        spaced(column, 16, 12)
        column.addWidget(heading(tr("Several prompts for the selected region")))
        column.addWidget(dim(tr("A prompt a line; each is rendered by the same seeds.")))
        column.addWidget(self.prompts, 1)
        column.addLayout(foot)
        self.resize(480, 320)

    def _show(self) -> None:
        count = len(self.wanted) * int(self.seeds.value or 1)
        self.start.setText(self.tr("Render {n} takes").format(n=count))
        self.start.setEnabled(count > 0 and chosen_region(self.studio.session) is not None)

    def _render(self) -> None:
        region = chosen_region(self.studio.session)
        if region is not None and self.wanted:
            seeds = int(self.seeds.value or 1)
            self.studio.rendering.sweep(region.id, self.wanted, takes=seeds)
