"""The takes of the selected region: found, compared, chosen, starred, rejected, named."""

from collections.abc import Callable
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.document.comping import played_spans, swipe_take
from desktop.document.edits import choose_take
from desktop.document.query import has_region, track_with_region
from desktop.document.song import Region, Song, Take
from desktop.document.time import Tick
from desktop.session.blind import BlindTest
from desktop.session.fidelity import Fidelity
from desktop.session.selection import Selection
from ui.shared.controls import Button
from ui.shared.icons import icon
from ui.shared.peak_store import PeakStore
from ui.shared.studio import Studio
from ui.takes.arranging import Order, arranged, with_played
from ui.takes.blind import BlindPage
from ui.takes.buttons import toggle
from ui.takes.comp import CompLanes
from ui.takes.comparing import Kind, keep_result, sides_of
from ui.takes.crossfade import Crossfade
from ui.takes.details import Details
from ui.takes.filter_bar import FilterBar
from ui.takes.grid import TakesGrid
from ui.takes.levels import Levels
from ui.takes.list import TakesList
from ui.takes.model import MAX_STARS, commented, rejected, renamed, starred
from ui.takes.table import KEYS, NAME, ORDERS, PLAYS, STARS, TakesModel

if TYPE_CHECKING:  # slow to import
    from desktop.rendering.fidelity import Played

DETAILS_PX: Final = 280


class TakesPanel(QWidget):
    """One region's takes; Return or 1 to 9 chooses, * stars, Delete rejects, F2 names."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio, self._session = studio, studio.session
        self.region: Region | None = None
        self._waits = True  # for being shown, to show what there is
        self.fidelity = Fidelity(studio.session.takes, studio.rendering, self)
        self._values = with_played(self._played)
        self.model = TakesModel(studio.look, self._values)
        self.peaks = PeakStore(studio.session.takes, self)
        self.filter = FilterBar()
        self.table = TakesList(self.model, self.peaks, studio.look)
        self.grid = TakesGrid(self.model, self.peaks, studio.look)
        self.details = Details(self._comment)
        self.levels = Levels(studio)
        self.switching = toggle("", self.tr("Takes as cards, or as a list (Ctrl+G)"))
        self.blind, self.comparing = BlindPage(studio), Button()
        self.comp = CompLanes(studio, self.model, self.peaks)
        self.comping = toggle(self.tr("Comp"), self.tr("Put one take together from several"))
        self.crossfade = Crossfade(studio.session)
        self.empty = QLabel()
        self._name_views()
        self._register()
        self._lay_out()
        self._connect()
        self._show(self._session.song, self._session.selection)

    @property
    def chosen(self) -> Take | None:
        """Return the take of the current row."""
        row = self.table.currentIndex().row()
        return self.model.takes[row] if 0 <= row < len(self.model.takes) else None

    @property
    def shows_grid(self) -> bool:
        """Return whether the takes stand as cards."""
        return self.switching.isChecked()

    @property
    def view(self) -> QWidget:
        """Return what shows the takes now."""
        if self.comping.isChecked():
            return self.comp
        return self.grid if self.shows_grid else self.table

    def play(self, row: int) -> None:
        """Let the region play the take in `row`, if there is one."""
        if self._waits:
            self._arrange(follows=False)  # a key may come from elsewhere while this is hidden
        if self.region is not None and row < len(self.model.takes):
            take_id = self.model.takes[row].id
            change = partial(choose_take, region_id=self.region.id, take_id=take_id)
            self._session.edit(self.tr("Choose take"), change)

    def _name_views(self) -> None:
        for view in (self.table, self.grid):
            view.setAccessibleName(self.tr("Takes of the region"))
            view.setToolTip(
                self.tr("Return or 1 to 9 chooses, * stars, Delete rejects, F2 names a take")
            )
        self.comparing.setText(self.tr("A/B"))
        self.comparing.setAccessibleName(self.tr("Compare blind"))
        self.comparing.setToolTip(self.tr("Compare two takes, prompts or packs by ear alone"))
        self.comparing.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setProperty("dim", True)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 4, 8, 4)
        bar.setSpacing(4)
        bar.addWidget(self.filter, 1)
        for button in (self.crossfade, self.comping, self.levels, self.comparing, self.switching):
            bar.addWidget(button)
        self.views = QStackedWidget()
        for view in (self.table, self.grid, self.comp, self.empty, self.blind):
            self.views.addWidget(view)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(4)
        for part in (self.views, self.details):
            self.split.addWidget(part)
        self.split.setStretchFactor(0, 1)
        self.split.setSizes([10 * DETAILS_PX, DETAILS_PX])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.split, 1)

    def _connect(self) -> None:
        self.grid.setSelectionModel(self.table.selectionModel())
        for view in (self.table, self.grid):
            view.activated.connect(self._activate)
            self.peaks.arrived.connect(view.viewport().update)
            self._studio.look.changed.connect(view.viewport().update)
        self.table.clicked.connect(self._click)
        self.table.horizontalHeader().sectionClicked.connect(self._sort)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._show_details())
        self.comping.toggled.connect(self._show_comp)
        self.comp.row_chosen.connect(self._select_row)
        self.blind.ended.connect(self._keep_result)
        self.blind.left.connect(self._leave_blind)
        self.fidelity.arrived.connect(self._show_played)
        self.model.named.connect(self._name)
        self.filter.changed.connect(self._refresh)
        self._session.song_changed.connect(self._show_change)
        self._session.selection_changed.connect(self._show_selection)
        self._studio.look.changed.connect(self._paint_icons)
        self.switching.setChecked(self._studio.settings.value("takes/view") == "grid")
        self.switching.toggled.connect(self._show_view)
        self._paint_icons()

    def _register(self) -> None:
        tr, self.numbered = self.tr, list[QAction]()
        self._add("choose", tr("Play this take"), self._play_chosen)
        self._add("star", tr("Star the take"), self._star, "*")
        self._add("reject", tr("Reject the take, or take it back"), self._reject, "Del")
        self._add("search", tr("Search the takes"), self._search, "/")
        self._add("grid", tr("Takes as cards, or as a list"), self._switch, "Ctrl+G")
        kinds: tuple[tuple[Kind, str, str], ...] = (
            ("takes", tr("Compare this take with the one that plays, blind"), "Ctrl+Shift+B"),
            ("prompts", tr("Compare the prompts of this take and the one that plays, blind"), ""),
            ("packs", tr("Compare the packs of this take and the one that plays, blind"), ""),
        )
        for kind, text, key in kinds:
            action = self._add(f"compare_{kind}", text, partial(self._compare, kind), *key.split())
            self.comparing.addAction(action)
        self._add(
            "comp", tr("Put one take together from several"), self.comping.toggle, "Ctrl+Alt+C"
        )
        text = tr("Play this take within the loop")
        self._add("comp_loop", text, self._comp_loop, "Ctrl+Alt+L")
        for number in range(1, KEYS + 1):
            text = tr("Play take {n}").format(n=number)
            run = partial(self.play, number - 1)
            self.numbered.append(self._add(f"choose_{number}", text, run, str(number)))

    def _add(self, name: str, text: str, run: Callable[[], object], *keys: str) -> QAction:
        action = self._studio.actions.add(f"takes.{name}", "region", text, run, *keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.addAction(action)
        return action

    # What is done with a take

    def _play_chosen(self) -> None:
        if self.chosen is not None:
            self.play(self.table.currentIndex().row())

    def _star(self) -> None:
        if (take := self.chosen) is not None:
            self._set_stars(take, (take.stars + 1) % (MAX_STARS + 1))

    def _set_stars(self, take: Take, stars: int) -> None:
        if self.region is not None:
            change = partial(starred, region_id=self.region.id, take_id=take.id, stars=stars)
            self._session.edit(self.tr("Star take"), change)

    def _reject(self) -> None:
        if self.region is not None and (take := self.chosen) is not None:
            change = partial(rejected, region_id=self.region.id, take_id=take.id)
            self._session.edit(self.tr("Reject take"), change)

    def _name(self, take_id: str, name: str) -> None:
        if self.region is not None:
            change = partial(renamed, region_id=self.region.id, take_id=take_id, name=name)
            self._session.edit(self.tr("Name take"), change)

    def _comment(self, take_id: str, comment: str) -> None:
        if self.region is not None:
            region_id = self.region.id
            change = partial(commented, region_id=region_id, take_id=take_id, comment=comment)
            self._session.edit(self.tr("Comment on take"), change)

    def _click(self, index: QModelIndex) -> None:
        if index.column() == PLAYS:
            self.play(index.row())
        elif index.column() == STARS:
            self._click_star(index)

    def _click_star(self, index: QModelIndex) -> None:
        take, cell = self.model.takes[index.row()], self.table.visualRect(index)
        x = self.table.viewport().mapFromGlobal(self.cursor().pos()).x() - cell.left()
        stars = min(MAX_STARS, 1 + MAX_STARS * max(0, x) // max(1, cell.width()))
        self._set_stars(take, 0 if stars == take.stars else stars)

    def _activate(self, index: QModelIndex) -> None:
        # By Return, or by a double-click where nothing is edited: no shortcut, as the editor of
        # a name has to see Return.
        self.play(index.row())

    # Blind comparison

    def _compare(self, kind: Kind) -> None:
        region, one = self.region, self.chosen
        if region is None or one is None or (other := region.playing) is None:
            return
        sides = sides_of(kind, region, one, other, self.model.title)
        if sides is None:
            hint = self.tr("Choose a take that differs there from the one that plays")
            self._session.said.emit(hint)
            return
        self.blind.begin(BlindTest(sides, Random()))
        if not self._studio.transport.is_playing:
            self._studio.transport.play(region.start)
        self._show_page()

    def _keep_result(self, test: BlindTest) -> None:
        if self.region is not None and has_region(self._session.song, self.region.id):
            keep_result(self._studio, self.tr("Blind comparison"), self.region, test.wins)

    def _leave_blind(self) -> None:
        self.views.setCurrentWidget(self.table)
        self._show_page()
        self._show_details()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is shown

    def _search(self) -> None:
        self.filter.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.search.selectAll()

    def _switch(self) -> None:
        self.switching.toggle()

    def _sort(self, column: int) -> None:
        if column in ORDERS:
            self.filter.sort(ORDERS[column])

    def _show_view(self, grid: bool) -> None:
        self._studio.settings.setValue("takes/view", "grid" if grid else "list")
        self._select_row(self.table.currentIndex().row())
        self._show_page()
        self._paint_icons()
        view = self.grid if grid else self.table
        view.scrollTo(self.table.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)

    def _show_comp(self, on: bool) -> None:
        self.crossfade.setVisible(on)
        self._show_page()

    def _comp_loop(self) -> None:
        """Let the current take play within the loop."""
        loop = self._studio.transport.loop
        if self.region is not None and self.chosen is not None and loop is not None:
            change = partial(swipe_take, region_id=self.region.id, take_id=self.chosen.id)
            start, end = (Tick(tick) for tick in loop)
            self._session.edit(self.tr("Comp"), partial(change, start=start, end=end))

    def _show_change(self, _before: Song, after: Song) -> None:
        self._show(after, self._session.selection)

    def _show_selection(self, selection: Selection) -> None:
        self._show(self._session.song, selection)

    def _show(self, song: Song, selection: Selection) -> None:
        region, before = _region(song, selection), self.region
        if self.blind.runs and not _is_same(before, region):
            self.blind.end()
        self.region = region
        if not self.isVisible():
            self._waits = True  # a panel that nobody sees costs nothing
            return
        self._studio.listening.compare(region.id if region is not None else None)
        if region is not before or region is None:
            self._arrange(follows=_is_same(before, region))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self._studio.listening.compare(self.region.id if self.region is not None else None)
        if self._waits:
            self._arrange(follows=False)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        super().hideEvent(event)
        if self.blind.runs:
            self.blind.end()
        self._studio.listening.compare(None)

    def _refresh(self) -> None:
        self._arrange(follows=True)

    def _arrange(self, *, follows: bool) -> None:
        """Show the takes that are wanted; the current one stays so if it `follows`."""
        self._waits = False
        region, chosen, row = self.region, self.chosen, self.table.currentIndex().row()
        takes = region.takes if region else ()
        shown = arranged(takes, self.filter.wanted, self.filter.sorting, self._values)
        numbers = {take.id: number for number, take in enumerate(takes, 1)}
        playing = {span.take.id for span in played_spans(region)} if region else frozenset()
        if self.model.show_takes(shown, numbers, playing):
            active = region.active_take if region else None
            wanted = chosen.id if follows and chosen is not None else active
            found = self.model.row_of(wanted)
            self._select_row(found if found is not None else row if follows else 0)
        self.fidelity.want(reversed(shown))
        self._show_sorting()
        self.filter.say_count(len(shown), len(takes))
        self._show_page()
        self.levels.show_region(region)
        self.crossfade.show_region(region)
        self._show_details()

    def _played(self, take: Take) -> "Played | None":
        song = self._session.song
        if self.region is None or not has_region(song, self.region.id):
            return None
        track = track_with_region(song, self.region.id)
        return self.fidelity.played(take, song.tempo_map, track, self.region)

    def _show_played(self) -> None:
        if self.filter.sorting.order in {Order.NOTES, Order.TEMPO} and self.isVisible():
            self._arrange(follows=True)
        else:
            self.table.viewport().update()

    def _show_page(self) -> None:
        self.filter.setEnabled(not self.blind.runs)
        if self.blind.runs:
            self.views.setCurrentWidget(self.blind)
            self.details.hide()  # it would tell who is who
            return
        if self.model.takes:
            self.views.setCurrentWidget(self.view)
            return
        if self.region is None:
            self.empty.setText(self.tr("Select a region to see its takes."))
        elif self.region.takes:
            self.empty.setText(self.tr("No take is like that; ask for less above."))
        else:
            hint = self.tr("This region has no take yet: render it, and it stands here.")
            self.empty.setText(hint)
        self.views.setCurrentWidget(self.empty)

    def _show_details(self) -> None:
        take = self.chosen
        self.comp.show_region(self.region, self.table.currentIndex().row())
        self.details.setVisible(take is not None and not self.blind.runs)
        if take is not None:
            self.details.show_take(take, self.model.title(take), self._session.song)

    def _show_sorting(self) -> None:
        sorting = self.filter.sorting
        column = next(c for c, order in ORDERS.items() if order is sorting.order)
        order = Qt.SortOrder.DescendingOrder if sorting.falls else Qt.SortOrder.AscendingOrder
        self.table.horizontalHeader().setSortIndicator(column, order)

    def _select_row(self, row: int) -> None:
        flags = QItemSelectionModel.SelectionFlag
        row = min(max(row, 0), len(self.model.takes) - 1)
        index = self.model.index(row, NAME)
        if index.isValid():
            selection = self.table.selectionModel()
            selection.setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def _paint_icons(self) -> None:
        name = "view-list" if self.shows_grid else "view-grid"
        self.switching.setIcon(icon(self._studio.look, name))


def _region(song: Song, selection: Selection) -> Region | None:
    regions = (region for track in song.tracks for region in track.regions)
    return next((region for region in regions if region.id in selection.parts), None)


def _is_same(one: Region | None, other: Region | None) -> bool:
    return one is not None and other is not None and one.id == other.id
