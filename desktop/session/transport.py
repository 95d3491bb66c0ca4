"""The transport as the window sees it: playing, position, loop, metronome, meters."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.document.song import Song
from desktop.document.time import Tick
from desktop.engine.messages import AudioSettings, Captured, Device

POLL_MS: Final = 16


class Engine(Protocol):
    """What plays: `desktop.engine`'s AudioEngine."""

    def set_song(self, song: Song, takes_folder: Path) -> None: ...
    def play(self, from_tick: int) -> None: ...
    def stop(self) -> None: ...
    def seek(self, tick: int) -> None: ...
    def set_loop(self, loop: tuple[int, int] | None) -> None: ...
    def set_metronome(self, on: bool, count_in_bars: int) -> None: ...
    def note_on(self, track_id: int, pitch: int, velocity: int) -> None: ...
    def note_off(self, track_id: int, pitch: int) -> None: ...
    def panic(self) -> None: ...
    def set_settings(self, settings: AudioSettings) -> None: ...
    def look_for_devices(self) -> None: ...
    def start_capture(self, path: Path, device: str | None) -> None: ...
    def end_capture(self) -> None: ...


class Transport(QObject):
    """Where the song plays from and whether it does; ticks are fractional while playing."""

    moved = Signal(float)  # the tick that sounds now
    playing_changed = Signal(bool)
    loop_changed = Signal()
    metronome_changed = Signal(bool)
    meters_changed = Signal(object)  # {track id: (peak, rms)}, linear; -1 is the master
    recording_changed = Signal(bool)
    armed_changed = Signal(object)  # ids of the tracks on which is recorded what is played
    monitored_changed = Signal(object)  # ids of the tracks on which it is heard
    heard = Signal(object)  # the Position that the engine says
    hand_played = Signal(int, int, int)  # track id, pitch, velocity: 0 where the note ends
    panicked = Signal()
    device_changed = Signal(str)  # what plays, or why nothing does
    devices_found = Signal(object)  # the Devices that there are, a tuple
    inputs_found = Signal(object)  # those that can be heard
    capturing_changed = Signal(bool)
    captured = Signal(object)  # what the engine says of the audio input

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine: Engine | None = None
        self.tick = 0.0
        self.start_tick = Tick(0)  # where playing began, and where stop goes back to
        self.is_playing = False
        self._is_starting = False  # asked to play, and not heard to do so yet
        self.loop: tuple[Tick, Tick] | None = None
        self.loops = False
        self.metronome = False
        self.count_in_bars = 0
        self.follows = True
        self.is_recording = False
        self.is_capturing = False
        self.armed = frozenset[int]()
        self.monitored = frozenset[int]()
        self.device = ""

    def attach(self, engine: Engine | None) -> None:
        """Let `engine` do the playing; None for no sound."""
        self._engine = engine

    def show_song(self, song: Song, takes_folder: Path) -> None:
        """Let the engine play `song` from now on."""
        if self._engine is not None:
            self._engine.set_song(song, takes_folder)

    def play(self, from_tick: float | None = None) -> None:
        """Play from `from_tick`, by default from where the playhead stands."""
        self.tick = self.tick if from_tick is None else from_tick
        self.start_tick = Tick(round(self.tick))
        if self._engine is not None:
            self._is_starting = True
            self._engine.play(self.start_tick)

    def stop(self) -> None:
        """Stop, and go back to where playing began."""
        if self._engine is not None:
            self._engine.stop()
        self.tick = float(self.start_tick)
        self._is_starting = False
        self.report_playing(False)
        self.set_recording(False)
        self.end_capture()
        self.moved.emit(self.tick)

    def toggle(self) -> None:
        """Play or stop."""
        if self.is_playing or self._is_starting:
            self.stop()
        else:
            self.play()

    def go_to(self, tick: float) -> None:
        """Move the playhead, playing on from there if it plays; a capture ends there."""
        self.end_capture()
        self.tick = max(0.0, tick)
        self.start_tick = Tick(round(self.tick))
        if self._engine is not None:
            self._engine.seek(self.start_tick)
        self.moved.emit(self.tick)

    @property
    def played_loop(self) -> tuple[Tick, Tick] | None:
        """Return the loop's range, None while it is not played."""
        return self.loop if self.loops else None

    def set_loop(self, loop: tuple[Tick, Tick] | None, on: bool) -> None:
        """Set the loop's range, None for none, and whether it is played."""
        self.loop, self.loops = loop, on and loop is not None
        if self._engine is not None:
            self._engine.set_loop(self.played_loop)
        self.loop_changed.emit()

    def set_metronome(self, on: bool) -> None:
        """Let the metronome beat, or not."""
        self.metronome = on
        self._send_metronome()
        self.metronome_changed.emit(on)

    def set_count_in(self, bars: int) -> None:
        """Let so many bars be counted before a recording begins."""
        self.count_in_bars = bars
        self._send_metronome()

    @property
    def bars_to_count(self) -> int:
        """Return how many bars are counted at the next start: none unless it is a recording."""
        return self.count_in_bars if self.is_recording or self.is_capturing else 0

    def record(self) -> None:
        """Record what is played on armed tracks from here on, or no more.

        A song that stands is played, after the count-in; when it stops, so does the recording.
        """
        self.end_capture()
        self.set_recording(not self.is_recording and self._engine is not None)
        if self.is_recording and not self.is_playing:
            self.play()

    def set_recording(self, on: bool) -> None:
        """Let what is played on armed tracks be recorded while the song plays, or not."""
        if on != self.is_recording:
            self.is_recording = on
            self._send_metronome()
            self.recording_changed.emit(on)

    def start_capture(self, path: Path, device: str | None) -> bool:
        """Let what an audio input hears be written to `path`; return False without an engine.

        `captured` tells of it. It ends by `end_capture`, and when the song stops or jumps.
        """
        if self._engine is None:
            return False
        self.set_recording(False)
        self._set_capturing(True)
        self._engine.start_capture(path, device)
        return True

    def end_capture(self) -> None:
        """Write no more of what the input hears."""
        if self.is_capturing and self._engine is not None:
            self._engine.end_capture()
        self._set_capturing(False)

    def arm(self, track_id: int, on: bool) -> None:
        """Let what is played be recorded on a track and heard there, or neither."""
        self.armed = self.armed | {track_id} if on else self.armed - {track_id}
        self.armed_changed.emit(self.armed)
        self.monitor(track_id, on)

    def monitor(self, track_id: int, on: bool) -> None:
        """Let what is played be heard on a track, or not."""
        self.monitored = self.monitored | {track_id} if on else self.monitored - {track_id}
        self.monitored_changed.emit(self.monitored)

    def audition(self, track_id: int, pitch: int, velocity: int = 100, ms: int = 250) -> None:
        """Let a note be heard for `ms` milliseconds."""
        if (engine := self._engine) is not None:
            engine.note_on(track_id, pitch, velocity)
            QTimer.singleShot(ms, self, lambda: engine.note_off(track_id, pitch))

    def note_on(self, track_id: int, pitch: int, velocity: int) -> None:
        """Let a note begin on a track's instrument that is played by hand in the window."""
        self.sound(track_id, pitch, velocity)
        self.hand_played.emit(track_id, pitch, velocity)

    def note_off(self, track_id: int, pitch: int) -> None:
        """Let such a note end."""
        self.sound(track_id, pitch, 0)
        self.hand_played.emit(track_id, pitch, 0)

    def sound(self, track_id: int, pitch: int, velocity: int) -> None:
        """Let a note begin on a track's instrument, or end if `velocity` is 0; from any thread."""
        if (engine := self._engine) is None:
            return
        if velocity:
            engine.note_on(track_id, pitch, velocity)
        else:
            engine.note_off(track_id, pitch)

    def panic(self) -> None:
        """End every note at once."""
        if self._engine is not None:
            self._engine.panic()
        self.panicked.emit()

    def use_audio(self, settings: AudioSettings) -> None:
        """Let another device, rate, block or latency be used; playing stops if something changes.

        `device_changed` says what came of it.
        """
        if self._engine is not None:
            self._engine.set_settings(settings)

    def look_for_devices(self) -> None:
        """Let `devices_found` say soon what there is; nothing comes where there is no engine."""
        if self._engine is not None:
            self._engine.look_for_devices()

    def report_devices(self, devices: tuple[Device, ...], inputs: tuple[Device, ...] = ()) -> None:
        """Take note of what sound can be sent to, and heard on, as the engine says."""
        self.devices_found.emit(devices)
        self.inputs_found.emit(inputs)

    def report_captured(self, event: Captured) -> None:
        """Take note of what is heard on the input, as the engine says."""
        self.captured.emit(event)

    def report_device(self, device: str) -> None:
        """Take note of what plays, or why nothing does; empty for no engine."""
        self.device = device
        self._is_starting = False  # a device that is lost or comes back plays nothing
        self.device_changed.emit(device)

    def report_position(self, tick: float) -> None:
        """Take note of what sounds now, as the engine says."""
        self.tick = tick
        self.moved.emit(tick)

    def report_playing(self, playing: bool) -> None:
        """Take note of whether it plays, as the engine says."""
        self._is_starting = self._is_starting and not playing
        if playing != self.is_playing:
            self.is_playing = playing
            self.playing_changed.emit(playing)
            if not playing:
                self.set_recording(False)
                self.end_capture()

    def report_meters(self, meters: Mapping[int, tuple[float, float]]) -> None:
        """Take note of the levels, as the engine says."""
        self.meters_changed.emit(meters)

    def _set_capturing(self, on: bool) -> None:
        if on != self.is_capturing:
            self.is_capturing = on
            self._send_metronome()
            self.capturing_changed.emit(on)

    def _send_metronome(self) -> None:
        if self._engine is not None:
            self._engine.set_metronome(self.metronome, self.bars_to_count)
