"""The window's side of the audio engine."""

import multiprocessing
import os
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from desktop.document.song import Song
from desktop.engine.messages import (
    AudioSettings,
    Close,
    Command,
    Device,
    Devices,
    EndCapture,
    EngineDied,
    Event,
    ListDevices,
    Loop,
    Panic,
    Play,
    PlayNote,
    Position,
    Seek,
    SetLoop,
    SetMetronome,
    SetSettings,
    SetSong,
    StartCapture,
    Stop,
)
from desktop.engine.process import serve
from desktop.engine.song_parts import SongWriter
from inference.worker import deaf_to_ctrl_c

CLOSE_S: Final = 3.0
ANSWER_S: Final = 20.0


class AudioEngine:
    """Plays a song in a process of its own. No call waits for it but `devices` and `close`.

    Any thread may steer it; one thread polls and starts it. What was set before a start, or before
    the process died, holds after it.
    """

    def __init__(self) -> None:
        self._settings = AudioSettings()
        self._song: tuple[Song, Path] | None = None
        self._loop: Loop | None = None
        self._metronome = SetMetronome(False, 0)
        self._writer = SongWriter()
        self._moves = 0  # how many Play, Stop and Seek the process was sent
        self._lock = threading.Lock()
        self._process: Any = None
        self._pipe: Connection[Any, Any] | None = None
        self._events: list[Event] = []

    def start(self, settings: AudioSettings | None = None) -> None:
        """Start the process, if it is not running, and let it open the device."""
        self._settings = settings or self._settings
        if self._pipe is None:
            self._start_process()
        self.set_settings(self._settings)
        self._send(SetLoop(self._loop))
        self._send(self._metronome)
        if self._song is not None:
            self.set_song(*self._song)

    def fileno(self) -> int:
        """Return what becomes readable when there is something to poll; another after each start.

        Raises ValueError while no process runs.
        """
        if self._pipe is None:
            raise ValueError("the audio engine is not running; start it first")
        return self._pipe.fileno()

    @property
    def process_id(self) -> int | None:
        """Return the id of the engine's process, None while there is none."""
        process = self._process
        return process.pid if process is not None else None

    def set_settings(self, settings: AudioSettings) -> None:
        """Use another device, rate, block or latency; playing stops if something changes."""
        self._settings = settings
        self._send(SetSettings(settings))

    def set_song(self, song: Song, takes_folder: Path) -> None:
        """Play this song from now on, without a break; what has not changed is not sent again."""
        with self._lock:
            self._song = song, takes_folder
            if self._pipe is not None:
                self._send_now(SetSong(self._writer.write(song), takes_folder))

    def play(self, from_tick: int) -> None:
        """Play from `from_tick`, after the count-in if the song stands."""
        self._send(Play(from_tick))

    def stop(self) -> None:
        """Stop playing, or counting in."""
        self._send(Stop())

    def seek(self, tick: int) -> None:
        """Go on at `tick`; a song that stands is made ready to play from there."""
        self._send(Seek(tick))

    def set_loop(self, loop: Loop | None) -> None:
        """Play [start_tick, end_tick) again and again once the song is in it, or None."""
        self._loop = loop
        self._send(SetLoop(loop))

    def set_metronome(self, on: bool, count_in_bars: int) -> None:
        """Beat while the song plays, or not; count so many bars before it starts."""
        self._metronome = SetMetronome(on, count_in_bars)
        self._send(self._metronome)

    def note_on(self, track_id: int, pitch: int, velocity: int) -> None:
        """Begin a note on a track's instrument, heard through its fader."""
        self._send(PlayNote(track_id, pitch, velocity))

    def note_off(self, track_id: int, pitch: int) -> None:
        """End a note."""
        self._send(PlayNote(track_id, pitch, 0))

    def panic(self) -> None:
        """End every note at once."""
        self._send(Panic())

    def start_capture(self, path: Path, device: str | None) -> None:
        """Write what an input hears into a new file, beside whatever plays; `poll` tells of it."""
        self._send(StartCapture(path, device))

    def end_capture(self) -> None:
        """End that; CaptureEnded comes when the file is whole."""
        self._send(EndCapture())

    def look_for_devices(self) -> None:
        """Let `poll` say Devices soon, looked for anew unless the song plays."""
        self._send(ListDevices())

    def devices(self) -> tuple[Device, ...]:
        """Return what `look_for_devices` finds; waits for it, empty when no answer comes."""
        self.look_for_devices()
        deadline_s = time.monotonic() + ANSWER_S
        while self._pipe is not None and (left_s := deadline_s - time.monotonic()) > 0:
            for event in self._received(left_s):
                if isinstance(event, Devices):
                    return event.devices
                self._events.append(event)
        return ()

    def poll(self) -> list[Event]:
        """Return what happened since the last call, without what the last wish has overtaken."""
        events, self._events = self._events, []
        while received := self._received(0.0):
            events += received
        return [event for event in events if not self._is_overtaken(event)]

    def close(self) -> None:
        """Fade out and end the process."""
        if self._process is None:
            return
        self._send(Close())
        deadline_s = time.monotonic() + CLOSE_S
        while self._pipe is not None and (left_s := deadline_s - time.monotonic()) > 0:
            self._received(left_s)  # it may wait for us to take what it has to say
        self._discard()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _start_process(self) -> None:
        # no fork: it would copy threads' locks, and the window's connection to the display
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, os.getpid()), daemon=True)
        with deaf_to_ctrl_c():
            process.start()
        theirs.close()
        with self._lock:
            self._process, self._pipe, self._writer = process, ours, SongWriter()
            self._moves = 0

    def _is_overtaken(self, event: Event) -> bool:
        """Return whether a Play, Stop or Seek is on its way that was not yet heard at `event`."""
        return isinstance(event, Position) and event.obeyed < self._moves

    def _send(self, command: Command) -> None:
        with self._lock:
            self._moves += isinstance(command, Play | Stop | Seek)
            self._send_now(command)

    def _send_now(self, command: Command) -> None:
        if self._pipe is not None:
            try:
                self._pipe.send(command)
            except OSError:
                return  # it died, which the next poll will say

    def _received(self, patience_s: float) -> list[Event]:
        """Return the next event, or none; one that tells that the process is gone."""
        if self._pipe is None:
            return []
        try:
            event: Event | None = self._pipe.recv() if self._pipe.poll(patience_s) else None
        except (EOFError, OSError):
            code = self._discard()
            return [EngineDied(f"the audio engine ended unexpectedly (exit code {code})")]
        if isinstance(event, EngineDied):
            self._discard()
        return [event] if event is not None else []

    def _discard(self) -> int | None:
        """End the process; return its exit code."""
        with self._lock:
            process, pipe, self._process, self._pipe = self._process, self._pipe, None, None
        if pipe is None:
            return None
        pipe.close()
        process.join(0.2)
        process.kill()
        process.join()
        code: int | None = process.exitcode
        process.close()
        return code
