"""A hand that points and presses in a piano roll."""

from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.document.song import Clip, Note, Song
from desktop.document.time import PPQ
from desktop.engine.messages import AudioSettings
from ui.piano_roll.panel import PianoRoll


class Hand:
    """Points at ticks and pitches of a shown piano roll."""

    def __init__(self, panel: PianoRoll) -> None:
        self.panel, self.view = panel, panel.view

    def point(self, tick: float, pitch: int, rise: float = 0.5) -> QPoint:
        """Return the point of the view; `rise` is 0 at a row's lower edge, 1 at its upper."""
        pitches = self.panel.roll.pitches
        y = pitches.y(pitch) + (1 - rise) * pitches.row_px
        return QPointF(self.panel.roll.scale.x(tick), y).toPoint()

    def drag(
        self,
        start: QPoint,
        *rest: QPoint,
        keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
        widget: QWidget | None = None,
        lets_go: bool = True,
    ) -> None:
        """Press at `start`, go to each point in turn and let go at the last one."""
        on = widget or self.view
        QTest.mousePress(on, button, keys, start)
        for point in rest:
            send_move(on, point, button, keys)
        if lets_go:
            self.let_go(rest[-1] if rest else start, keys=keys, button=button, widget=on)

    def let_go(
        self,
        at: QPoint,
        *,
        keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
        widget: QWidget | None = None,
    ) -> None:
        """Let the button go."""
        QTest.mouseRelease(widget or self.view, button, keys, at)

    def double_click(self, at: QPoint) -> None:
        """Double-click with the left button; the first click has been."""
        QTest.mouseDClick(self.view, Qt.MouseButton.LeftButton, pos=at)
        QTest.mouseRelease(self.view, Qt.MouseButton.LeftButton, pos=at)

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key while the notes have the focus."""
        self.view.setFocus()
        QTest.keyClick(self.view, key, keys)

    def wheel(self, turns: int, at: QPoint, keys: Qt.KeyboardModifier) -> None:
        """Turn the wheel at a point."""
        event = QWheelEvent(
            QPointF(at),
            QPointF(self.view.mapToGlobal(at)),
            QPoint(),
            QPoint(0, 120 * turns),
            Qt.MouseButton.NoButton,
            keys,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self.view, event)

    def select(self, *note_ids: int) -> None:
        """Select notes of the clip."""
        self.panel.roll.choose(frozenset(note_ids))

    @property
    def clip(self) -> Clip:
        """Return the clip."""
        clip = self.panel.roll.clip
        assert clip is not None
        return clip

    @property
    def notes(self) -> tuple[Note, ...]:
        """Return the clip's notes."""
        return self.clip.notes

    @property
    def heard(self) -> list[tuple[int, int, int, int]]:
        """Return (beat in sixteenths, length in sixteenths, pitch, velocity) of each note."""
        step = PPQ // 4
        return [(n.start // step, n.length // step, n.pitch, n.velocity) for n in self.notes]


def send_move(
    widget: QWidget, at: QPoint, button: Qt.MouseButton, keys: Qt.KeyboardModifier
) -> None:
    """Move the pointer with a button and keys held, which qtbot.mouseMove cannot."""
    event = QMouseEvent(
        QMouseEvent.Type.MouseMove,
        QPointF(at),
        QPointF(widget.mapToGlobal(at)),
        Qt.MouseButton.NoButton,
        button,
        keys,
    )
    QApplication.sendEvent(widget, event)


class Listener:
    """An engine that writes down which notes it is asked for."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, int, int]] = []  # "on" or "off", track, pitch

    @property
    def pitches(self) -> list[tuple[str, int]]:
        """Return what was heard without the tracks."""
        return [(what, pitch) for what, _, pitch in self.heard]

    def note_on(self, track_id: int, pitch: int, velocity: int) -> None:
        assert 1 <= velocity <= 127
        self.heard.append(("on", track_id, pitch))

    def note_off(self, track_id: int, pitch: int) -> None:
        self.heard.append(("off", track_id, pitch))

    def seek(self, tick: int) -> None:
        assert tick >= 0

    def set_song(self, song: Song, takes_folder: Path) -> None: ...
    def play(self, from_tick: int) -> None: ...
    def stop(self) -> None: ...
    def set_loop(self, loop: tuple[int, int] | None) -> None: ...
    def set_metronome(self, on: bool, count_in_bars: int) -> None: ...
    def set_settings(self, settings: AudioSettings) -> None: ...
    def look_for_devices(self) -> None: ...
    def start_capture(self, path: Path, device: str | None) -> None: ...
    def end_capture(self) -> None: ...
    def panic(self) -> None: ...
