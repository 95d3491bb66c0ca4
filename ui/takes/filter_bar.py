"""What narrows the takes down, and puts them in order."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from ui.shared.panel import dim
from ui.shared.takes import MAX_STARS, STAR
from ui.takes.arranging import Filter, Order, Sorting
from ui.takes.buttons import toggle

SEARCH_PX: Final = (120, 320)


class SearchField(QLineEdit):
    """Escape clears it, and leaves it when there is nothing to clear."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.text():
            self.clear()
        else:
            self.clearFocus()


class FilterBar(QWidget):
    """Search, stars, gate, rejected; what the takes are sorted by."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tr = self.tr
        self.search = SearchField()
        self.search.setPlaceholderText(tr("Search prompts, names, comments"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(SEARCH_PX[0])
        self.search.setMaximumWidth(SEARCH_PX[1])
        self._name(self.search, tr("Search the takes"), tr("Words of prompt, name or comment (/)"))
        self.stars = QComboBox()
        self.stars.addItem(tr("Any stars"), 0)
        for stars in range(1, MAX_STARS + 1):
            self.stars.addItem(f"{STAR * stars} +", stars)
        self._name(self.stars, tr("Least stars"), tr("Show only takes with so many stars"))
        self.passed = toggle(tr("Passed"), tr("Show only takes that passed the quality gate"))
        self.rejected = toggle(tr("Rejected"), tr("Show rejected takes too"))
        self._make_order()
        self.count = dim("")
        self._lay_out()
        self._connect()

    @property
    def wanted(self) -> Filter:
        """Return which takes are wanted."""
        return Filter(
            self.search.text(),
            int(self.stars.currentData()),
            self.passed.isChecked(),
            self.rejected.isChecked(),
        )

    @property
    def sorting(self) -> Sorting:
        """Return the order that is wanted."""
        return Sorting(Order(self.order.currentData()), self.falls.isChecked())

    def sort(self, order: Order) -> None:
        """Sort by `order`; a second time, the other way round."""
        if self.sorting.order is order:
            self.falls.toggle()
        else:
            self.order.setCurrentIndex(self.order.findData(order.value))

    def begin_search(self) -> None:
        """Let words be typed in place of those that stand there."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def say_count(self, shown: int, there: int) -> None:
        """Say how many of the takes are shown."""
        if shown != there:
            text = self.tr("{shown} of {n} takes")
        else:
            text = self.tr("1 take") if there == 1 else self.tr("{n} takes")
        self.count.setText(text.format(shown=shown, n=there))

    def _make_order(self) -> None:
        tr = self.tr
        self.order = QComboBox()
        for order, text in (
            (Order.MADE, tr("As made")),
            (Order.STARS, tr("Stars")),
            (Order.NAME, tr("Name")),
            (Order.PROMPT, tr("Prompt")),
            (Order.SEED, tr("Seed")),
            (Order.LENGTH, tr("Length")),
            (Order.LOUDNESS, tr("Loudness")),
            (Order.PEAK, tr("True peak")),
            (Order.NOTES, tr("Notes")),
            (Order.TEMPO, tr("Tempo")),
            (Order.WON, tr("Blind comparisons")),
            (Order.GATE, tr("Quality gate")),
        ):
            self.order.addItem(text, order.value)
        self._name(self.order, tr("Sort the takes by"), tr("Sort the takes by"))
        self.falls = toggle("\u2193", tr("Highest first, newest first"))

    def _name(self, widget: QWidget, name: str, tip: str) -> None:
        widget.setAccessibleName(name)
        widget.setToolTip(tip)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.search, 4)
        for widget in (self.stars, self.passed, self.rejected, self.order, self.falls, self.count):
            row.addWidget(widget)
        row.addStretch(1)

    def _connect(self) -> None:
        changed = self.changed
        self.search.textChanged.connect(lambda _text: changed.emit())
        for choice in (self.stars, self.order):
            choice.currentIndexChanged.connect(lambda _at: changed.emit())
        for button in (self.passed, self.rejected, self.falls):
            button.toggled.connect(lambda _on: changed.emit())
