"""A hand that points and presses in a timeline."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.document.song import Song, Track
from ui.timeline.panel import Timeline

NO_KEYS = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


class Pointer:
    """Points at ticks of tracks in a shown timeline."""

    def __init__(self, panel: Timeline) -> None:
        self.panel, self.lanes = panel, panel.lanes
        self.arrangement = panel.arrangement

    @property
    def song(self) -> Song:
        return self.arrangement.song

    def track(self, row: int = 0) -> Track:
        return self.song.tracks[row]

    def at(self, tick: float, row: int = 0, depth: float = 0.2) -> QPoint:
        """Return the point of the lanes; `depth` is 0 at the top of the row, 1 at its bottom."""
        found = self.arrangement.rows.rows[row]
        y = found.top - self.arrangement.top_px + depth * found.height
        return QPointF(self.arrangement.scale.x(tick), y).toPoint()

    def drag(
        self,
        start: QPoint,
        *rest: QPoint,
        keys: Qt.KeyboardModifier = NO_KEYS,
        widget: QWidget | None = None,
        lets_go: bool = True,
    ) -> None:
        """Press at `start`, go to each point in turn and let go at the last one."""
        on = widget or self.lanes
        QTest.mousePress(on, LEFT, keys, start)
        for point in rest:
            place = QPointF(on.mapToGlobal(point))
            kind = QMouseEvent.Type.MouseMove
            event = QMouseEvent(kind, QPointF(point), place, LEFT, LEFT, keys)
            QApplication.sendEvent(on, event)
        if lets_go:
            QTest.mouseRelease(on, LEFT, keys, rest[-1])

    def click(self, at: QPoint, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
        QTest.mouseClick(self.lanes, LEFT, keys, at)

    def double_click(self, at: QPoint, widget: QWidget | None = None) -> None:
        QTest.mouseDClick(widget or self.lanes, LEFT, NO_KEYS, at)
        QTest.mouseRelease(widget or self.lanes, LEFT, NO_KEYS, at)

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Press a key while the lanes have the focus."""
        self.lanes.setFocus()
        QTest.keyClick(self.lanes, key, keys)

    def wheel(self, turns: int, at: QPoint, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Turn the wheel at a point of the lanes."""
        event = QWheelEvent(
            QPointF(at),
            QPointF(self.lanes.mapToGlobal(at)),
            QPoint(),
            QPoint(0, 120 * turns),
            Qt.MouseButton.NoButton,
            keys,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self.lanes, event)

    def select(self, *ids: int) -> None:
        self.arrangement.choose(frozenset(ids))
