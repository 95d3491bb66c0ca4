"""The shortcuts list: every action with its keys, which can be changed by pressing others."""

from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ui.dialogs.action_list import ActionList, keys_text, plain
from ui.dialogs.dialog import StudioDialog, button, named
from ui.dialogs.key_field import KeyField
from ui.shared.actions import Registered
from ui.shared.panel import spaced
from ui.shared.studio import Studio

SIZE: Final = (600, 640)


class ShortcutsDialog(StudioDialog):
    """Lists the actions by menu. Return on one waits for its new keys."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(studio, parent)
        self._actions = studio.actions
        self._adds = False
        self._before: dict[str, tuple[str, ...] | None] = {}  # what `take_back` restores
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self._make_list()
        self._make_changing()
        self._make_said()
        self._lay_out()
        self._actions.changed.connect(self._show)
        self._show()

    def _make_list(self) -> None:
        tr = self.tr
        self.words = QLineEdit(placeholderText=tr("Search for actions, or for keys as Ctrl+D"))
        named(self.words, tr("Search"), tr("Words of an action, or its keys; Return to the list"))
        self.words.setClearButtonEnabled(True)
        self.list = ActionList(self._actions)
        tip = tr("Return, or a double-click, waits for new keys")
        named(self.list, tr("Actions and their keys"), tip)
        self.words.textChanged.connect(self.list.filter)
        self.words.returnPressed.connect(self._back)
        self.list.itemActivated.connect(lambda _item, _column: self._wait(adds=False))
        self.list.currentItemChanged.connect(lambda _now, _before: self._show_chosen())

    def _make_changing(self) -> None:
        tr = self.tr
        self.name = QLabel()
        self.name.setProperty("heading", True)
        tip = tr("Press the new keys here; Escape leaves it as it is")
        self.keys = named(KeyField(), tr("New keys"), tip)
        self.keys.pressed.connect(self._take)
        self.keys.left.connect(self._back)
        tip = tr("Change its keys by pressing others (Return)")
        self.change = button(tr("Change..."), tip, lambda: self._wait(adds=False))
        tip = tr("Give it further keys by pressing them")
        self.add = button(tr("Add..."), tip, lambda: self._wait(adds=True))
        self.clear = button(tr("No keys"), tr("Take its keys away"), lambda: self._give(()))
        tip = tr("Give it the keys that it came with")
        self.reset = button(tr("Reset"), tip, lambda: self._give(None))
        tip = tr("Give every action the keys that it came with")
        self.reset_all = button(tr("Reset all"), tip, self._reset_all)

    def _make_said(self) -> None:
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setAccessibleName(self.tr("What was changed"))
        tip = self.tr("Give the actions the keys that they had before")
        self.take_back = button(self.tr("Take back"), tip, self._take_back)

    def _lay_out(self) -> None:
        changing, said, last = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        changing.addWidget(self.keys, 1)
        for each in (self.change, self.add, self.clear, self.reset):
            changing.addWidget(each)
        said.addWidget(self.said, 1)
        said.addWidget(self.take_back)
        last.addWidget(self.reset_all)
        last.addStretch(1)
        last.addWidget(self.close_button())
        column = QVBoxLayout(self)
        spaced(column, 16)
        column.addWidget(self.words)
        column.addWidget(self.list, 1)
        column.addWidget(self.name)
        for row in (changing, said, last):
            row.setSpacing(8)
            column.addLayout(row)
        self.resize(*SIZE)
        self._say("")

    def _show(self) -> None:
        with QSignalBlocker(self.list):
            self.list.fill()
            self.list.filter(self.words.text())
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self.list.chosen
        self.name.setText(plain(chosen.text) if chosen else self.tr("Choose an action"))
        for each in (self.keys, self.change, self.add, self.clear):
            each.setEnabled(chosen is not None)
        changed = chosen is not None and self._actions.chosen_keys(chosen.id) is not None
        self.reset.setEnabled(changed)

    def _back(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _wait(self, *, adds: bool) -> None:
        self._adds = adds
        self.keys.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, keys: str) -> None:
        adds, self._adds = self._adds, False
        if (chosen := self.list.chosen) is not None:
            kept = self._actions.keys(chosen.id) if adds else ()
            self._give((*(key for key in kept if key != keys), keys))
            self._back()

    def _give(self, keys: tuple[str, ...] | None) -> None:
        chosen = self.list.chosen
        if chosen is None:
            return
        owners = self._actions.owners(chosen.id, keys)
        changed = [chosen, *owners]
        self._before = {each.id: self._actions.chosen_keys(each.id) for each in changed}
        self._actions.set_keys(chosen.id, keys)
        self._say(self._sentence(chosen, owners))

    def _sentence(self, chosen: Registered, owners: list[Registered]) -> str:
        keys = keys_text(self._actions.keys(chosen.id))
        text = self.tr("{action}: {keys}.") if keys else self.tr("{action}: no keys any more.")
        sentences = [text.format(action=plain(chosen.text), keys=keys)]
        for owner in owners:
            left = keys_text(self._actions.keys(owner.id))
            text = self.tr("{action} lost it and keeps {keys}.")
            text = text if left else self.tr("{action} lost it and has no keys any more.")
            sentences.append(text.format(action=plain(owner.text), keys=left))
        return " ".join(sentences)

    def _reset_all(self) -> None:
        chosen = {each.id: self._actions.chosen_keys(each.id) for each in self._actions}
        self._before = {each: keys for each, keys in chosen.items() if keys is not None}
        self._actions.reset_keys()
        self._say(self.tr("Every action has the keys that it came with."))

    def _take_back(self) -> None:
        before, self._before = self._before, {}
        for action_id, keys in before.items():
            self._actions.set_keys(action_id, keys)
        self._say("")
        self._back()

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.take_back.setVisible(bool(text and self._before))
