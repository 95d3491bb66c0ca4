"""The takes of the selected region: choose, star, reject, name."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QStackedLayout,
    QTableView,
    QWidget,
)

from desktop.document.edits import choose_take
from desktop.document.song import Region, Song, Take
from desktop.session.selection import Selection
from ui.shared.studio import Studio
from ui.takes.model import MAX_STARS, rejected, renamed, starred
from ui.takes.table import GATE, NAME, PLAYS, STARS, TakesModel

ROW_PX = 28


class TakesPanel(QWidget):
    """One region's takes; Return or 1 to 9 chooses, * stars, Delete rejects, F2 names."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio, self._session = studio, studio.session
        self.region: Region | None = None
        self.model = TakesModel(studio.look)
        self.model.named.connect(self._name)
        self.empty = QLabel()
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setProperty("dim", True)
        self._make_table()
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self.empty)
        self._register()
        self._session.song_changed.connect(self._show_change)
        self._session.selection_changed.connect(self._show_selection)
        studio.look.changed.connect(self.table.viewport().update)
        self._show(self._session.song, self._session.selection)

    @property
    def chosen(self) -> Take | None:
        """Return the take of the current row."""
        row = self.table.currentIndex().row()
        return self.model.takes[row] if 0 <= row < len(self.model.takes) else None

    def play(self, row: int) -> None:
        """Let the region play the take in `row`, if there is one."""
        if self.region is not None and row < len(self.region.takes):
            change = partial(
                choose_take, region_id=self.region.id, take_id=self.region.takes[row].id
            )
            self._session.edit(self.tr("Choose take"), change)

    def _make_table(self) -> None:
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("Takes of the region"))
        self.table.setToolTip(self.tr("Return chooses, * stars, Delete rejects, F2 names a take"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setFrameShape(QTableView.Shape.NoFrame)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(ROW_PX)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(GATE, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        triggers = QAbstractItemView.EditTrigger
        self.table.setEditTriggers(triggers.EditKeyPressed | triggers.DoubleClicked)
        self.table.clicked.connect(self._click)
        self.table.activated.connect(self._activate)

    def _register(self) -> None:
        tr = self.tr
        self._add("choose", tr("Play this take"), self._play_chosen)
        self._add("star", tr("Star the take"), self._star, "*")
        self._add("reject", tr("Reject the take, or take it back"), self._reject, "Del")
        for number in range(1, 10):
            text = tr("Play take {n}").format(n=number)
            self._add(f"choose_{number}", text, partial(self.play, number - 1), str(number))

    def _add(self, name: str, text: str, run: Callable[[], object], *keys: str) -> None:
        action = self._studio.actions.add(f"takes.{name}", "region", text, run, *keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.addAction(action)

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

    def _show_change(self, _before: Song, after: Song) -> None:
        self._show(after, self._session.selection)

    def _show_selection(self, selection: Selection) -> None:
        self._show(self._session.song, selection)

    def _show(self, song: Song, selection: Selection) -> None:
        region = _region(song, selection)
        if region is not self.region or region is None:
            row, same = self.table.currentIndex().row(), _is_same(self.region, region)
            self.region = region
            self.model.show_region(region)
            self._select_row(row if same else self._playing_row())
        hint = self.tr("Select a region to see its takes.")
        if region is not None:
            hint = self.tr("This region has no take yet: render it, and it stands here.")
        self.empty.setText(hint)
        self._pages.setCurrentIndex(0 if region and region.takes else 1)

    def _playing_row(self) -> int:
        ids = [take.id for take in self.model.takes]
        active = self.region.active_take if self.region else None
        return ids.index(active) if active in ids else 0

    def _select_row(self, row: int) -> None:
        flags = QItemSelectionModel.SelectionFlag
        index = self.model.index(min(row, len(self.model.takes) - 1), NAME)
        if index.isValid():
            selection = self.table.selectionModel()
            selection.setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)


def _region(song: Song, selection: Selection) -> Region | None:
    regions = (region for track in song.tracks for region in track.regions)
    return next((region for region in regions if region.id in selection.parts), None)


def _is_same(one: Region | None, other: Region | None) -> bool:
    return one is not None and other is not None and one.id == other.id
