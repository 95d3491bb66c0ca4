"""The transport bar: play and loop, where it plays, tempo, metre and key, MIDI, what plays it."""

from typing import Final

import psutil
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop.document.edits import set_metre, set_tempo
from desktop.document.song import Song
from desktop.document.tempo import MAX_BPM, MIN_BPM
from desktop.session.melody import MelodyRecorder
from desktop.session.session import Edit
from ui.shared.controls import NumberField, edit_with
from ui.shared.controls_number import Number
from ui.shared.controls_text import TypedField
from ui.shared.icons import action_button
from ui.shared.readings import (
    metre_of,
    position_text,
    tick_of_position,
    tick_of_time,
    time_text,
)
from ui.shared.studio import Studio
from ui.transport.actions import TransportActions
from ui.transport.key_field import KeyField
from ui.transport.melody import InputMeter, MelodyActions
from ui.transport.midi_light import MidiLight
from ui.transport.renders_light import RendersLight
from ui.transport.snap_field import SnapField

BPM: Final = Number(
    MIN_BPM, MAX_BPM, 120.0, step=1.0, fine=0.1, decimals=2, unit="bpm", resets=False
)
LOAD_MS: Final = 2000
FIELD_HEIGHT: Final = 28
DEVICE_PX: Final = 150  # leaves the renderings room in a window of 1280 px
LEFT: Final = (
    ("transport.start", "skip-previous", "text"),
    ("transport.play", "play", "text"),
    ("transport.record", "record", "record"),
    ("transport.record_melody", "microphone", "record"),
    ("transport.loop", "repeat", "text"),
)
RIGHT: Final = (
    ("transport.metronome", "metronome", "text"),
    ("transport.count_in", "timer-outline", "text"),
    ("transport.follow", "arrow-right-bold-box-outline", "text"),
)


class TransportBar(QWidget):
    """What it shows of tempo and metre is what holds where the playhead stands."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio, self._session, self._transport = studio, studio.session, studio.transport
        self._process = psutil.Process()
        self.melody = MelodyRecorder(self._session, self._transport, studio.settings, self)
        TransportActions(studio, self)
        MelodyActions(studio, self.melody, self)
        self._make()
        self._lay_out()
        self._transport.moved.connect(self._show_place)
        self._transport.device_changed.connect(self._show_device)
        self._session.song_changed.connect(self._show_change)
        self._show_place(self._transport.tick)
        self._show_device(self._transport.device)
        self._load = QTimer(self, interval=LOAD_MS)
        self._load.timeout.connect(self._show_load)
        self._load.start()
        self._show_load()

    def _make(self) -> None:
        self._make_places()
        self._make_tempo()
        self.snap = SnapField(self._studio)
        self.input = InputMeter(self._studio, self.melody)
        self.renders, self.midi = RendersLight(self._studio), MidiLight(self._studio)
        self.load, self.device = QLabel(), QLabel()
        self.load.setAccessibleName(self.tr("Load"))
        self.load.setToolTip(self.tr("What this program takes of one processor core"))
        self.device.setAccessibleName(self.tr("Sound device"))
        for label in (self.load, self.device):
            label.setProperty("dim", True)
        self._studio.look.changed.connect(self._size_fields)
        self._size_fields()

    def _size_fields(self) -> None:
        scale = self._studio.look.text_percent / 100
        self.load.setFixedWidth(round(80 * scale))
        for field, width in (
            (self.position, 112),
            (self.time, 96),
            (self.bpm, 120),
            (self.metre, 56),
            (self.key, 96),
            (self.snap, 80),
        ):
            field.setFixedSize(round(width * scale), FIELD_HEIGHT)

    def _make_places(self) -> None:
        tr, session = self.tr, self._session
        self.position = TypedField(
            session,
            self._go_to_position,
            tr("Position, bar.beat.tick"),
            tr("Position of the playhead as bar.beat.tick, 960 ticks a quarter note; type to go"),
        )
        self.time = TypedField(
            session,
            self._go_to_time,
            tr("Position, minutes:seconds"),
            tr("Position of the playhead as minutes:seconds; type to go there"),
        )
        for field in (self.position, self.time):
            field.use_figures()

    def _make_tempo(self) -> None:
        tr, session = self.tr, self._session
        self.bpm = NumberField(BPM, tr("Tempo in bpm"), tr("Quarter notes a minute here"))
        self.bpm.setAlignment(Qt.AlignmentFlag.AlignCenter)
        edit_with(self.bpm, session, tr("Tempo"), self._tempo)
        tip = tr("Metre here, as 3/4 or 6/8")
        self.metre = TypedField(session, self._set_metre, tr("Metre"), tip)
        self.metre.use_figures()
        self.key = KeyField(session)

    def _lay_out(self) -> None:
        self.setFixedHeight(40)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(4)
        for group in (
            [action_button(self._studio, *each) for each in LEFT],
            [self.position, self.time],
            [self.bpm, self.metre, self.key],
            [self.snap, *(action_button(self._studio, *each) for each in RIGHT)],
        ):
            for widget in group:
                row.addWidget(widget)
            row.addSpacing(12)
        row.addStretch(1)
        for widget in (self.input, self.renders, self.midi, self.load, self.device):
            row.addWidget(widget)

    def _show_place(self, tick: float) -> None:
        tempo_map = self._session.song.tempo_map
        self.position.set_shown(position_text(tempo_map, tick))
        self.time.set_shown(time_text(tempo_map, tick))
        self.bpm.set_value(tempo_map.bpm_at(tick))
        metre = tempo_map.metre_at(tick)
        self.metre.set_shown(f"{metre.numerator}/{metre.denominator}")

    def _show_change(self, before: Song, after: Song) -> None:
        if before.tempo_map is not after.tempo_map:
            self._show_place(self._transport.tick)
        if before.settings is not after.settings:
            self.key.show_song(after)

    def _show_device(self, device: str) -> None:
        text = device or self.tr("no sound device")
        shown = self.device.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, DEVICE_PX)
        self.device.setText(shown)
        self.device.setToolTip(text)

    def _show_load(self) -> None:
        percent = self._process.cpu_percent()
        self.load.setText(self.tr("CPU {percent:.0f} %").format(percent=percent))

    def _go_to_position(self, text: str) -> None:
        self._transport.go_to(tick_of_position(self._session.song.tempo_map, text))

    def _go_to_time(self, text: str) -> None:
        self._transport.go_to(tick_of_time(self._session.song.tempo_map, text))

    def _tempo(self, bpm: float | None) -> Edit:
        ticks = [change.tick for change in self._session.song.tempo_map.tempos]
        here = max(tick for tick in ticks if tick <= self._transport.tick)
        return lambda song: set_tempo(song, here, bpm or MIN_BPM)

    def _set_metre(self, text: str) -> None:
        numerator, denominator = metre_of(text)
        here = self._session.song.tempo_map.metre_at(self._transport.tick).tick
        self._session.edit(
            self.tr("Metre"), lambda song: set_metre(song, here, numerator, denominator)
        )
