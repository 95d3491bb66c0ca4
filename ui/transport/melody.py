"""Recording a melody from an audio input: its action, and the level of what is heard."""

import time
from typing import Final

from PySide6.QtCore import QObject, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.document.song import MIN_GAIN_DB, Song
from desktop.session.melody import MelodyRecorder
from ui.shared.controls import PRESSES
from ui.shared.controls_meter import FRAME_MS, WARN_DB, Levels
from ui.shared.studio import Studio

ACTION: Final = "transport.record_melody"
LOW_DB: Final = -60.0
CLIP: Final = 0.999  # an input that is full cannot be told from one that is too full
WIDTH, LIGHT_WIDTH, BAR_HEIGHT = 64, 8, 8


class MelodyActions(QObject):
    """Registers the recording of a melody, and keeps its action down while it lasts."""

    def __init__(self, studio: Studio, melody: MelodyRecorder, parent: QObject) -> None:
        super().__init__(parent)
        self._studio, self._melody = studio, melody
        text = self.tr("Record a melody")
        tip = self.tr(
            "Sing, hum or play to the audio input; what you record becomes notes of the armed or "
            "selected track"
        )
        add = studio.actions.add
        add(ACTION, "transport", text, self._toggle, "Ctrl+Alt+R", checkable=True, tip=tip)
        melody.changed.connect(self._show)

    def _toggle(self) -> None:
        if self._melody.is_recording:
            self._melody.stop()
        else:
            self._melody.start(self._track_id())
        self._show()

    def _show(self) -> None:
        self._studio.actions[ACTION].setChecked(self._melody.is_recording)

    def _track_id(self) -> int | None:
        """Return the track to record on; None for a new one, as drums have no melody."""
        session, armed = self._studio.session, self._studio.transport.armed
        chosen = session.selection.track_id
        wanted = chosen if chosen in armed or not armed else None
        pitched = [track.id for track in session.song.tracks if track.role != "drums"]
        if wanted is None:
            wanted = next((track_id for track_id in pitched if track_id in armed), None)
        if wanted is None and _has_one_track(session.song):
            wanted = session.song.tracks[0].id
        return wanted if wanted in pitched else None


class InputMeter(QWidget):
    """The level of the input while it is recorded; its clip light stays until it is clicked."""

    def __init__(
        self, studio: Studio, melody: MelodyRecorder, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.levels = Levels()
        self._look, self._melody = studio.look, melody
        self._timer = QTimer(self, interval=FRAME_MS)
        self._timer.timeout.connect(self._fall)
        self.setFixedSize(self.sizeHint())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Level of the audio input"))
        studio.look.changed.connect(self.update)
        melody.changed.connect(self._follow)
        melody.level.connect(self._take)
        self._say()
        self._follow()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(WIDTH, 28)

    def reset(self) -> None:
        """Put the clip light out."""
        self.levels.reset()
        self._say()
        self._follow()
        self.update()

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802
        self.reset()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in PRESSES:
            self.reset()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter, look, levels = QPainter(self), self._look, self.levels
        top = (self.height() - BAR_HEIGHT) / 2
        bar = QRectF(0, top, self.width() - LIGHT_WIDTH - 2, BAR_HEIGHT)
        light = QRectF(bar.right() + 2, top, LIGHT_WIDTH, BAR_HEIGHT)
        painter.fillRect(light, look.colour("error" if levels.clipped else "well"))
        painter.fillRect(bar, look.colour("well"))
        role = "warn" if levels.peak_db > WARN_DB else "good"
        painter.fillRect(_part(bar, levels.peak_db), look.colour(role, 0.45))
        painter.fillRect(_part(bar, levels.rms_db), look.colour(role))
        if levels.held_db > LOW_DB:
            held = _part(bar, levels.held_db).right()
            painter.fillRect(QRectF(held - 2, top, 2, BAR_HEIGHT), look.colour(role))
        if self.hasFocus():
            painter.setPen(look.colour("accent"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _follow(self) -> None:
        """Be there while something is recorded, and after that while it says that it clipped."""
        is_recording = self._melody.is_recording
        if self._melody.state == "opening":
            self.levels = Levels()
            self._say()
        self.setVisible(is_recording or self.levels.clipped)
        if is_recording:
            self._timer.start()
        else:
            self._timer.stop()

    def _take(self, peak: float, rms: float) -> None:
        clipped = self.levels.clipped
        self.levels.take(peak, rms, time.monotonic())
        self.levels.clipped |= peak >= CLIP
        if self.levels.clipped != clipped:
            self._say()

    def _fall(self) -> None:
        self.levels.fall(time.monotonic())
        self._say()
        self.update()

    def _say(self) -> None:
        highest = self.levels.highest_db
        shown = f"{highest:.1f}" if highest > MIN_GAIN_DB else "-inf"
        tip = self.tr("Audio input {name}: highest peak {level} dBFS; a click resets it").format(
            name=self._melody.input_name, level=shown
        )
        if self.levels.clipped:
            tip = self.tr("{level}. It clipped: turn the input down").format(level=tip)
        self.setToolTip(tip)
        self.setAccessibleDescription(tip)


def _part(bar: QRectF, level_db: float) -> QRectF:
    share = max(0.0, min(1.0, 1 - level_db / LOW_DB))
    return QRectF(bar.left(), bar.top(), bar.width() * share, bar.height())


def _has_one_track(song: Song) -> bool:
    return len(song.tracks) == 1
