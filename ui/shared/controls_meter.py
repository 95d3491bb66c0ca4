"""A level meter: peak and RMS in dBFS, the peak held, a light that stays once it clipped."""

import time
from typing import Final

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.document.song import MIN_GAIN_DB
from ui.shared.controls import PRESSES
from ui.shared.controls_number import db_to_share, linear_to_db
from ui.shared.theme import Look

HOLD_S: Final = 1.5
FALL_DB_S: Final = 24.0
FRAME_MS: Final = 33
SILENT_DB: Final = -90.0
WARN_DB: Final = -6.0
LIGHT_HEIGHT: Final = 8


class Levels:
    """What a meter shows: levels that fall slowly, the highest peak for a while. No Qt."""

    def __init__(self) -> None:
        self.peak_db = self.rms_db = self.held_db = self.highest_db = MIN_GAIN_DB
        self.clipped = False
        self._held_at_s = self._at_s = 0.0

    def take(self, peak: float, rms: float, now_s: float) -> None:
        """Take note of linear levels at `now_s`."""
        self.fall(now_s)
        self.peak_db = max(self.peak_db, linear_to_db(peak))
        self.rms_db = max(self.rms_db, linear_to_db(rms))
        self.highest_db = max(self.highest_db, self.peak_db)
        self.clipped |= peak > 1.0
        if self.peak_db >= self.held_db:
            self.held_db, self._held_at_s = self.peak_db, now_s

    def fall(self, now_s: float) -> None:
        """Let the levels fall until `now_s`."""
        by_db, self._at_s = FALL_DB_S * max(0.0, now_s - self._at_s), now_s
        self.peak_db = max(MIN_GAIN_DB, self.peak_db - by_db)
        self.rms_db = max(MIN_GAIN_DB, self.rms_db - by_db)
        if now_s - self._held_at_s > HOLD_S:
            self.held_db = max(self.peak_db, self.held_db - by_db)

    def reset(self) -> None:
        """Forget the highest peak, and that it clipped."""
        self.highest_db, self.clipped = self.peak_db, False

    @property
    def is_silent(self) -> bool:
        """Return whether there is nothing left to fall."""
        return self.held_db < SILENT_DB


class Meter(QWidget):
    """One bar; a click puts the clip light out. Its scale is that of a fader beside it."""

    def __init__(self, look: Look, name: str, margin_px: int, parent: QWidget | None = None):
        super().__init__(parent)
        self.levels = Levels()
        self._look, self._margin_px = look, margin_px
        self._name = name
        self._timer = QTimer(self, interval=FRAME_MS)
        self._timer.timeout.connect(self._fall)
        self.setFixedWidth(14)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)
        self._say()
        look.changed.connect(self.update)

    def take(self, peak: float, rms: float) -> None:
        """Show linear levels."""
        self.levels.take(peak, rms, time.monotonic())
        if not self._timer.isActive() and not self.levels.is_silent:
            self._timer.start()

    def reset(self) -> None:
        """Put the clip light out."""
        self.levels.reset()
        self._say()
        self.update()

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802
        self.reset()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in PRESSES:
            self.reset()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        bar = QRectF(2, 0, self.width() - 4, self.height())
        light = "error" if self.levels.clipped else "well"
        painter.fillRect(QRectF(bar.left(), 0, bar.width(), LIGHT_HEIGHT), self._look.colour(light))
        painter.fillRect(self._span(bar, MIN_GAIN_DB, 12.0), self._look.colour("well"))
        role = "warn" if self.levels.peak_db > WARN_DB else "good"
        painter.fillRect(
            self._span(bar, MIN_GAIN_DB, self.levels.peak_db), self._look.colour(role, 0.45)
        )
        painter.fillRect(self._span(bar, MIN_GAIN_DB, self.levels.rms_db), self._look.colour(role))
        if not self.levels.is_silent:
            held = self._y(self.levels.held_db)
            line = QRectF(bar.left(), held - 1, bar.width(), 2)
            painter.fillRect(line, self._look.colour("error" if self.levels.held_db > 0 else role))
        if self.hasFocus():
            painter.setPen(self._look.colour("accent"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _span(self, bar: QRectF, low_db: float, high_db: float) -> QRectF:
        top, bottom = self._y(high_db), self._y(low_db)
        return QRectF(bar.left(), top, bar.width(), bottom - top)

    def _y(self, level_db: float) -> float:
        way = self.height() - 2 * self._margin_px
        return self._margin_px + (1 - db_to_share(level_db)) * way

    def _fall(self) -> None:
        self.levels.fall(time.monotonic())
        self.update()
        self._say()
        if self.levels.is_silent:
            self._timer.stop()

    def _say(self) -> None:
        highest = self.levels.highest_db
        shown = f"{highest:.1f}" if highest > MIN_GAIN_DB else "-inf"
        tip = self.tr("{name}: highest peak {level} dBFS; a click resets it and the clip light")
        self.setToolTip(tip.format(name=self._name, level=shown))
