"""The actions of the takes panel: under keys while it has the focus, in the menus, the palette."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction

from ui.shared.studio import Studio
from ui.takes.comparing import Kind
from ui.takes.table import KEYS

if TYPE_CHECKING:
    from ui.takes.panel import TakesPanel

tr = partial(QCoreApplication.translate, "TakesPanel")


class Commands(QObject):
    """Registers them; `numbered` are those of the keys 1 to 9, for other panels too."""

    def __init__(self, studio: Studio, panel: "TakesPanel") -> None:
        super().__init__(panel)
        self._studio, self._panel = studio, panel
        self.numbered: list[QAction] = []
        self._register()
        self._register_comparing()
        self._register_comping()
        self._register_numbers()

    def _register(self) -> None:
        panel, acts = self._panel, self._panel.acts
        self._add("choose", tr("Play this take"), lambda: acts.play(panel.shown.row))
        self._add("star", tr("Star the take"), acts.star, "*")
        self._add("reject", tr("Reject the take, or take it back"), acts.reject, "Del")
        self._add("search", tr("Search the takes"), panel.filter.begin_search, "/")
        switching = panel.pages.switching
        self._add("grid", tr("Takes as cards, or as a list"), switching.toggle, "Ctrl+G")

    def _register_comparing(self) -> None:
        kinds: tuple[tuple[Kind, str, str], ...] = (
            ("takes", tr("Compare this take with the one that plays, blind"), "Ctrl+Shift+B"),
            ("prompts", tr("Compare the prompts of this take and the one that plays, blind"), ""),
            ("packs", tr("Compare the packs of this take and the one that plays, blind"), ""),
        )
        for kind, text, key in kinds:
            run = partial(self._panel.comparing.compare, kind)
            self._panel.comparing.offer(self._add(f"compare_{kind}", text, run, *key.split()))

    def _register_comping(self) -> None:
        panel = self._panel
        text = tr("Put one take together from several")
        self._add("comp", text, panel.comping.toggle, "Ctrl+Alt+C")
        text = tr("Play this take within the loop")
        self._add("comp_loop", text, panel.acts.comp_loop, "Ctrl+Alt+T")

    def _register_numbers(self) -> None:
        for number in range(1, KEYS + 1):
            text = tr("Play take {n}").format(n=number)
            run = partial(self._panel.play, number - 1)
            self.numbered.append(self._add(f"choose_{number}", text, run, str(number)))

    def _add(self, name: str, text: str, run: Callable[[], object], *keys: str) -> QAction:
        action = self._studio.actions.add(f"takes.{name}", "region", text, run, *keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._panel.addAction(action)
        return action
