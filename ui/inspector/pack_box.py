"""A choice of the model that renders regions: the song's, or one of those that are installed."""

from collections.abc import Callable, Collection
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

from desktop.rendering.packs import all_packs
from inference.pack import Pack

SONGS: Final = ""  # no pack has that id
LEAST_LETTERS: Final = 8
PADDING_PX: Final = 4  # of the text, within its field


class PackBox(QComboBox):
    """Calls `choose` with the id of the pack that the user chose, None for the song's."""

    def __init__(self, choose: Callable[[str | None], object], name: str, tip: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.setPlaceholderText(self.tr("different"))
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(LEAST_LETTERS)
        self._packs: dict[str, str] | None = None  # names by id; read when first shown
        self._shown: frozenset[str] = frozenset()
        self.currentIndexChanged.connect(lambda _row: choose(self.currentData() or None))

    def show_packs(self, pack_ids: Collection[str | None]) -> None:
        """Show the one of `pack_ids`, or that there are several."""
        shown = frozenset(pack_id or SONGS for pack_id in pack_ids)
        if shown != self._shown or self._packs is None:
            self._shown, self._packs = shown, self._packs or installed()
            self._fill(self._packs)

    def showPopup(self) -> None:  # noqa: N802
        self._packs = installed()  # some may have come or gone
        self._fill(self._packs)
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        field = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, self)
        text = self.currentText() if self.currentIndex() >= 0 else self.placeholderText()
        option.currentText = self.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, room.width() - PADDING_PX
        )
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def _fill(self, packs: dict[str, str]) -> None:
        gone = self.tr("{pack} (not installed)")
        missing = {each: gone.format(pack=each) for each in sorted(self._shown - {SONGS, *packs})}
        with QSignalBlocker(self):
            self.clear()
            self.addItem(self.tr("the song's"), SONGS)
            for pack_id, name in (packs | missing).items():
                self.addItem(name, pack_id)
                self.setItemData(self.count() - 1, pack_id, Qt.ItemDataRole.ToolTipRole)
            one = next(iter(self._shown)) if len(self._shown) == 1 else None
            self.setCurrentIndex(self.findData(one) if one is not None else -1)


def installed() -> dict[str, str]:
    """Return the names of the packs that can be used, by id; with the id where names are alike."""
    found = [pack for pack in all_packs() if isinstance(pack, Pack)]
    names = {pack.id: pack.manifest.name for pack in reversed(found)}
    often = list(names.values())
    return {
        pack_id: name if often.count(name) == 1 else f"{name} ({pack_id})"
        for pack_id, name in reversed(names.items())
    }
