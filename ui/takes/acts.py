"""What is done with a take: chosen, starred, rejected, named, commented on, comped; each a step."""

from functools import partial

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QCursor

from desktop.document.comping import swipe_take
from desktop.document.edits import choose_take
from desktop.document.song import Take
from desktop.document.time import Tick
from ui.shared.studio import Studio
from ui.shared.takes import MAX_STARS, more_stars, starred
from ui.takes.list import TakesList
from ui.takes.model import commented, rejected, renamed
from ui.takes.shown import ShownTakes
from ui.takes.table import PLAYS, STARS, Index

tr = partial(QCoreApplication.translate, "TakesPanel")


class Acts(QObject):
    """Edits the takes of the region that is shown; nothing where there is none."""

    def __init__(self, studio: Studio, shown: ShownTakes, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._transport, self._shown = studio.session, studio.transport, shown

    def play(self, row: int) -> None:
        """Let the region play the take in `row`, if there is one."""
        region, takes = self._shown.region, self._shown.model.takes
        if region is not None and 0 <= row < len(takes):
            change = partial(choose_take, region_id=region.id, take_id=takes[row].id)
            self._session.edit(tr("Choose take"), change)

    def star(self) -> None:
        """Give the current take one star more, none after the last."""
        if (take := self._shown.chosen) is not None:
            self._set_stars(take, more_stars(take))

    def reject(self) -> None:
        """Reject the current take, or take it back."""
        if (region := self._shown.region) is not None and (take := self._shown.chosen) is not None:
            change = partial(rejected, region_id=region.id, take_id=take.id)
            self._session.edit(tr("Reject take"), change)

    def name(self, take_id: str, name: str) -> None:
        """Name a take."""
        if (region := self._shown.region) is not None:
            change = partial(renamed, region_id=region.id, take_id=take_id, name=name)
            self._session.edit(tr("Name take"), change)

    def comment(self, take_id: str, comment: str) -> None:
        """Comment on a take."""
        if (region := self._shown.region) is not None:
            change = partial(commented, region_id=region.id, take_id=take_id, comment=comment)
            self._session.edit(tr("Comment on take"), change)

    def click(self, table: TakesList, index: Index) -> None:
        """Do what a click on a cell of the list is for."""
        if index.column() == PLAYS:
            self.play(index.row())
        elif index.column() == STARS:
            self._click_star(table, index)

    def comp_loop(self) -> None:
        """Let the current take play within the loop."""
        region, take, loop = self._shown.region, self._shown.chosen, self._transport.loop
        if region is not None and take is not None and loop is not None:
            start, end = (Tick(tick) for tick in loop)
            change = partial(swipe_take, region_id=region.id, take_id=take.id)
            name = tr("Comp")
            self._session.edit(name, partial(change, start=start, end=end))

    def _click_star(self, table: TakesList, index: Index) -> None:
        take, cell = self._shown.model.takes[index.row()], table.visualRect(index)
        x = table.viewport().mapFromGlobal(QCursor.pos()).x() - cell.left()
        stars = min(MAX_STARS, 1 + MAX_STARS * max(0, x) // max(1, cell.width()))
        self._set_stars(take, 0 if stars == take.stars else stars)

    def _set_stars(self, take: Take, stars: int) -> None:
        if (region := self._shown.region) is not None:
            change = partial(starred, region_id=region.id, take_id=take.id, stars=stars)
            self._session.edit(tr("Star take"), change)
