"""A choice of roles, those that the model does not play greyed."""

from collections.abc import Callable, Collection

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox

from desktop.document.song import ROLES, Role
from ui.inspector.abilities import Abilities
from ui.shared.roles import role_text


class RoleBox(QComboBox):
    """Calls `choose` with the role that the user chose."""

    def __init__(self, choose: Callable[[Role], object], name: str, tip: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.setPlaceholderText(self.tr("different"))
        for role in ROLES:
            self.addItem(role_text(role), role)
        self.currentIndexChanged.connect(lambda _row: choose(self.currentData()))

    def show_roles(self, roles: Collection[Role], abilities: Abilities) -> None:
        """Show the one of `roles`, that there are several, and which the model does not play."""
        with QSignalBlocker(self):
            one = next(iter(roles)) if len(roles) == 1 else None
            self.setCurrentIndex(self.findData(one) if one is not None else -1)
        for row, role in enumerate(ROLES):
            able = role in abilities.roles
            why = self.tr("{model} does not play this role").format(model=abilities.model)
            self.setItemData(row, None if able else why, Qt.ItemDataRole.ToolTipRole)
            if (item := self._item(row)) is not None:
                item.setEnabled(able)

    def _item(self, row: int) -> QStandardItem | None:
        model = self.model()
        return model.item(row) if isinstance(model, QStandardItemModel) else None
