"""The pages of the panel: the takes as list, cards or lanes, a blind test, or why there is none."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QLabel, QStackedWidget, QWidget

from desktop.document.song import Region
from ui.shared.icons import icon
from ui.shared.peak_store import PeakStore
from ui.shared.studio import Studio
from ui.takes.blind import BlindPage
from ui.takes.buttons import toggle
from ui.takes.comp import CompLanes
from ui.takes.grid import TakesGrid
from ui.takes.list import TakesList
from ui.takes.shown import ShownTakes

tr = partial(QCoreApplication.translate, "TakesPanel")


class Pages(QStackedWidget):
    """Shows one of them; `switching` and `comping` are the buttons that choose which."""

    turned = Signal()

    def __init__(self, studio: Studio, shown: ShownTakes, parent: QWidget) -> None:
        super().__init__(parent)
        self._studio, self._shown = studio, shown
        self.peaks = PeakStore(studio.session.takes, self)
        self.table = TakesList(shown.model, self.peaks, studio.look)
        self.grid = TakesGrid(shown.model, self.peaks, studio.look)
        self.comp = CompLanes(studio, shown.model, self.peaks)
        self.blind, self.empty = BlindPage(studio), QLabel()
        self.switching = toggle("", tr("Takes as cards, or as a list (Ctrl+G)"))
        self.comping = toggle(tr("Comp"), tr("Put one take together from several"))
        for page in (self.table, self.grid, self.comp, self.empty, self.blind):
            self.addWidget(page)
        self._name_views()
        self._connect()
        self._paint_icon()

    @property
    def shows_grid(self) -> bool:
        """Return whether the takes stand as cards."""
        return self.switching.isChecked()

    @property
    def view(self) -> QWidget:
        """Return what shows the takes when there are any."""
        if self.comping.isChecked():
            return self.comp
        return self.grid if self.shows_grid else self.table

    def turn(self) -> None:
        """Show the page that is to be seen now."""
        if self.blind.is_open:
            self.setCurrentWidget(self.blind)
        elif self._shown.model.takes:
            self.setCurrentWidget(self.view)
        else:
            self.empty.setText(_why_empty(self._shown.selected))
            self.setCurrentWidget(self.empty)
        self.turned.emit()

    def _name_views(self) -> None:
        tip = tr("Return or 1 to 9 chooses, * stars, Delete rejects, F2 names a take")
        for view in (self.table, self.grid):
            view.setAccessibleName(tr("Takes of the region"))
            view.setToolTip(tip)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setProperty("dim", True)

    def _connect(self) -> None:
        look = self._studio.look
        for view in (self.table, self.grid):
            view.setSelectionModel(self._shown.current)
            self.peaks.arrived.connect(view.viewport().update)
            look.changed.connect(view.viewport().update)
        self.comp.row_chosen.connect(self._shown.select_row)
        look.changed.connect(self._paint_icon)
        self.switching.setChecked(self._studio.settings.value("takes/view") == "grid")
        self.switching.toggled.connect(self._switch)
        self.comping.toggled.connect(lambda _on: self.turn())

    def _switch(self, grid: bool) -> None:
        self._studio.settings.setValue("takes/view", "grid" if grid else "list")
        self._shown.select_row(self._shown.row)
        self.turn()
        self._paint_icon()
        view = self.grid if grid else self.table
        hint = QAbstractItemView.ScrollHint.PositionAtCenter
        view.scrollTo(self._shown.current.currentIndex(), hint)

    def _paint_icon(self) -> None:
        name = "view-list" if self.shows_grid else "view-grid"
        self.switching.setIcon(icon(self._studio.look, name))


def _why_empty(selected: Sequence[Region]) -> str:
    """Return what would fill the panel."""
    if not selected:
        return tr("Select a region to see its takes.")
    if len(selected) > 1:
        said = tr("{n} regions are selected: select one of them to see its takes.")
        return said.format(n=len(selected))
    if selected[0].takes:
        return tr("No take is like that; ask for less above.")
    return tr("This region has no take yet: render it, and it stands here.")
