"""Blind comparisons of the current take with the one that plays: begun, kept, left."""

from functools import partial
from random import Random

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton

from desktop.document.query import has_region
from desktop.document.song import Region
from desktop.document.time import Tick
from desktop.session.blind import BlindTest
from ui.shared.controls import Button
from ui.shared.studio import Studio
from ui.takes.comparing import Kind, keep_result, sides_of
from ui.takes.pages import Pages
from ui.takes.shown import ShownTakes

tr = partial(QCoreApplication.translate, "TakesPanel")


class Comparisons(QObject):
    """Opens the page of a blind test and goes back; `button` offers what can be compared."""

    def __init__(self, studio: Studio, shown: ShownTakes, pages: Pages) -> None:
        super().__init__(pages)
        self._studio, self._shown, self._pages = studio, shown, pages
        self._loop: tuple[Tick, Tick] | None = None  # what a comparison set, to be taken back
        self._loop_before: tuple[tuple[Tick, Tick] | None, bool] = None, False
        self.button = Button()
        self.button.setText(tr("A/B"))
        self.button.setAccessibleName(tr("Compare blind"))
        self.button.setToolTip(tr("Compare two takes, prompts or packs by ear alone"))
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        pages.blind.ended.connect(self._keep)
        pages.blind.left.connect(self._leave)

    def offer(self, action: QAction) -> None:
        """Let the button offer an action."""
        self.button.addAction(action)

    def compare(self, kind: Kind) -> None:
        """Compare, or say that there is nothing to tell apart."""
        region, one = self._shown.region, self._shown.chosen
        if region is None or one is None or (other := region.playing) is None:
            return
        sides = sides_of(kind, region, one, other, self._shown.model.title)
        if sides is None:
            hint = tr("Choose a take that differs there from the one that plays")
            self._studio.session.said.emit(hint)
            return
        self._loop_over(region)
        self._pages.blind.begin(BlindTest(sides, Random()))
        if not self._studio.transport.is_playing:
            self._studio.transport.play(region.start)
        self._pages.turn()

    def _loop_over(self, region: Region) -> None:
        """Play the region round and round; a loop that the user set in it stays."""
        transport = self._studio.transport
        span, loop = (region.start, region.end), transport.loop
        if transport.loops and loop and loop[0] < region.end and region.start < loop[1]:
            return
        self._loop, self._loop_before = span, (loop, transport.loops)
        transport.set_loop(span, True)

    def _loop_as_before(self) -> None:
        transport = self._studio.transport
        if self._loop is not None and transport.loop == self._loop:
            transport.set_loop(*self._loop_before)
        self._loop = None

    def _keep(self, test: BlindTest) -> None:
        self._loop_as_before()
        region = self._shown.region
        if region is not None and has_region(self._studio.session.song, region.id):
            name = tr("Blind comparison")
            keep_result(self._studio, name, region, test.wins)

    def _leave(self) -> None:
        self._pages.turn()
        self._pages.view.setFocus(Qt.FocusReason.OtherFocusReason)
