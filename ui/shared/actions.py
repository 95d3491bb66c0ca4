"""Every action of the program in one register: menus, shortcuts and the palette read from it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence


@dataclass(frozen=True, slots=True)
class Registered:
    """An action, the menu it stands in, and the shortcuts it has unless they were changed.

    `text` stays as it was at first, while the action's own may say more, as what it would undo.
    """

    id: str
    place: str
    text: str
    action: QAction
    default_keys: tuple[str, ...]


class Actions(QObject):
    """The actions by id, as `transport.play`; changed shortcuts are kept in `settings`."""

    changed = Signal()

    def __init__(self, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._registered: dict[str, Registered] = {}

    def add(
        self,
        action_id: str,
        place: str,
        text: str,
        run: Callable[[], object],
        *keys: str,
        checkable: bool = False,
        tip: str = "",
    ) -> QAction:
        """Return a new action. `text` and `tip` are translated already; `keys` as `Ctrl+Z`."""
        action = QAction(text, self.parent())
        action.setObjectName(action_id)
        action.setCheckable(checkable)
        action.setProperty("tip", tip or text)
        action.triggered.connect(lambda _checked=False: run())
        self._registered[action_id] = Registered(action_id, place, text, action, keys)
        self._give_keys(action_id)
        self.changed.emit()
        return action

    def __getitem__(self, action_id: str) -> QAction:
        return self._registered[action_id].action

    def __iter__(self) -> Iterator[Registered]:
        return iter(self._registered.values())

    def keys(self, action_id: str) -> tuple[str, ...]:
        """Return the shortcuts an action has now."""
        chosen = self.chosen_keys(action_id)
        return self._registered[action_id].default_keys if chosen is None else chosen

    def chosen_keys(self, action_id: str) -> tuple[str, ...] | None:
        """Return the shortcuts that were chosen for an action, None where it has its default."""
        found = self._settings.value(f"shortcuts/{action_id}")
        return None if found is None else tuple(key for key in str(found).split("\n") if key)

    def owners(self, action_id: str, keys: tuple[str, ...] | None) -> list[Registered]:
        """Return the other actions that have one of `keys` (None: its default) where it has them.

        A key may mean one thing in the timeline and another among notes, but nothing else beside
        what it means in the whole window.
        """
        asked = self._registered[action_id]
        wanted = _canonical(asked.default_keys if keys is None else keys)
        others = [each for each in self if each is not asked and _meet(each, asked)]
        return [each for each in others if wanted & _canonical(self.keys(each.id))]

    def set_keys(self, action_id: str, keys: tuple[str, ...] | None) -> None:
        """Give an action other shortcuts, None for its default, and take them from their owners."""
        owners = self.owners(action_id, keys)
        self._choose_keys(action_id, keys)
        taken = _canonical(self.keys(action_id))
        for owner in owners:
            left = tuple(key for key in self.keys(owner.id) if not _canonical([key]) & taken)
            self._choose_keys(owner.id, left)
        self.changed.emit()

    def set_tip(self, action_id: str, tip: str) -> None:
        """Let an action's tooltip say `tip`, which is translated already."""
        if self[action_id].property("tip") != tip:
            self[action_id].setProperty("tip", tip)
            self._show_tip(action_id)

    def reset_keys(self) -> None:
        """Give every action its default shortcuts."""
        for registered in self:
            self._choose_keys(registered.id, None)
        self.changed.emit()

    def _choose_keys(self, action_id: str, keys: tuple[str, ...] | None) -> None:
        if keys is None or keys == self._registered[action_id].default_keys:
            self._settings.remove(f"shortcuts/{action_id}")
        else:
            self._settings.setValue(f"shortcuts/{action_id}", "\n".join(keys))
        self._give_keys(action_id)

    def _give_keys(self, action_id: str) -> None:
        action = self[action_id]
        keys = self.keys(action_id)
        action.setShortcuts([QKeySequence(key) for key in keys])
        self._show_tip(action_id)

    def _show_tip(self, action_id: str) -> None:
        action, keys = self[action_id], self.keys(action_id)
        shown = (
            QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if keys else ""
        )
        tip = str(action.property("tip"))
        action.setToolTip(f"{tip} ({shown})" if shown else tip)
        action.setStatusTip(action.toolTip())


def _canonical(keys: Iterable[str]) -> set[str]:
    """Return `keys` as Qt writes them, as `Ctrl+Del` for `ctrl+delete`."""
    return {QKeySequence(key).toString() for key in keys}


def _meet(one: Registered, other: Registered) -> bool:
    """Return whether there is a place in which a key would ask for both."""
    return not (_panel(one) and _panel(other)) or _panel(one) == _panel(other)


def _panel(registered: Registered) -> str:
    """Return in which panel's actions the shortcuts hold, nothing for the whole window."""
    if registered.action.shortcutContext() == Qt.ShortcutContext.WindowShortcut:
        return ""
    return registered.id.split(".")[0]
