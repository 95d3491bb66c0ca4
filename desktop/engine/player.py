"""The thread that plays: takes commands, puts blocks together, writes them to the device."""

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

import numpy as np

from desktop.engine.device import DeviceError, Output, devices, inputs, look_again
from desktop.engine.messages import (
    AudioSettings,
    Close,
    DeviceBack,
    DeviceLost,
    Devices,
    Dropout,
    ListDevices,
    Panic,
    Play,
    PlayNote,
    Position,
    Seek,
    SetLoop,
    SetMetronome,
    SetSettings,
    Stop,
    Trouble,
)
from desktop.engine.mixer import Mixer
from desktop.engine.readers import Path, ReadAhead
from desktop.engine.reporter import INTERVAL_S, Heard, Reporter, Written
from desktop.engine.synth import NoSynthError, Synth
from desktop.engine.transport import Segment, Transport
from desktop.engine.world import World
from inference.arrays import Audio

FADE_OUT_S: Final = 0.02
TELL_LATE_S: Final = 10.0
LATE: Final = (
    "takes were read too late to be heard: the disk is too slow or too busy; give it less to do"
)
RETRY_S: Final = 0.5  # between looks for a device that is not there


@dataclass(frozen=True, slots=True, eq=False)
class UseWorld:
    """Play this song."""

    world: World


@dataclass(frozen=True, slots=True, eq=False)
class UseSynth:
    """Let this play the notes, or none, from now on."""

    synth: Synth | None
    sample_rate_hz: int


Order: TypeAlias = (
    UseWorld
    | UseSynth
    | SetSettings
    | Play
    | Stop
    | Seek
    | SetLoop
    | SetMetronome
    | PlayNote
    | Panic
    | ListDevices
    | Close
)


class Player:
    """Obeys orders and plays; `run` returns when it is told to close."""

    def __init__(self, reporter: Reporter) -> None:
        self.orders: queue.SimpleQueue[Order] = queue.SimpleQueue()
        self._reporter = reporter
        self._settings = AudioSettings()
        self._transport = Transport(World())
        self._mixer = Mixer(World())
        self._synth_rate_hz = 0
        self._count_in_bars = 0
        self._obeyed = self._followed = 0  # Play, Stop and Seek: all, and those that can be heard
        self._output: Output | None = None
        self._no_device = ""
        self._has_song = self._closes = False
        self._retry_at_s = self._report_at_s = 0.0
        self._told_late_at_s = -TELL_LATE_S
        self._heard, self._written_frames = Heard(), 0
        self._read_ahead = ReadAhead(self._paths, lambda text: reporter.tell(Trouble(text)))
        self._obey: dict[type, Callable[..., None]] = {
            UseWorld: self._use_world,
            UseSynth: self._use_synth,
            SetSettings: self._set_settings,
            Play: self._play,
            Stop: self._stop,
            Seek: self._seek,
            SetLoop: lambda order: setattr(self._transport, "loop", order.loop),
            SetMetronome: self._set_metronome,
            PlayNote: lambda o: self._mixer.notes.play(o.track_id, o.pitch, o.velocity),
            Panic: lambda _: self._mixer.notes.silence(),
            ListDevices: self._list_devices,
            Close: self._close,
        }

    def run(self) -> None:
        """Play until told to close."""
        while self._obey_orders():
            if self._output is None:
                self._open_when_due()
            else:
                self._play_block(self._output)
        self._read_ahead.close()

    def _paths(self) -> list[Path]:
        return self._transport.paths()

    def _obey_orders(self) -> bool:
        """Obey what is there; without a device, wait for it. Return whether to go on."""
        patience_s = RETRY_S if self._output is None else 0.0
        try:
            while True:
                order = (
                    self.orders.get(timeout=patience_s) if patience_s else self.orders.get_nowait()
                )
                patience_s = 0.0
                self._obey[type(order)](order)
        except queue.Empty:
            return not self._closes

    def _play_block(self, output: Output) -> None:
        segments = list(self._transport.segments(output.block_frames))
        mix = self._mixer.render(segments)
        try:
            gap = output.write(mix)
        except DeviceError as error:
            self._lose_device(str(error))
            return
        if gap and self._written_frames > output.latency_frames:
            self._reporter.tell(Dropout())
        start, end = self._written_frames, self._written_frames + output.block_frames
        self._heard.write(Written(start, end, self._position(segments), self._mixer.levels))
        self._written_frames = end
        self._tell_late(segments)
        self._report(output)

    def _tell_late(self, segments: list[Segment]) -> None:
        """Say so, but not all the time, when takes were not read by when they had to sound."""
        places = [segment.place for segment in segments if segment.place is not None]
        late = [reader.was_late() for place in places for reader in place.world.readers]
        now_s = time.monotonic()
        if any(late) and now_s > self._told_late_at_s + TELL_LATE_S:
            self._told_late_at_s = now_s
            self._reporter.tell(Trouble(LATE))

    def _position(self, segments: list[Segment]) -> Position:
        """Return where the block begins; the moment it is heard comes later."""
        place, transport = segments[0].place, self._transport
        jumps = any(segment.fade and not segment.stays for segment in segments)
        if place is None or not (jumps or transport.is_leaving):
            self._followed = self._obeyed
        tick, frame = transport.start_tick, transport.world.frame_at(transport.start_tick)
        if place is not None:
            tick, frame = place.world.tick_at(place.frame), place.frame
        counts = segments[0].count_in is not None
        return Position(tick, frame, transport.is_playing, counts, 0.0, self._followed)

    def _report(self, output: Output) -> None:
        now_s, heard_frames = time.monotonic(), self._written_frames - output.ahead_frames
        block = self._heard.until(heard_frames)
        if block is not None and now_s >= self._report_at_s:
            self._report_at_s = now_s + INTERVAL_S
            since_s = (heard_frames - block.start_frame) / output.sample_rate_hz
            heard = replace(block.position, at_s=now_s - since_s)
            self._reporter.show(heard, self._heard.meters())

    def _open_when_due(self) -> None:
        """Open the device, again and again while there is none."""
        if not self._has_song or time.monotonic() < self._retry_at_s:
            return
        rate = self._transport.world.sample_rate_hz
        try:
            if self._no_device:
                look_again()
            self._output = Output(self._settings, rate)
        except DeviceError as error:
            self._lose_device(str(error))
            return
        self._no_device = ""
        self._heard, self._written_frames = Heard(), 0
        latency_s = self._output.latency_frames / rate
        self._reporter.tell(DeviceBack(self._output.name, rate, latency_s))

    def _lose_device(self, message: str) -> None:
        self._transport.halt()
        self._mixer.notes.silence()
        self._let_go()
        self._retry_at_s = time.monotonic() + RETRY_S
        if message != self._no_device:
            self._no_device = message
            self._reporter.tell(DeviceLost(message))
            self._report_standing()

    def _report_standing(self) -> None:
        tick = self._transport.start_tick
        frame = self._transport.world.frame_at(tick)
        now_s = time.monotonic()
        self._reporter.show(Position(tick, frame, False, False, now_s, self._obeyed))

    def _let_go(self) -> None:
        if self._output is not None:
            self._output.close()
            self._output = None

    def _play(self, order: Play) -> None:
        self._obeyed += 1
        if self._output is None:
            self._open_when_due()
        if self._output is None:
            why = self._no_device or "there is no song to play"
            self._reporter.tell(DeviceLost(why, asked=True))
            self._report_standing()
        else:
            self._transport.play(order.tick, self._count_in_bars)

    def _stop(self, _: Stop) -> None:
        self._obeyed += 1
        self._transport.stop()

    def _seek(self, order: Seek) -> None:
        self._obeyed += 1
        self._transport.seek(order.tick)

    def _set_metronome(self, order: SetMetronome) -> None:
        self._mixer.metronome, self._count_in_bars = order.on, order.count_in_bars

    def _set_settings(self, order: SetSettings) -> None:
        if order.settings != self._settings:
            self._fade_out()
            self._let_go()
            look_again()
            self._settings, self._retry_at_s, self._no_device = order.settings, 0.0, ""
            self._has_song = False  # it follows at its rate; at another the device may not open

    def _use_world(self, order: UseWorld) -> None:
        self._has_song = True
        if order.world.sample_rate_hz != self._transport.world.sample_rate_hz:
            self._change_rate(order.world)
        self._transport.world = order.world
        self._mixer.use(order.world)
        if order.world.sample_rate_hz != self._synth_rate_hz:
            self._load_synth(order.world.sample_rate_hz)

    def _change_rate(self, world: World) -> None:
        self._fade_out()
        self._let_go()
        self._mixer.use_synth(None)
        before, loop, tick = self._mixer.metronome, self._transport.loop, self._transport.start_tick
        self._transport, self._mixer = Transport(world), Mixer(world)
        self._mixer.metronome, self._transport.loop = before, loop
        self._transport.start_tick = tick

    def _load_synth(self, sample_rate_hz: int) -> None:
        self._synth_rate_hz, self._transport.waits_for_synth = sample_rate_hz, True
        threading.Thread(target=self._make_synth, args=(sample_rate_hz,), daemon=True).start()

    def _make_synth(self, sample_rate_hz: int) -> None:
        synth = None
        try:
            synth = Synth(sample_rate_hz)
        except NoSynthError as error:
            self._reporter.tell(Trouble(f"notes without a take are not heard: {error}"))
        finally:  # whatever happens, the transport waits for this
            self.orders.put(UseSynth(synth, sample_rate_hz))

    def _use_synth(self, order: UseSynth) -> None:
        if order.sample_rate_hz == self._synth_rate_hz:
            self._transport.waits_for_synth = False
            self._mixer.use_synth(order.synth)
        elif order.synth is not None:
            order.synth.close()

    def _list_devices(self, _: ListDevices) -> None:
        if self._output is not None and not self._transport.is_playing:
            self._fade_out()
            self._let_go()
        if self._output is None:
            look_again()
            self._retry_at_s = 0.0
        self._reporter.tell(Devices(devices(), inputs()))

    def _close(self, _: Close) -> None:
        self._fade_out()
        self._let_go()
        self._closes = True

    def _fade_out(self) -> None:
        """Let all sound go, and wait until that is heard."""
        if (output := self._output) is None:
            return
        frames = round(FADE_OUT_S * output.sample_rate_hz)
        mix = self._mixer.render(list(self._transport.segments(frames)))
        self._transport.halt()
        self._mixer.notes.silence()
        if mix.any():
            self._write_end(output, mix * np.linspace(1, 0, frames, dtype=np.float32))

    def _write_end(self, output: Output, sound: Audio) -> None:
        try:
            output.write(sound)
            output.drain()
        except DeviceError as error:
            self._lose_device(str(error))
