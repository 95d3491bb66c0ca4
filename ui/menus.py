"""The menu bar: every registered action in the menu of its place."""

from itertools import groupby
from typing import Final

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QMainWindow, QMenu

from ui.shared.actions import Actions, Registered
from ui.shared.places import PLACES, place_text

LAST: Final = "file.quit"
NUMBERED: Final = "takes.choose_"
FOLDED: Final = {"region": ("prompts.", "timeline.lane_", "takes.")}  # else it is too long to show


class Menus:
    """Keeps a window's menu bar in step with the register of actions."""

    def __init__(self, window: QMainWindow, actions: Actions) -> None:
        self._window, self._actions = window, actions
        self._menus: dict[str, QMenu] = {}
        translate = QCoreApplication.translate
        self._numbered = QMenu(translate("Menus", "Play take"), window)
        self._folded = {
            "prompts.": QMenu(translate("Menus", "Prompts"), window),
            "timeline.lane_": QMenu(translate("Menus", "Take lanes"), window),
            "takes.": QMenu(translate("Menus", "Takes"), window),
        }
        self._soon = QTimer(window, singleShot=True, interval=0)
        self._soon.timeout.connect(self.fill)
        actions.changed.connect(self._soon.start)
        for place in PLACES:
            self.menu(place)
        self.fill()

    def menu(self, place: str) -> QMenu:
        """Return the menu of `place`, new at the end of the bar when there is none yet."""
        if place not in self._menus:
            self._menus[place] = self._window.menuBar().addMenu(place_text(place))
            self._menus[place].setToolTipsVisible(True)
        return self._menus[place]

    def fill(self) -> None:
        """Fill the menus anew; actions whose ids begin alike stand together, quitting last."""
        for place in {*self._menus, *(registered.place for registered in self._actions)}:
            menu = self.menu(place)
            menu.clear()
            here = [r for r in self._actions if r.place == place]
            folds = FOLDED.get(place, ())
            for _, group in groupby(sorted(here, key=self._rank), key=_group):
                self._add(menu, [r for r in group if not r.id.startswith(folds)])
                menu.addSeparator()
            for begin in folds:
                self._fold(menu, begin, [r for r in here if r.id.startswith(begin)])

    def _fold(self, menu: QMenu, begin: str, group: list[Registered]) -> None:
        """Add actions whose ids begin so to a menu of their own in `menu`."""
        below = self._folded[begin]
        below.clear()
        self._add(below, group)
        if group:
            menu.addMenu(below)

    def _add(self, menu: QMenu, group: list[Registered]) -> None:
        """Add actions to a menu; those that play take 1, 2, ... have one of their own."""
        numbered = [each.action for each in group if each.id.startswith(NUMBERED)]
        for registered in group:
            if registered.action not in numbered:
                menu.addAction(registered.action)
            elif registered.action is numbered[0]:
                self._numbered.clear()
                self._numbered.addActions(numbered)
                menu.addMenu(self._numbered)

    def _rank(self, registered: Registered) -> tuple[bool, int]:
        groups = list(dict.fromkeys(_group(r) for r in self._actions))
        return registered.id == LAST, groups.index(_group(registered))


def _group(registered: Registered) -> str:
    return LAST if registered.id == LAST else registered.id.split(".")[0]
