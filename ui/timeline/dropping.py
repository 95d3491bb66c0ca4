"""Files dropped from the file manager or the browser, and prompts from their library."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QPointF
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from desktop.document.edits import set_prompt
from desktop.document.song import Region
from desktop.document.time import Tick
from desktop.session.bringing import is_audio, is_midi
from ui.shared.prompt_data import prompt_in
from ui.timeline.arrangement import Arrangement
from ui.timeline.drags import spot_at
from ui.timeline.lanes import Lanes
from ui.timeline.pointing import say_status


class Dropping(QObject):
    """Takes files in as tracks of their own, where they are dropped; regions take prompts."""

    def __init__(self, arrangement: Arrangement, lanes: Lanes, panel: QWidget) -> None:
        super().__init__(panel)
        self._arrangement, self._lanes, self._panel = arrangement, lanes, panel

    def enter(self, event: QDragEnterEvent) -> None:
        """Welcome what can be read."""
        if paths(event.mimeData()) or prompt_in(event.mimeData()):
            event.acceptProposedAction()

    def move(self, event: QDragMoveEvent) -> None:
        """Show where it would go."""
        if prompt_in(event.mimeData()):
            self._move_prompt(event)
            return
        tick = self._tick(event.position())
        self._lanes.show_drop(round(self._arrangement.scale.x(tick)))
        event.acceptProposedAction()

    def leave(self) -> None:
        """Show nothing any more."""
        self._lanes.show_drop(None)
        say_status(self._lanes, "")

    def drop(self, event: QDropEvent) -> None:
        """Take the files or the prompt in."""
        if prompt := prompt_in(event.mimeData()):
            self._give(prompt, self._region(event.position()))
            self.leave()
            event.acceptProposedAction()
            return
        tick = self._tick(event.position())
        self.leave()
        for path in paths(event.mimeData()):
            self._bring_in(path, tick)
        event.acceptProposedAction()

    def _move_prompt(self, event: QDragMoveEvent) -> None:
        region = self._region(event.position())
        said = self.tr("Let go to give the region this prompt")
        say_status(self._lanes, said if region else self.tr("Drop the prompt on a region"))
        event.acceptProposedAction() if region else event.ignore()

    def _region(self, at: QPointF) -> Region | None:
        spot = spot_at(self._arrangement, QPointF(self._lanes.mapFrom(self._panel, at.toPoint())))
        return spot.part if spot is not None and isinstance(spot.part, Region) else None

    def _give(self, prompt: str, region: Region | None) -> None:
        if region is None:
            return
        change = partial(set_prompt, region_id=region.id, prompt=prompt)
        if self._arrangement.session.edit(self.tr("Prompt"), change):
            self._arrangement.choose(frozenset({region.id}))
            self._arrangement.studio.prompts.change(lambda library: library.use(prompt))

    def _bring_in(self, path: Path, tick: Tick) -> None:
        self._arrangement.studio.bringing.bring_in(path, tick, self._show)

    def _show(self, row: int) -> None:
        self._arrangement.choose_track(self._arrangement.session.song.tracks[row].id)
        self._arrangement.show_row(row)

    def _tick(self, at: QPointF) -> Tick:
        x = self._lanes.mapFrom(self._panel, at.toPoint()).x()
        return self._arrangement.grid.near(self._arrangement.scale.tick(max(0, x)), free=False)


def paths(data: QMimeData) -> list[Path]:
    """Return the files in `data` that can be taken in."""
    found = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [path for path in found if is_midi(path) or is_audio(path)]
