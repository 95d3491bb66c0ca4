"""The takes of the one selected region: found, compared, chosen, starred, rejected, named."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from desktop.document.song import Region, Song, Take
from desktop.session.selection import Selection
from ui.shared.studio import Studio
from ui.takes.actions import Commands
from ui.takes.acts import Acts
from ui.takes.arranging import Order
from ui.takes.comparisons import Comparisons
from ui.takes.crossfade import Crossfade
from ui.takes.details import Details
from ui.takes.filter_bar import FilterBar
from ui.takes.levels import Levels
from ui.takes.pages import Pages
from ui.takes.shown import ShownTakes
from ui.takes.table import ORDERS

DETAILS_PX: Final = 280


class TakesPanel(QWidget):
    """One region's takes; Return or 1 to 9 chooses, * stars, Delete rejects, F2 names."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio, self._session = studio, studio.session
        self._waits = True  # for being shown, to show what there is
        self.filter = FilterBar()
        self.shown = ShownTakes(studio, self.filter, self)
        self.model, self.fidelity = self.shown.model, self.shown.fidelity
        self.acts = Acts(studio, self.shown, self)
        self.pages = Pages(studio, self.shown, self)
        self.table, self.grid, self.peaks = self.pages.table, self.pages.grid, self.pages.peaks
        self.comp, self.comping = self.pages.comp, self.pages.comping
        self.blind, self.empty = self.pages.blind, self.pages.empty
        self.details = Details(self.acts.comment)
        self.levels, self.crossfade = Levels(studio), Crossfade(studio.session)
        self.comparing = Comparisons(studio, self.shown, self.pages)
        self.numbered = Commands(studio, self).numbered  # keys that hold in the timeline too
        self._lay_out()
        self._connect()
        self._show(self._session.song, self._session.selection)

    @property
    def chosen(self) -> Take | None:
        """Return the take of the current row."""
        return self.shown.chosen

    def play(self, row: int) -> None:
        """Let the region play the take in `row`, if there is one."""
        if self._waits:
            self._arrange(follows=False)  # a key may come from elsewhere while this is hidden
        self.acts.play(row)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 4, 8, 4)
        bar.setSpacing(4)
        bar.addWidget(self.filter, 1)
        pages = self.pages
        for button in (
            *(self.crossfade, pages.comping, self.levels),
            *(self.comparing.button, pages.switching),
        ):
            bar.addWidget(button)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(4)
        for part in (self.pages, self.details):
            split.addWidget(part)
        split.setStretchFactor(0, 1)
        split.setSizes([10 * DETAILS_PX, DETAILS_PX])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(split, 1)

    def _connect(self) -> None:
        for view in (self.table, self.grid):
            # By Return, or by a double-click where nothing is edited: no shortcut, as the editor
            # of a name has to see Return.
            view.activated.connect(lambda index: self.play(index.row()))
        self.table.clicked.connect(lambda index: self.acts.click(self.table, index))
        self.table.horizontalHeader().sectionClicked.connect(self._sort)
        self.shown.current.currentChanged.connect(lambda *_: self._show_details())
        self.comping.toggled.connect(self.crossfade.setVisible)
        self.pages.turned.connect(self._make_room)
        self.blind.left.connect(self._show_details)
        self.fidelity.arrived.connect(self._show_played)
        self.model.named.connect(self.acts.name)
        self.filter.changed.connect(lambda: self._arrange(follows=True))
        self._session.song_changed.connect(self._show_change)
        self._session.selection_changed.connect(self._show_selection)

    def _sort(self, column: int) -> None:
        if column in ORDERS:
            self.filter.sort(ORDERS[column])

    def _show_change(self, _before: Song, after: Song) -> None:
        self._show(after, self._session.selection)

    def _show_selection(self, selection: Selection) -> None:
        self._show(self._session.song, selection)

    def _show(self, song: Song, selection: Selection) -> None:
        self.shown.selected = _regions(song, selection)
        before, region = self.shown.region, self.shown.only_selected
        if self.blind.is_open and not _is_same(before, region):
            self.blind.close_down()
        self.shown.region = region
        if not self.isVisible():
            self._waits = True  # a panel that nobody sees costs nothing
            return
        self._studio.listening.compare(region.id if region is not None else None)
        if region is not before or region is None:
            self._arrange(follows=_is_same(before, region))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        region = self.shown.region
        self._studio.listening.compare(region.id if region is not None else None)
        if self._waits:
            self._arrange(follows=False)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        super().hideEvent(event)
        self.blind.close_down()
        self.pages.turn()
        self._studio.listening.compare(None)

    def _arrange(self, *, follows: bool) -> None:
        self._waits = False
        self.shown.arrange(follows=follows)
        self._show_sorting()
        self.pages.turn()
        self.levels.show_region(self.shown.region)
        self.crossfade.show_region(self.shown.region)
        self._show_details()

    def _show_played(self) -> None:
        if self.filter.sorting.order in {Order.NOTES, Order.TEMPO} and self.isVisible():
            self._arrange(follows=True)
        else:
            self.table.viewport().update()

    def _make_room(self) -> None:
        self.filter.setEnabled(not self.blind.is_open)
        if self.blind.runs:
            self.details.hide()  # it would tell who is who

    def _show_details(self) -> None:
        take = self.chosen
        self.comp.show_region(self.shown.region, self.shown.row)
        self.details.setVisible(take is not None and not self.blind.runs)
        if take is not None:
            self.details.show_take(take, self.model.title(take), self._session.song)

    def _show_sorting(self) -> None:
        sorting = self.filter.sorting
        column = next(c for c, order in ORDERS.items() if order is sorting.order)
        order = Qt.SortOrder.DescendingOrder if sorting.falls else Qt.SortOrder.AscendingOrder
        self.table.horizontalHeader().setSortIndicator(column, order)


def _regions(song: Song, selection: Selection) -> tuple[Region, ...]:
    regions = (region for track in song.tracks for region in track.regions)
    return tuple(region for region in regions if region.id in selection.parts)


def _is_same(one: Region | None, other: Region | None) -> bool:
    return one is not None and other is not None and one.id == other.id
