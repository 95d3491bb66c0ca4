"""The prompt's editor: what may be meant is offered as one types."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget
from shiboken6 import isValid

from desktop.prompts.words import Words
from desktop.session.prompts import PromptShelf
from desktop.storage.errors import StorageError
from ui.shared.controls import PRESSES
from ui.shared.controls_text import TextEditor

MOST_WORDS: Final = 5
MOST_PROMPTS: Final = 4
LATIN_LETTERS: Final = 2  # from how many on words are offered; a Chinese character is enough
_BEGINS: Final = re.compile(r"(?<![^\s,，、;；])[^\s,，、;；]|[\u3400-\u9fff]")
SUGGESTION: Final = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`text` in place of the letters from `start` up to the cursor, or of all with `start` None.

    One that `goes_on` from what was typed is marked at once; of the others one has to be chosen,
    or Return after a finished prompt would put another in its place.
    """

    text: str
    start: int | None = None
    goes_on: bool = False


def suggested_words(words: Words, before: str) -> Iterator[Suggestion]:
    """Yield words of the table that go on from the end of `before`, the longest begun first."""
    line = before[-40:]
    for begin in (found.start() for found in _BEGINS.finditer(line)):
        letters = line[begin:]
        if letters != letters.rstrip() or (letters.isascii() and len(letters) < LATIN_LETTERS):
            continue
        found = dict.fromkeys(words.beginning_with(letters))
        names = [name for name in found if name != letters]
        if names:
            start, begun = len(before) - len(letters), letters not in found
            yield from (Suggestion(name, start, begun) for name in islice(names, MOST_WORDS))
            return


class PromptEditor(TextEditor):
    """Return takes the marked suggestion, Tab that or the first; Down marks, Escape hides them."""

    def watch(self, shelf: PromptShelf) -> None:
        """Take suggestions from the library and the words of `shelf`."""
        self._shelf = shelf
        self.offers, self._offered_at = Offers(self), 0
        self.textChanged.connect(self._offer)
        self.selectionChanged.connect(self._follow_cursor)
        self.cursorPositionChanged.connect(self._follow_cursor)
        self.offers.itemClicked.connect(self._take_item)

    def finish(self) -> None:
        """Pass on what was typed; nothing more is offered for it."""
        self._hide_offers()
        super().finish()

    def set_shown(self, text: str) -> None:
        super().set_shown(text)
        if not self.hasFocus():
            self._hide_offers()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if (
            event.key() == Qt.Key.Key_Space
            and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        ):
            self._offer(wanted=True)
        elif not self._offers_are_shown() or not self._take_key(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        if forward and self._offers_are_shown():
            self._take_item(self.offers.item(max(0, self.offers.currentRow())))
            return True
        return super().focusNextPrevChild(forward)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        self._hide_offers()
        super().focusOutEvent(event)

    def _offers_are_shown(self) -> bool:
        return isValid(self.offers) and not self.offers.isHidden()

    def _hide_offers(self) -> None:
        if isValid(self.offers):  # they go with the window, which may be before this
            self.offers.hide()

    def _take_key(self, event: QKeyEvent) -> bool:
        row = self.offers.currentRow()
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.offers.setCurrentRow(min(self.offers.count() - 1, max(0, row + step)))
        elif event.key() == Qt.Key.Key_Escape:
            self.offers.hide()
        elif event.key() in PRESSES and row >= 0:
            self._take_item(self.offers.item(row))
        else:
            if event.key() in PRESSES:
                self.offers.hide()
            return False
        return True

    def _follow_cursor(self) -> None:
        """Hide suggestions that are for the letters before another place."""
        cursor = self.textCursor()
        if cursor.hasSelection() or cursor.position() != self._offered_at:
            self._hide_offers()

    def _offer(self, *, wanted: bool = False) -> None:
        self._offered_at = self.textCursor().position()
        found = list(self._suggestions(wanted)) if self.hasFocus() else []
        self.offers.show_suggestions(found, self)

    def _suggestions(self, wanted: bool) -> Iterator[Suggestion]:
        text, at = self.toPlainText(), self.textCursor().position()
        yield from suggested_words(self._shelf.words, text[:at])
        if wanted or len(text.strip()) >= LATIN_LETTERS:
            try:
                prompts = self._shelf.library.search(text, limit=MOST_PROMPTS)
            except StorageError:
                return  # which is said where the library is
            found = [each.text for each in prompts if each.text != text]
            yield from (Suggestion(each, goes_on=each.startswith(text)) for each in found)

    def _take_item(self, item: QListWidgetItem) -> None:
        suggestion: Suggestion = item.data(SUGGESTION)
        self.offers.hide()
        cursor = self.textCursor()
        if suggestion.start is None:
            cursor.select(QTextCursor.SelectionType.Document)
        else:
            cursor.setPosition(suggestion.start, QTextCursor.MoveMode.KeepAnchor)
        self.blockSignals(True)
        cursor.insertText(suggestion.text)
        self.blockSignals(False)
        self.settle()


class Offers(QListWidget):
    """The suggestions, over the window below the cursor; the editor keeps the focus."""

    def __init__(self, editor: QWidget) -> None:
        super().__init__(editor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Suggestions"))
        self.setToolTip(
            self.tr("Return takes the marked one, Down marks the next, Escape hides them")
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.hide()

    def show_suggestions(self, found: list[Suggestion], editor: TextEditor) -> None:
        """Show what was found, the first marked if it goes on; nothing where nothing was."""
        self.clear()
        for suggestion in found:
            item = QListWidgetItem(" ".join(suggestion.text.split()), self)
            item.setData(SUGGESTION, suggestion)
            item.setToolTip(suggestion.text)
        self.setCurrentRow(0 if found and found[0].goes_on else -1)
        if not found:
            self.hide()
            return
        self._place(editor)
        self.show()
        self.raise_()

    def _place(self, editor: TextEditor) -> None:
        window = editor.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        height = self.sizeHintForRow(0) * self.count() + 2 * self.frameWidth()
        self.resize(editor.width(), height)
        cursor = editor.cursorRect()
        below = editor.viewport().mapTo(window, QPoint(0, cursor.bottom() + 4))
        above = editor.viewport().mapTo(window, QPoint(0, cursor.top() - 4 - height))
        left = editor.mapTo(window, QPoint(0, 0)).x()
        fits = below.y() + height <= window.height()
        self.move(left, below.y() if fits else max(0, above.y()))
