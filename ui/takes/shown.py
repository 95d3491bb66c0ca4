"""Which takes of the region are shown, in which order, and which of them is the current one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QObject

from desktop.document.comping import played_ids
from desktop.document.query import has_region, track_with_region
from desktop.document.song import Region, Take
from desktop.session.fidelity import Fidelity
from ui.shared.studio import Studio
from ui.takes.arranging import arranged, with_played
from ui.takes.filter_bar import FilterBar
from ui.takes.table import NAME, TakesModel

if TYPE_CHECKING:  # slow to import
    from desktop.rendering.fidelity import Played


class ShownTakes(QObject):
    """The takes of `region` that `filter` asks for; `current` is the selection of all views."""

    def __init__(self, studio: Studio, filter_bar: FilterBar, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._filter = studio.session, filter_bar
        self.region: Region | None = None
        self.selected: tuple[Region, ...] = ()  # of several, none is the one that is shown
        self._arranged: Region | None = None  # as it was when its takes were last put in order
        self._new: frozenset[str] = frozenset()  # the takes that came in last
        self.fidelity = Fidelity(studio.session.takes, studio.rendering, self)
        self._values = with_played(self._played)
        self.model = TakesModel(studio.look, self._values)
        self.current = QItemSelectionModel(self.model, self)

    @property
    def only_selected(self) -> Region | None:
        """Return the selected region, None where none is or several are."""
        return self.selected[0] if len(self.selected) == 1 else None

    @property
    def row(self) -> int:
        """Return the current row, -1 for none."""
        return self.current.currentIndex().row()

    @property
    def chosen(self) -> Take | None:
        """Return the take of the current row."""
        return self.model.takes[self.row] if 0 <= self.row < len(self.model.takes) else None

    def select_row(self, row: int) -> None:
        """Make a row the current one, the nearest where there are fewer."""
        flags = QItemSelectionModel.SelectionFlag
        row = min(max(row, 0), len(self.model.takes) - 1)
        index = self.model.index(row, NAME)
        if index.isValid():
            self.current.setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def arrange(self, *, follows: bool) -> None:
        """Show the takes that are wanted; the current one stays so if it `follows`.

        A take that is new and plays becomes the current one: it is what was asked for.
        """
        region, chosen, row = self.region, self.chosen, self.row
        starts_new = self._starts_new()
        follows = follows and not starts_new
        takes = region.takes if region else ()
        shown = arranged(takes, self._filter.wanted, self._filter.sorting, self._values)
        numbers = {take.id: number for number, take in enumerate(takes, 1)}
        playing = played_ids(region) if region else frozenset[str]()
        if self.model.show_takes(shown, numbers, playing) or starts_new:
            active = region.active_take if region else None
            wanted = chosen.id if follows and chosen is not None else active
            found = self.model.row_of(wanted)
            self.select_row(found if found is not None else row if follows else 0)
        self.fidelity.want(reversed(shown))
        self._filter.say_count(len(shown), len(takes))

    def _starts_new(self) -> bool:
        """Return whether the region plays a take from now on that has just come in."""
        before, region = self._arranged, self.region
        self._arranged = region
        if before is None or region is None or before.id != region.id:
            self._new = frozenset()
            return False
        if before.takes is not region.takes:
            known = {take.id for take in before.takes}
            self._new = frozenset(take.id for take in region.takes) - known
        return before.active_take != region.active_take and region.active_take in self._new

    def _played(self, take: Take) -> "Played | None":
        song = self._session.song
        if self.region is None or not has_region(song, self.region.id):
            return None
        track = track_with_region(song, self.region.id)
        return self.fidelity.played(take, song.tempo_map, track, self.region)
