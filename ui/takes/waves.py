"""Draws takes: the outline of their sound in a cell, and whole cards of a grid."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import (
    QLineF,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.document.song import Take
from ui.shared.peak_store import PeakStore
from ui.shared.peaks import Floats
from ui.shared.takes import stars_text
from ui.shared.theme import Look
from ui.takes.badges import gate_text, loudness_text
from ui.takes.table import TakesModel

WAVE_PX: Final = 120
CARD: Final = QSize(196, 96)
LOUDNESS_EXPONENT: Final = 0.6  # as loud as it is heard (Stevens)
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Waves:
    """Draws outlines from `store` in the colours of `look`."""

    store: PeakStore
    look: Look

    def paint(self, painter: QPainter, place: QRectF, take: Take, role: str) -> None:
        """Draw the outline of all of the take; nothing until it is computed."""
        peaks, columns = self.store.of(take), int(place.width())
        if peaks is not None and columns > 1:
            painter.setPen(QPen(self.look.colour(role), 1))
            painter.drawLines(
                wave_lines(peaks.over(np.linspace(0, take.frames, columns + 1)), place)
            )
        elif self.store.is_missing(take):
            painter.setPen(self.look.colour("error"))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "?")


def wave_lines(found: Floats, place: QRectF) -> list[QLineF]:
    """Return a line for each column of lowest and highest, (2, n), from the left of `place` on."""
    low, high = np.sign(found) * np.abs(found) ** LOUDNESS_EXPONENT
    x, middle, half = place.left() + 0.5, place.center().y(), place.height() / 2 - 1
    return [
        QLineF(x + n, middle - top * half - 0.5, x + n, middle - bottom * half + 0.5)
        for n, (bottom, top) in enumerate(zip(low.tolist(), high.tolist(), strict=True))
    ]


class WaveDelegate(QStyledItemDelegate):
    """Draws the sound of a row's take."""

    def __init__(self, store: PeakStore, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look, self._waves = look, Waves(store, look)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        return QSize(WAVE_PX, 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        model = index.model()
        assert isinstance(model, TakesModel)
        take = model.takes[index.row()]
        role = "accent_text" if is_selected(option) else wave_role(model, take)
        place = QRectF(option.rect).adjusted(2, 2, -2, -2)
        self._waves.paint(painter, place, take, role)


class CardDelegate(QStyledItemDelegate):
    """Draws a take as a card: name, stars, sound, and what it measures."""

    def __init__(self, store: PeakStore, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look, self._waves = look, Waves(store, look)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        return CARD

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, TakesModel)
        take, look = model.takes[index.row()], self._look
        card = QRectF(option.rect).adjusted(3, 3, -3, -3)
        painter.save()
        plays, selected = take.id in model.playing, is_selected(option)
        edge = "accent" if selected else "good" if plays else "line"
        painter.setPen(QPen(look.colour(edge), 2 if selected or plays else 1))
        painter.setBrush(look.colour("raised" if not take.rejected else "panel"))
        painter.drawRoundedRect(card, 4, 4)
        inner = card.adjusted(8, 4, -8, -4)
        self._paint_words(painter, inner, model, index.row())
        wave = QRectF(inner.left(), inner.top() + 22, inner.width(), inner.height() - 44)
        self._waves.paint(painter, wave, take, wave_role(model, take))
        painter.restore()

    def _paint_words(self, painter: QPainter, inner: QRectF, model: TakesModel, row: int) -> None:
        take, look = model.takes[row], self._look
        font = QFont(painter.font())
        font.setStrikeOut(take.rejected)
        font.setPixelSize(look.label_px)
        painter.setFont(font)
        above = QRectF(inner.topLeft(), QPointF(inner.right(), inner.top() + 20))
        below = QRectF(QPointF(inner.left(), inner.bottom() - 20), inner.bottomRight())
        right = self._write(painter, above, stars_text(take.stars), "warn", right=True)
        name = f"{model.mark(take, row)} {model.title(take)}".strip()
        self._write(painter, above.adjusted(0, 0, -right, 0), name, "text")
        right = self._write(painter, below, loudness_text(take), "text_dim", right=True)
        role = "text_dim" if take.quality.passed else "warn"
        self._write(painter, below.adjusted(0, 0, -right, 0), gate_text(take), role)

    def _write(
        self, painter: QPainter, place: QRectF, text: str, role: str, *, right: bool = False
    ) -> float:
        """Return how wide `text` came out, the gap beside it included."""
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(place.width()))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.setPen(self._look.colour(role))
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, shown)
        return metrics.horizontalAdvance(shown) + 6


def is_selected(option: QStyleOptionViewItem) -> bool:
    """Return whether the row is selected."""
    return bool(option.state & QStyle.StateFlag.State_Selected)


def wave_role(model: TakesModel, take: Take) -> str:
    """Return the colour's role in which the take's sound is drawn."""
    if take.rejected:
        return "text_dim"
    return "accent" if take.id in model.playing else "text"
