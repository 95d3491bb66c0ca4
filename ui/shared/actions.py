"""Every action of the program in one register: menus, shortcuts and the palette read from it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QAction, QKeySequence


@dataclass(frozen=True, slots=True)
class Registered:
    """An action, the menu it stands in, and the shortcuts it has unless they were changed."""

    id: str
    place: str
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
        self._registered[action_id] = Registered(action_id, place, action, keys)
        self._give_keys(action_id)
        self.changed.emit()
        return action

    def __getitem__(self, action_id: str) -> QAction:
        return self._registered[action_id].action

    def __iter__(self) -> Iterator[Registered]:
        return iter(self._registered.values())

    def keys(self, action_id: str) -> tuple[str, ...]:
        """Return the shortcuts an action has now."""
        found = self._settings.value(f"shortcuts/{action_id}")
        if found is None:
            return self._registered[action_id].default_keys
        return tuple(key for key in str(found).split("\n") if key)

    def set_keys(self, action_id: str, keys: tuple[str, ...] | None) -> None:
        """Give an action other shortcuts, taking them from whatever had them; None: the default."""
        if keys is None:
            self._settings.remove(f"shortcuts/{action_id}")
        else:
            for other in [r.id for r in self if r.id != action_id]:
                left = tuple(key for key in self.keys(other) if key not in keys)
                if left != self.keys(other):
                    self.set_keys(other, left)
            self._settings.setValue(f"shortcuts/{action_id}", "\n".join(keys))
        self._give_keys(action_id)
        self.changed.emit()

    def _give_keys(self, action_id: str) -> None:
        action = self[action_id]
        keys = self.keys(action_id)
        action.setShortcuts([QKeySequence(key) for key in keys])
        shown = (
            QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if keys else ""
        )
        tip = str(action.property("tip"))
        action.setToolTip(f"{tip} ({shown})" if shown else tip)
        action.setStatusTip(action.toolTip())
