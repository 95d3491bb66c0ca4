"""What joins the open project to the audio engine: songs go there, what is heard comes back."""

from collections.abc import Sequence
from typing import Final, Protocol

from PySide6.QtCore import QObject, QTimer

from desktop.engine.messages import (
    CaptureBegan,
    CaptureEnded,
    CaptureLevel,
    DeviceBack,
    DeviceLost,
    Devices,
    Dropout,
    EngineDied,
    Event,
    Meters,
    Position,
    Trouble,
)
from desktop.session.listening import Listening
from desktop.session.problems import problem_text
from desktop.session.session import Session
from desktop.session.transport import POLL_MS, Engine, Transport

MASTER: Final = -1  # the track id under which the sum's level is reported
IDLE_POLL_MS: Final = 60
SEND_MS: Final = 20  # a drag changes the song more often than anybody hears
RESTART_MS: Final = 1000
MAX_RESTARTS: Final = 3


class PolledEngine(Engine, Protocol):
    """An engine in a process of its own, which is asked for what happened."""

    def start(self) -> None: ...
    def poll(self) -> Sequence[Event]: ...


class Playback(QObject):
    """Lets `engine` play what `session` holds; without sound all else goes on."""

    def __init__(
        self,
        session: Session,
        transport: Transport,
        engine: PolledEngine,
        parent: QObject | None = None,
        listening: Listening | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._transport, self._engine = session, transport, engine
        self._listening = listening or Listening(self)
        self._had_device, self._restarts = False, 0
        self._poll = QTimer(self, interval=IDLE_POLL_MS)
        self._poll.timeout.connect(self.poll)
        self._send = QTimer(self, singleShot=True, interval=SEND_MS)
        self._send.timeout.connect(self._send_song)
        self._restart = QTimer(self, singleShot=True, interval=RESTART_MS)
        self._restart.timeout.connect(self._start_again)
        session.song_changed.connect(lambda _before, _after: self._send_soon())
        self._listening.changed.connect(self._send_soon)
        transport.playing_changed.connect(self._set_pace)
        transport.attach(engine)
        self._send_all()
        self._poll.start()

    def close(self) -> None:
        """Stop playing, and leave the engine to the next song."""
        for timer in (self._poll, self._send, self._restart):
            timer.stop()
        if self._transport.is_playing:
            self._transport.stop()
        self._transport.attach(None)

    def poll(self) -> None:
        """Take note of what happened since the last time."""
        for event in self._engine.poll():
            self._take(event)

    def _take(self, event: Event) -> None:
        if isinstance(event, Position):
            self._take_position(event)
        elif isinstance(event, Meters):
            self._transport.report_meters({**event.tracks, MASTER: event.master})
        elif isinstance(event, DeviceBack):
            self._had_device, self._restarts = True, 0
            rate, latency = event.sample_rate_hz / 1000, event.latency_s * 1000
            self._transport.report_device(f"{event.name}, {rate:g} kHz, {latency:.0f} ms")
        elif isinstance(event, Devices):
            self._transport.report_devices(event.devices, event.inputs)
        elif isinstance(event, DeviceLost):
            self._lose(event.message, told=self._had_device or event.asked)
        elif isinstance(event, EngineDied):
            self._lose(event.message, told=True)
            self._transport.report_captured(event)
            self._restart.start()
        elif isinstance(event, CaptureBegan | CaptureLevel | CaptureEnded):
            self._transport.report_captured(event)
        elif isinstance(event, Trouble):
            self._session.failed.emit(event.message)
        elif isinstance(event, Dropout):
            self._session.said.emit(self.tr("The sound device ran dry; a larger latency helps"))

    def _take_position(self, event: Position) -> None:
        plays = event.playing or event.counting_in
        if plays or self._transport.is_playing:  # one that stands may be older than a seek
            self._transport.report_position(event.tick)
        self._transport.report_playing(plays)
        self._transport.heard.emit(event)

    def _lose(self, message: str, told: bool) -> None:
        # No device from the start on is a quiet state, losing one is not.
        told = told or self._transport.is_recording or self._transport.is_capturing
        self._had_device = False
        self._transport.report_playing(False)
        self._transport.set_recording(False)
        self._transport.end_capture()
        self._transport.report_device(self.tr("no sound: {why}").format(why=problem_text(message)))
        if told:
            self._session.failed.emit(message)

    def _start_again(self) -> None:
        if self._restarts < MAX_RESTARTS:
            self._restarts += 1
            self._engine.start()
            self._send_all()

    def _send_all(self) -> None:
        self._send_song()
        transport = self._transport
        self._engine.set_loop(transport.played_loop)
        self._engine.set_metronome(transport.metronome, transport.bars_to_count)
        self._engine.seek(round(transport.tick))

    def _send_soon(self) -> None:
        if not self._send.isActive():
            self._send.start()

    def _send_song(self) -> None:
        song = self._listening.heard(self._session.song)
        self._transport.show_song(song, self._session.takes.folder)

    def _set_pace(self, playing: bool) -> None:
        self._poll.setInterval(POLL_MS if playing else IDLE_POLL_MS)
