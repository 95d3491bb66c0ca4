"""The command palette: every action, found by a few letters."""

from dataclasses import dataclass
from typing import Final, TypeAlias

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ui.dialogs.dialog import named
from ui.dialogs.fuzzy import rank
from ui.shared.actions import Actions, Registered
from ui.shared.places import place_text
from ui.shared.studio import Studio
from ui.shared.theme import Look

WIDTH: Final = 560
ROW_HEIGHT: Final = 32
MAX_ROWS: Final = 10
RECENT: Final = 8
SETTING: Final = "palette/recent"
Index: TypeAlias = QModelIndex | QPersistentModelIndex
ROW: Final = Qt.ItemDataRole.UserRole
STAYING: Final = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
LIST_KEYS: Final = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


@dataclass(frozen=True, slots=True)
class Row:
    """An action as the palette shows it."""

    id: str
    text: str
    place: str
    keys: str
    enabled: bool

    @property
    def spoken(self) -> str:
        """Return what a screen reader says."""
        return ", ".join(filter(None, (self.text, self.place, self.keys)))

    @property
    def searched(self) -> str:
        """Return what fuzzy words look through; ids are English in every language."""
        return f"{self.text} {self.place} {self.id.replace('.', ' ').replace('_', ' ')}"


def rows_of(actions: Actions, recent: list[str]) -> list[Row]:
    """Return all actions, those used last first."""
    order = {action_id: number for number, action_id in enumerate(recent)}
    registered = sorted(actions, key=lambda r: order.get(r.id, len(order)))
    return [_row(each) for each in registered if each.action.isVisible()]


def _row(registered: Registered) -> Row:
    action = registered.action
    native = QKeySequence.SequenceFormat.NativeText
    keys = "   ".join(key.toString(native) for key in action.shortcuts())
    text = action.text().replace("&", "").removesuffix("...").removesuffix("…")
    return Row(registered.id, text, place_text(registered.place), keys, action.isEnabled())


class CommandPalette(QFrame):
    """Lies over its parent; Return runs the chosen action, Escape closes."""

    def __init__(self, studio: Studio, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._actions, self._settings = studio.actions, studio.settings
        self._focus_before: QWidget | None = None
        self._rows: list[Row] = []
        self.setAccessibleName(self.tr("Command palette"))
        self.setProperty("overlay", True)
        self.words = QLineEdit(placeholderText=self.tr("What would you like to do?"))
        tip = self.tr("A few letters of what it does; arrows choose, Return runs")
        named(self.words, self.tr("Words of a command"), tip)
        self.words.setClearButtonEnabled(True)
        self.found = QListWidget()
        named(self.found, self.tr("Commands found"), self.tr("Click to run; Escape closes"))
        self.found.setItemDelegate(RowPainter(studio.look, self.found))
        self.found.setUniformItemSizes(True)
        self.nothing = QLabel(self.tr("No command has these letters."))
        self.nothing.setProperty("dim", True)
        self._lay_out()
        self.words.textChanged.connect(self._search)
        self.words.installEventFilter(self)
        self.found.itemClicked.connect(self.run_chosen)
        parent.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show all actions, the last used first, and wait for words; close it if it is open."""
        if self.isVisible():
            self.close_palette()
            return
        self._focus_before = QApplication.focusWidget()
        self._rows = rows_of(self._actions, self._recent())
        self.words.clear()
        self._search("")
        self._place()
        self.show()
        self.raise_()
        self.words.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_palette(self) -> None:
        """Hide, and give the focus back to where it was."""
        self.hide()
        if self._focus_before is not None and isValid(self._focus_before):
            self._focus_before.setFocus(Qt.FocusReason.PopupFocusReason)
            self._focus_before = None

    def run_chosen(self) -> None:
        """Run the chosen action where the focus was."""
        item = self.found.currentItem()
        row: Row | None = item.data(ROW) if item else None
        if row is None or not row.enabled:
            return
        self.close_palette()
        recent = [row.id, *(each for each in self._recent() if each != row.id)]
        self._settings.setValue(SETTING, "\n".join(recent[:RECENT]))
        self._actions[row.id].trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if watched is self.words and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._take_key(event)
        if watched is self.words and isinstance(event, QFocusEvent):
            self._leave(event)
        elif watched is self._over and isinstance(event, QResizeEvent) and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.close_palette()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.run_chosen()
        elif event.key() in LIST_KEYS:
            QApplication.sendEvent(self.found, event)
        else:
            return False
        return True

    def _leave(self, event: QFocusEvent) -> None:
        # Going to another window and back changes nothing; a menu of the field is no leaving.
        if event.lostFocus() and event.reason() not in STAYING:
            self.hide()

    def _search(self, words: str) -> None:
        self.found.clear()
        named = rank(words, [row.text for row in self._rows])
        others = rank(words, [row.searched for row in self._rows])
        for place in dict.fromkeys([*named, *others]):
            item = QListWidgetItem(self._rows[place].text, self.found)
            item.setData(ROW, self._rows[place])
            item.setData(Qt.ItemDataRole.AccessibleTextRole, self._rows[place].spoken)
        self.found.setCurrentRow(0)
        self.nothing.setVisible(not self.found.count())
        self.found.setVisible(self.found.count() > 0)
        self.found.setFixedHeight(ROW_HEIGHT * min(MAX_ROWS, self.found.count()) + 4)
        self.adjustSize()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        for widget in (self.words, self.nothing, self.found):
            column.addWidget(widget)
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.setFocusProxy(self.words)  # whose arrow keys go through the list

    def _place(self) -> None:
        over = self._over
        self.setFixedWidth(min(WIDTH, over.width() - 32))
        self.adjustSize()
        self.move((over.width() - self.width()) // 2, min(72, over.height() // 8))

    def _recent(self) -> list[str]:
        return [each for each in str(self._settings.value(SETTING, "")).split("\n") if each]


class RowPainter(QStyledItemDelegate):
    """Draws a row: what the action does, where it stands, its keys."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        return QSize(0, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(option.rect, self._look.colour("accent" if row.enabled else "raised"))
        strong, weak = self._roles(row, chosen)
        inner, vertical = option.rect.adjusted(8, 0, -8, 0), Qt.AlignmentFlag.AlignVCenter
        painter.setPen(self._look.colour(strong))
        painter.drawText(inner, vertical, row.text)
        left = option.fontMetrics.horizontalAdvance(row.text) + 12
        painter.setPen(self._look.colour(weak))
        painter.drawText(inner.adjusted(left, 0, 0, 0), vertical, row.place)
        painter.drawText(inner, vertical | Qt.AlignmentFlag.AlignRight, row.keys)

    @staticmethod
    def _roles(row: Row, chosen: bool) -> tuple[str, str]:
        if not row.enabled:
            return "text_dim", "text_dim"
        return ("accent_text", "accent_text") if chosen else ("text", "text_dim")
