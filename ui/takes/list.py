"""The takes of a region as a list with a column for each figure."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.shared.peak_store import PeakStore
from ui.shared.takes import MAX_STARS, STAR
from ui.shared.theme import Look
from ui.takes.table import (
    GATE,
    LENGTH,
    LOUDNESS,
    NAME,
    NOTES,
    PEAK,
    PLAYS,
    PROMPT,
    SEED,
    STARS,
    TEMPO,
    WAVE,
    WON,
    TakesModel,
)
from ui.takes.waves import WAVE_PX, WaveDelegate

ROW_PX: Final = 28
PAD_PX: Final = 24
SORT_PX: Final = 28  # the sign that the rows are sorted, and room around the title
WIDEST: Final = {
    PLAYS: "\u25b6",
    STARS: STAR * MAX_STARS,
    SEED: "1234567890",
    LENGTH: "1234.00",
    LOUDNESS: "-100.0",
    PEAK: "-100.0",
    NOTES: "100%",
    TEMPO: "10.0 %",
    WON: "10:10",
}


class TakesList(QTableView):
    """A row a take; only those in view are measured and drawn."""

    def __init__(self, model: TakesModel, store: PeakStore, look: Look) -> None:
        super().__init__()
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setItemDelegateForColumn(WAVE, WaveDelegate(store, look, self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        look.changed.connect(self._fit_columns)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.DoubleClicked)
        self._set_headers()
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Make room for the widest text, without looking at each of thousands of rows."""
        columns, model = self.horizontalHeader(), self.model()
        metrics, role = self.fontMetrics(), Qt.ItemDataRole.DisplayRole
        for column, text in WIDEST.items():
            title = str(model.headerData(column, Qt.Orientation.Horizontal, role))
            room = metrics.horizontalAdvance(title) + SORT_PX
            columns.resizeSection(column, max(room, metrics.horizontalAdvance(text) + PAD_PX))
        columns.resizeSection(WAVE, WAVE_PX)

    def _set_headers(self) -> None:
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_PX)
        columns.setMinimumSectionSize(24)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column in (NAME, PROMPT, GATE):
            columns.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        columns.setHighlightSections(False)
        columns.setSectionsClickable(True)
        columns.setSortIndicatorShown(True)
        columns.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        columns.setToolTip(self.tr("Click to sort; click again for the other way round"))
