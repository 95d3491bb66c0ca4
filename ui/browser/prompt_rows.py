"""The prompts found, row by row: what is shown of them, and how it is drawn."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.prompts.library import MAX_RATING, Prompt
from ui.shared.prompt_data import MIME, prompt_data
from ui.shared.theme import LABEL_PX, Look

Index = QModelIndex | QPersistentModelIndex
PROMPT: Final = Qt.ItemDataRole.UserRole
MARGIN_PX: Final = 8
TEXT_LINES: Final = 2
MOST_LETTERS: Final = 1000  # that are fitted: more than two lines ever hold


class PromptRows(QAbstractListModel):
    """A row for each prompt, which can be dragged."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.prompts: tuple[Prompt, ...] = ()

    def show_prompts(self, prompts: Sequence[Prompt]) -> None:
        """Show `prompts` in place of those before."""
        self.beginResetModel()
        self.prompts = tuple(prompts)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self.prompts)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        prompt = self.prompts[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return prompt.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{prompt.text}\n{self._about(prompt)}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{prompt.text}, {self._about(prompt)}"
        return prompt if role == PROMPT else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:  # noqa: N802
        return [MIME, "text/plain"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802
        return prompt_data(self.prompts[indexes[0].row()].text)

    def _about(self, prompt: Prompt) -> str:
        facts = [self.tr("{n} of 5 stars").format(n=prompt.rating)]
        facts.append(self.tr("uses: {n}").format(n=prompt.uses))
        facts.append(self.tr("takes: {n}").format(n=prompt.takes))
        facts += [self.tr("tags: {tags}").format(tags=", ".join(prompt.tags))] * bool(prompt.tags)
        if prompt.compared:
            facts.append(self.tr("A/B rating {elo:.0f}").format(elo=prompt.elo))
        return "; ".join(facts)


class PromptPainter(QStyledItemDelegate):
    """Draws the prompt on two lines, below it stars and tags; a click on a star gives so many."""

    rated = Signal(object, int)  # the Prompt, and how many stars

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        small = QFontMetrics(self._small(option)).height()
        return QSize(0, _text_px(option) + small + 2 * MARGIN_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        prompt: Prompt = index.data(PROMPT)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(option.rect, self._look.colour("selection", 0.25))
        painter.setPen(self._look.colour("text"))
        text, below = self._text_rect(option), self._below(option)
        painter.setFont(option.font)
        painter.drawText(text, Qt.TextFlag.TextWordWrap, _fitted(prompt.text, text, option))
        painter.setFont(self._small(option))
        painter.setPen(self._look.colour("warn" if prompt.rating else "text_dim"))
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, _stars(prompt))
        painter.setPen(self._look.colour("text" if chosen else "text_dim"))
        right = below.adjusted(self._stars_px(option) + MARGIN_PX, 0, 0, 0)
        metrics = QFontMetrics(self._small(option))
        tags = metrics.elidedText(
            ", ".join(prompt.tags), Qt.TextElideMode.ElideRight, right.width()
        )
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter, tags)
        painter.restore()

    def editorEvent(  # noqa: N802
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        pressed = event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent)
        if pressed and isinstance(event, QMouseEvent):
            below, at = self._below(option), event.position().toPoint()
            share = (at.x() - below.left()) / self._stars_px(option)
            if below.contains(at) and 0 <= share < 1:
                self._rate(index.data(PROMPT), int(share * MAX_RATING) + 1)
                return True
        return super().editorEvent(event, model, option, index)

    def star_at(self, option: QStyleOptionViewItem, stars: int) -> QRect:
        """Return where star number `stars` of a row is."""
        below, width = self._below(option), self._stars_px(option) / MAX_RATING
        return QRect(
            round(below.left() + (stars - 1) * width), below.top(), int(width), below.height()
        )

    def _rate(self, prompt: Prompt, stars: int) -> None:
        self.rated.emit(prompt, 0 if stars == prompt.rating else stars)

    def _text_rect(self, option: QStyleOptionViewItem) -> QRect:
        rect = option.rect.adjusted(MARGIN_PX, MARGIN_PX, -MARGIN_PX, 0)
        rect.setHeight(_text_px(option))
        return rect

    def _below(self, option: QStyleOptionViewItem) -> QRect:
        rect = option.rect.adjusted(MARGIN_PX, 0, -MARGIN_PX, -MARGIN_PX)
        rect.setTop(self._text_rect(option).bottom() + 1)
        return rect

    def _stars_px(self, option: QStyleOptionViewItem) -> int:
        return QFontMetrics(self._small(option)).horizontalAdvance("★" * MAX_RATING)

    def _small(self, option: QStyleOptionViewItem) -> QFont:
        font = QFont(option.font)
        font.setPixelSize(round(LABEL_PX * self._look.text_percent / 100))
        return font


def _text_px(option: QStyleOptionViewItem) -> int:
    # Chinese comes from another font, whose lines are higher.
    line = option.fontMetrics.boundingRect(QRect(0, 0, 999, 999), 0, "Ág国")
    return TEXT_LINES * (line.height() + 1)


def _stars(prompt: Prompt) -> str:
    return "★" * prompt.rating + "☆" * (MAX_RATING - prompt.rating)


def _fitted(text: str, rect: QRect, option: QStyleOptionViewItem) -> str:
    """Return as much of `text` as two lines hold, with a sign where it goes on."""
    line = " ".join(text[:MOST_LETTERS].split())
    metrics, wrap = option.fontMetrics, Qt.TextFlag.TextWordWrap
    while line and metrics.boundingRect(rect, wrap, line).height() > rect.height():
        line = line.removesuffix("…")[: -max(1, len(line) // 16)].rstrip() + "…"
    return line
