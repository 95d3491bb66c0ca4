"""A strip above the lanes: markers, tempo or metre changes over time."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from desktop.document.time import Tick
from desktop.session.session import Edit
from ui.timeline.arrangement import Arrangement
from ui.timeline.changes import Item, Kind
from ui.timeline.inline_editor import InlineEditor
from ui.timeline.pointing import say_status
from ui.timeline.wheel import turn_wheel

HEIGHT_PX: Final = 18
EDITOR_PX: Final = 96
START_PX: Final = 4


class Strip(QWidget):
    """What `kind` says the song has, at its places: drag, double-click to type, right-click."""

    def __init__(self, arrangement: Arrangement, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._arrangement, self.kind = arrangement, kind
        self._dragged: tuple[Item, QPoint] | None = None
        self._began = False
        self.editor: InlineEditor | None = None
        self.setAccessibleName(kind.name)
        self.setToolTip(kind.tip)
        self.setMouseTracking(True)
        self.setFixedHeight(HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        arrangement.changed.connect(self.update)

    def item_at(self, x: float) -> Item | None:
        """Return what stands at a pixel: the last that begins before it and reaches over it."""
        found = None
        for item, rect in self._placed():
            if rect.left() - 4 <= x <= rect.right():
                found = item
        return found

    def _placed(self) -> list[tuple[Item, QRectF]]:
        metrics, scale = self.fontMetrics(), self._arrangement.scale
        items = self.kind.items(self._arrangement.song)
        edges = [scale.x(item.tick) for item in items]
        room = [*edges, float("inf")][1:]
        return [
            (item, QRectF(x, 0, min(metrics.horizontalAdvance(item.text) + 10, end - x), 18))
            for item, x, end in zip(items, edges, room, strict=True)
        ]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter, look = QPainter(self), self._arrangement.studio.look
        painter.fillRect(event.rect(), look.colour("panel"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("line"))
        font = painter.font()
        font.setPixelSize(look.label_px)
        painter.setFont(font)
        for item, rect in self._placed():
            if rect.right() + 10 >= -4 and rect.left() <= self.width():
                painter.fillRect(QRectF(round(rect.left()), 0, 2, 17), look.colour("accent"))
                painter.setPen(look.colour("text"))
                align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
                painter.drawText(rect.adjusted(6, 0, 0, 0), align, item.text)
        self._paint_lasting(painter)
        painter.end()

    def _paint_lasting(self, painter: QPainter) -> None:
        """Write at the left edge what holds there, if it began further left."""
        tick = Tick(int(self._arrangement.scale.left_tick))
        text = self.kind.text_at(self._arrangement.song, tick)
        room = next((rect.left() for _, rect in self._placed() if rect.left() > -2), self.width())
        if self.kind.lasts and room > self.fontMetrics().horizontalAdvance(text) + 12:
            painter.setPen(self._arrangement.studio.look.colour("text_dim"))
            align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(QRectF(6, 0, room, 18), align, text)

    # Pointing

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        item = self.item_at(event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and item is not None:
            self._dragged, self._began = (item, event.position().toPoint()), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._dragged is None:
            self._point(event.position().x())
            return
        item, pressed = self._dragged
        if abs(event.position().x() - pressed.x()) >= START_PX:
            self._began = not item.is_fixed
        if self._began:
            self._arrangement.session.preview(self.kind.move(item, self._tick(event)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        dragged, self._dragged = self._dragged, None
        if dragged is not None and self._began:
            name = self.tr("Move {0}").format(self.kind.name.split(",")[0].casefold())
            self._arrangement.session.commit(name)
        elif dragged is not None and event.button() == Qt.MouseButton.LeftButton:
            self._arrangement.transport.go_to(dragged[0].tick)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._dragged = None
        item = self.item_at(event.position().x())
        if item is not None:
            self._type(item.tick, item.text, partial(self._change, item))
        else:
            self.add(self._tick(event))

    def add(self, tick: Tick) -> None:
        """Let something new at `tick` be typed."""
        text = self.kind.text_at(self._arrangement.song, tick)
        self._type(tick, text, partial(self._add, tick), always=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape and self._dragged is not None:
            self._dragged = None
            self._arrangement.session.cancel_preview()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        menu = self.menu(event.pos().x())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())
        event.accept()

    def menu(self, x: float) -> QMenu:
        """Return what can be done at a pixel."""
        menu, item = QMenu(self), self.item_at(x)
        if item is None:
            tick = Tick(self._arrangement.grid.near(self._arrangement.scale.tick(x), free=False))
            menu.addAction(self.tr("Add here..."), partial(self.add, tick))
            return menu
        change = partial(self._type, item.tick, item.text, partial(self._change, item))
        menu.addAction(self.tr("Change..."), change)
        delete = menu.addAction(self.tr("Delete"), partial(self._remove, item))
        delete.setEnabled(not item.is_fixed)
        return menu

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        super().leaveEvent(event)
        say_status(self, "")

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        turn_wheel(self._arrangement, event)

    def _point(self, x: float) -> None:
        item = self.item_at(x)
        shapes = Qt.CursorShape
        moves = item is not None and not item.is_fixed
        self.setCursor(shapes.SizeHorCursor if moves else shapes.ArrowCursor)
        say_status(self, self.kind.tip)

    def _tick(self, event: QMouseEvent) -> Tick:
        free = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        tick = self._arrangement.scale.tick(event.position().x())
        return Tick(self._arrangement.grid.near(tick, free))

    def _type(
        self, tick: Tick, text: str, take: Callable[[str], None], *, always: bool = False
    ) -> None:
        self.editor = InlineEditor(text, self.kind.name, self, always=always)
        self.editor.typed.connect(take)
        left = min(round(self._arrangement.scale.x(tick)), self.width() - EDITOR_PX)
        self.editor.open(QRect(max(0, left), 0, EDITOR_PX, HEIGHT_PX))

    def _add(self, tick: Tick, text: str) -> None:
        self._edit(self.tr("Add to {0}"), lambda: self.kind.add(tick, text))

    def _change(self, item: Item, text: str) -> None:
        self._edit(self.tr("Change {0}"), lambda: self.kind.change(item, text))

    def _remove(self, item: Item) -> None:
        self._edit(self.tr("Delete from {0}"), lambda: self.kind.remove(item))

    def _edit(self, name: str, edit: Callable[[], Edit]) -> None:
        session = self._arrangement.session
        try:
            session.edit(name.format(self.kind.name.split(",")[0].casefold()), edit())
        except ValueError as error:  # what was typed is no value
            session.failed.emit(str(error))
