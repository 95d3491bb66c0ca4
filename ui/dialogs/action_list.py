"""Every action by menu, with its keys."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from ui.shared.actions import Actions, Registered
from ui.shared.places import PLACES, place_text

KEYS_WIDTH: Final = 200
REGISTERED: Final = Qt.ItemDataRole.UserRole


class ActionList(QTreeWidget):
    """A heading for each menu, below it its actions; keys that were changed are bold."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._items: dict[str, QTreeWidgetItem] = {}
        self._menus: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self.setHeaderLabels([self.tr("Action"), self.tr("Keys")])
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().resizeSection(1, KEYS_WIDTH)

    @property
    def chosen(self) -> Registered | None:
        """Return the chosen action, None while a heading or nothing is chosen."""
        item = self.currentItem()
        found: Registered | None = item.data(0, REGISTERED) if item else None
        return found

    def choose(self, action_id: str) -> None:
        """Choose an action."""
        self.setCurrentItem(self._items[action_id])

    def shown(self) -> list[Registered]:
        """Return the actions that the words of `filter` leave."""
        items = [item for item in self._items.values() if not item.isHidden()]
        return [item.data(0, REGISTERED) for item in items]

    def fill(self) -> None:
        """List the actions anew; the chosen one stays chosen."""
        chosen = self.chosen
        self.clear()
        self._items.clear()
        self._menus.clear()
        registered = list(self._actions)
        for place in dict.fromkeys([*PLACES, *(each.place for each in registered)]):
            here = [each for each in registered if each.place == place]
            if here:
                self._add_place(place, here)
        self.expandAll()
        if chosen is not None and chosen.id in self._items:
            self.choose(chosen.id)

    def filter(self, words: str) -> None:
        """Show the actions only that have all `words`, or such keys, and choose the first."""
        wanted = words.casefold().split()
        for heading, items in self._menus:
            for item in items:
                text = f"{item.text(0)} {heading.text(0)} {item.text(1)}".casefold()
                item.setHidden(not all(word in text for word in wanted))
            heading.setHidden(all(item.isHidden() for item in items))
        shown = self.shown()
        if shown and self.chosen not in shown:
            self.choose(shown[0].id)

    def _add_place(self, place: str, here: list[Registered]) -> None:
        heading = QTreeWidgetItem(self, [place_text(place)])
        heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
        heading.setFirstColumnSpanned(True)
        font = self.font()
        font.setBold(True)
        heading.setFont(0, font)
        made = {registered.id: self._item(heading, registered) for registered in here}
        self._items |= made
        self._menus.append((heading, list(made.values())))

    def _item(self, heading: QTreeWidgetItem, registered: Registered) -> QTreeWidgetItem:
        keys = keys_text(self._actions.keys(registered.id))
        item = QTreeWidgetItem(heading, [plain(registered.text), keys])
        item.setData(0, REGISTERED, registered)
        item.setToolTip(0, str(registered.action.property("tip")))
        if self._actions.chosen_keys(registered.id) is not None:
            font = self.font()
            font.setBold(True)
            item.setFont(1, font)
            default = keys_text(registered.default_keys) or self.tr("none")
            item.setToolTip(1, self.tr("It came with: {keys}").format(keys=default))
        return item


def plain(text: str) -> str:
    """Return the text of an action without the dots that promise a question."""
    return text.removesuffix("...").removesuffix("…")


def keys_text(keys: tuple[str, ...]) -> str:
    """Return shortcuts as they are written on this machine's keyboard."""
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(QKeySequence(key).toString(native) for key in keys)
