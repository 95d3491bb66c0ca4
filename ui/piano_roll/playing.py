"""Playing notes by hand: on the drawn keyboard, on the computer's keys, step by step."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from desktop.document.edits import add_note, change_clip, remove_notes
from desktop.document.query import find_track
from desktop.document.song import Clip, Song
from desktop.document.time import Tick
from ui.piano_roll.growing import grown
from ui.piano_roll.keyboard import Keyboard
from ui.piano_roll.roll import Roll
from ui.shared.pitch_names import pitch_name

_KEYS: Final = Qt.Key
# Two rows of letters stand like white and black keys, from C on.
SEMITONES: Final = {
    key: semitone
    for semitone, key in enumerate(
        (
            *(_KEYS.Key_A, _KEYS.Key_W, _KEYS.Key_S, _KEYS.Key_E, _KEYS.Key_D, _KEYS.Key_F),
            *(_KEYS.Key_T, _KEYS.Key_G, _KEYS.Key_Y, _KEYS.Key_H, _KEYS.Key_U, _KEYS.Key_J),
            *(_KEYS.Key_K, _KEYS.Key_O, _KEYS.Key_L, _KEYS.Key_P, _KEYS.Key_Semicolon),
        )
    )
}
OCTAVES: Final = {_KEYS.Key_Z: -12, _KEYS.Key_X: 12}
LOWER: Final = {"bass": -24, "drums": -24}  # semitones, where such notes mostly lie
LOWEST_C: Final = 0
HIGHEST_C: Final = 108


class Playing(QObject):
    """Lets notes sound while they are held, and writes them where step input is on."""

    changed = Signal()  # a mode went on or off, or the octave changed

    def __init__(self, roll: Roll, keyboard: Keyboard, panel: QWidget) -> None:
        super().__init__(panel)
        self._roll, self._keyboard, self._panel = roll, keyboard, panel
        self.letters = False  # whether letters are keys
        self.lowest = 60  # the pitch of the letter A, but for tracks that lie lower
        self._down: dict[int, int] = {}  # a letter's key code: the pitch that it let sound
        self._sounding: dict[int, int] = {}  # a pitch: the track on which it sounds
        self._step_ids: list[list[int]] = []  # the notes of each step, the last one last
        keyboard.pressed.connect(self.note_on)
        keyboard.released.connect(self.note_off)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_changed)

    # What sounds

    def note_on(self, pitch: int, velocity: int) -> None:
        """Let a note begin; step input writes it."""
        track_id = self._track_id()
        if track_id is None or pitch in self._sounding:
            return
        if self._roll.step_tick is not None:
            self._write(pitch, velocity, new_step=not self._sounding)
        self._sounding[pitch] = track_id
        self._roll.studio.transport.note_on(track_id, pitch, velocity)
        self._keyboard.show_down(pitch, True)

    def note_off(self, pitch: int) -> None:
        """Let a note end; when the last one of a step ends, the next step is up."""
        track_id = self._sounding.pop(pitch, None)
        if track_id is None:
            return
        self._roll.studio.transport.note_off(track_id, pitch)
        self._keyboard.show_down(pitch, False)
        if not self._sounding and self._roll.step_tick is not None:
            self._roll.step_to(self._roll.step_tick + self._roll.step_length)

    def _track_id(self) -> int | None:
        """Return the track that is played: an armed one where there are any, as it records."""
        armed, here = self._roll.studio.transport.armed, self._roll.track
        if here is not None and (self._roll.step_tick is not None or here.id in armed or not armed):
            return here.id
        selected = self._roll.studio.session.selection.track_id
        return selected if selected in armed or not armed else min(armed)

    def all_off(self) -> None:
        """Let every note end that is held."""
        self._down.clear()
        for pitch in list(self._sounding):
            self.note_off(pitch)

    # Letters as keys

    def play_letters(self, on: bool) -> None:
        """Let letters play notes, or be shortcuts."""
        self.letters = on
        self.all_off()
        self.changed.emit()

    def wants(self, event: QEvent) -> bool:
        """Return whether a key is for playing, and no shortcut."""
        if not isinstance(event, QKeyEvent):
            return False
        stepping = self._roll.step_tick is not None and self._in_panel(QApplication.focusWidget())
        if event.modifiers() not in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            return False
        if stepping and event.key() in (_KEYS.Key_Right, _KEYS.Key_Backspace):
            return True
        return self.letters and (event.key() in SEMITONES or event.key() in OCTAVES)

    def press(self, event: QKeyEvent) -> bool:
        """Do what a pressed key is for; return whether it was for playing."""
        if not self.wants(event):
            return False
        key = _KEYS(event.key())
        if key == _KEYS.Key_Right:
            self.rest()
        elif key == _KEYS.Key_Backspace:
            self.step_back()
        elif event.isAutoRepeat():
            pass
        elif key in OCTAVES:
            self.shift_octave(OCTAVES[key])
        else:
            self._down[key] = min(127, self._pitch_of_a() + SEMITONES[key])
            self.note_on(self._down[key], self._roll.velocity)
        return True

    def release(self, event: QKeyEvent) -> bool:
        """Let go of a letter's note; return whether it held one."""
        if event.isAutoRepeat() or event.key() not in self._down:
            return False
        self.note_off(self._down.pop(event.key()))
        return True

    def _pitch_of_a(self) -> int:
        """Return the pitch of the letter A on the track that is played: the kick, among drums."""
        track_id = self._track_id()
        role = "" if track_id is None else find_track(self._roll.song, track_id).role
        return max(LOWEST_C, self.lowest + LOWER.get(role, 0))

    def shift_octave(self, semitones: int) -> None:
        """Let the letters play higher or lower."""
        self.all_off()
        self.lowest = min(HIGHEST_C, max(LOWEST_C, self.lowest + semitones))
        name = pitch_name(self._pitch_of_a())
        self._roll.studio.session.said.emit(self.tr("The letter A plays {0}").format(name))
        self.changed.emit()

    # Step by step

    def step(self, on: bool) -> None:
        """Write played notes one step after another, from the playhead on, or stop it."""
        clip = self._roll.clip
        self._step_ids.clear()
        if not on or clip is None:
            self._roll.step_to(None)
        else:
            at = max(clip.start, round(self._roll.studio.transport.tick))
            at = clip.start if at >= clip.end else at
            self._roll.step_to(self._roll.division.before(self._roll.tempo_map, at))
        self.changed.emit()

    def stop_steps(self) -> None:
        """Turn step input off, as for another clip."""
        if self._roll.step_tick is not None:
            self.step(False)

    def rest(self) -> None:
        """Leave a step empty."""
        if self._roll.step_tick is not None:
            self._step_ids.append([])
            self._roll.step_to(self._roll.step_tick + self._roll.step_length)

    def step_back(self) -> None:
        """Take back the last step that was written."""
        tick, clip = self._roll.step_tick, self._roll.clip
        if tick is None or clip is None:
            return
        gone = set(self._step_ids.pop()) if self._step_ids else set()
        if gone:
            clip_id = clip.id
            self._roll.edit(self.tr("Take back step"), lambda s: remove_notes(s, clip_id, gone))
        self._roll.step_to(max(clip.start, tick - self._roll.step_length))

    def _write(self, pitch: int, velocity: int, *, new_step: bool) -> None:
        clip, tick = self._roll.clip, self._roll.step_tick
        if clip is None or tick is None:
            return
        clip_id, start, length = clip.id, tick - clip.start, self._roll.step_length
        pitch = self._roll.kept_pitch(pitch)

        def write(song: Song) -> Song:
            song = add_note(song, clip_id, Tick(start), Tick(length), pitch, velocity=velocity)
            return change_clip(song, clip_id, lambda c: grown(c, start + length))

        if self._roll.edit(self.tr("Write step"), write):
            if new_step or not self._step_ids:
                self._step_ids.append([])
            self._step_ids[-1].append(_newest(self._roll.clip))

    # Letters play wherever the focus is but in a text; lists would go to what begins with them.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keep the letters from what has the focus elsewhere in the window."""
        if event.type() == QEvent.Type.ShortcutOverride and self.wants(event):
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self.press(event)
        if event.type() == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            return self.release(event)
        return super().eventFilter(watched, event)

    def _focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if new is None or new.window() is not self._panel.window() or _takes_text(new):
            self.all_off()
        elif not self._in_panel(new):
            new.installEventFilter(self)

    def _in_panel(self, widget: QWidget | None) -> bool:
        return widget is not None and self._panel.isAncestorOf(widget)


def _takes_text(widget: QWidget) -> bool:
    if isinstance(widget, QComboBox):
        return widget.isEditable()
    return isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit | QAbstractSpinBox)


def _newest(clip: Clip | None) -> int:
    return max((note.id for note in clip.notes), default=0) if clip is not None else 0
