"""The actions of the takes panel: under keys while it has the focus, in the menus, the palette."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QMenu

from ui.shared.improvised import Drawing, Target
from ui.shared.studio import Studio
from ui.takes.comparing import Kind
from ui.takes.table import KEYS

if TYPE_CHECKING:
    from ui.takes.panel import TakesPanel

MENU: Final = ("choose", "star", "reject", "", "draw_improvised", "", "compare_takes")
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
        self._register_drawing()
        self._register_numbers()
        self._offer_menu()

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

    def _register_drawing(self) -> None:
        shown, name = self._panel.shown, "takes.draw_improvised"

        def current() -> list[Target]:
            region, take = shown.region, shown.chosen
            # What is shown waits, while the panel is hidden, and may be of another region.
            is_its = region is not None and take is not None and take in region.takes
            return [Target(region.id, take)] if region is not None and is_its else []

        drawing = Drawing(self._studio, name, current, self)
        self._add("draw_improvised", tr("Draw the improvised notes of this take"), drawing.draw)
        shown.current.currentChanged.connect(drawing.look)
        self._panel.pages.turned.connect(drawing.look)
        drawing.look()

    def _register_numbers(self) -> None:
        for number in range(1, KEYS + 1):
            text = tr("Play take {n}").format(n=number)
            run = partial(self._panel.play, number - 1)
            self.numbered.append(self._add(f"choose_{number}", text, run, str(number)))

    def menu(self) -> QMenu:
        """Return the menu of the current take."""
        menu = QMenu(self._panel)
        menu.setToolTipsVisible(True)
        for name in MENU:
            _ = menu.addAction(self._named(name)) if name else menu.addSeparator()
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _named(self, name: str) -> QAction:
        return self._studio.actions[f"takes.{name}"]

    def _offer_menu(self) -> None:
        for view in (self._panel.table, self._panel.grid):
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            view.customContextMenuRequested.connect(partial(self._show_menu, view))

    def _show_menu(self, view: QAbstractItemView, at: QPoint) -> None:
        if self._panel.shown.row >= 0:
            self.menu().popup(view.viewport().mapToGlobal(at))

    def _add(self, name: str, text: str, run: Callable[[], object], *keys: str) -> QAction:
        action = self._studio.actions.add(f"takes.{name}", "region", text, run, *keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._panel.addAction(action)
        return action
