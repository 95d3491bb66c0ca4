"""The corner above the headers: tools, and the names of the strips beside it."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.shared.icons import action_button
from ui.shared.studio import Studio
from ui.timeline.headers import WIDTH_PX
from ui.timeline.ruler import BARS_PX, LOOP_PX, TIME_PX
from ui.timeline.strip import Strip

TOOLS = (
    ("track.add", "playlist-plus"),
    ("timeline.draw", "pencil-outline"),
    ("timeline.split", "content-cut"),
    ("timeline.zoom_all", "arrow-expand-horizontal"),
)
PAD_PX = 8


class Corner(QWidget):
    """Four buttons at the left, the names of ruler and strips at the right."""

    def __init__(self, studio: Studio, strips: Sequence[Strip], parent: QWidget) -> None:
        super().__init__(parent)
        self._studio, self._strips = studio, strips
        self.setFixedWidth(WIDTH_PX)
        for number, (action_id, name) in enumerate(TOOLS):
            button = action_button(studio, action_id, name)
            button.setParent(self)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys with the lanes
            button.move(PAD_PX + number * 32, LOOP_PX)
        studio.look.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter, look = QPainter(self), self._studio.look
        painter.fillRect(self.rect(), look.colour("panel"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), look.colour("line"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("line"))
        font = painter.font()
        font.setPixelSize(look.label_px)
        painter.setFont(font)
        painter.setPen(look.colour("text_dim"))
        top = LOOP_PX
        words = [(self.tr("Bars"), BARS_PX), (self.tr("Time, min:s"), TIME_PX)]
        words += [(strip.kind.name, strip.height()) for strip in self._strips]
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        for word, height in words:
            painter.drawText(QRect(0, top, self.width() - PAD_PX, height), align, word)
            top += height
