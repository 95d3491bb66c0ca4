"""Recording a melody: what an audio input hears becomes notes, and takes to compare them with.

The engine's process writes the sound to disk as it comes in. The song's time is known from what
the engine says is heard, the sound's from when it came in; both have their latencies taken off. So
a note lies where it was sung against what was heard.
"""

import time
from datetime import datetime
from functools import partial
from pathlib import Path
from secrets import token_hex
from threading import Thread
from typing import Final, Literal

from PySide6.QtCore import QObject, QSettings, QTimer, Signal

from desktop.document.song import Song
from desktop.document.time import Tick
from desktop.engine.messages import (
    CaptureBegan,
    Captured,
    CaptureEnded,
    CaptureLevel,
    EngineDied,
    Position,
)
from desktop.importing.recorded import Melody, has_recording, hear_melody, with_melody
from desktop.midi.live_clock import HeardClock, Place
from desktop.session.heard import follow_song
from desktop.session.session import Session
from desktop.session.transport import Transport
from desktop.storage.errors import StorageError
from desktop.storage.recordings import (
    SUFFIX,
    Found,
    Spot,
    find_recordings,
    is_empty,
    note_spot,
    recordings_folder,
    remove_recording,
)

INPUT: Final = "audio/input"  # its name; the system's own when empty
OFFSET: Final = "audio/input_offset_ms"
MAX_OFFSET_MS: Final = 1000.0
SILENT: Final = 1e-5  # peak of an input that is switched off, or that may not be listened to
SETTLED_S: Final = 0.5  # after which it is mostly known where a recording belongs
MOVED_S: Final = 0.02  # it is noted down again where that turns out to be so much elsewhere
KEPT_MS: Final = 5000  # autosave has written the song by then
State = Literal["", "opening", "recording", "ending", "listening"]


class MelodyRecorder(QObject):
    """Records from an audio input, one recording at a time. Use it from the window's thread."""

    changed = Signal()  # what it does
    level = Signal(float, float)  # peak and RMS of the input, linear
    _heard = Signal(object, object)  # Found, Melody
    _failed = Signal(str)

    def __init__(
        self,
        session: Session,
        transport: Transport,
        settings: QSettings | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._transport, self._settings = session, transport, settings
        self.state: State = ""
        self.input_name = ""
        self._track_id: int | None = None
        self._path = Path()
        self._rate_hz = 0
        self._began_at_s = 0.0
        self._start = Tick(0)  # where the song began to play for it
        self._clock: HeardClock | None = None
        self._spot: Spot | None = None
        self._noted: Spot | None = None
        self._waiting: list[Found] = []  # to be listened to
        self._thread: Thread | None = None
        transport.captured.connect(self._take)
        transport.heard.connect(self._follow)
        transport.capturing_changed.connect(self._follow_capturing)
        transport.loop_changed.connect(transport.end_capture)
        session.song_changed.connect(self._follow_tempo)
        self._heard.connect(self._put_in)
        self._failed.connect(self._give_up)

    @property
    def is_recording(self) -> bool:
        """Return whether the input is listened to, or is about to be."""
        return self.state in {"opening", "recording"}

    def start(self, track_id: int | None) -> None:
        """Record a melody for a track, None for one to be made, from where the playhead stands.

        A song that stands is played, after the count-in; when it stops, so does the recording.
        """
        if self.state:
            self._session.said.emit(self.tr("The last recording is still being worked on"))
            return
        name = f"{datetime.now().astimezone():%Y%m%d-%H%M%S}-{token_hex(2)}{SUFFIX}"
        try:
            self._path = recordings_folder(self._session.folder) / name
        except StorageError as error:
            self._session.failed.emit(str(error))
            return
        self._track_id, self._clock, self._spot, self._noted = track_id, None, None, None
        self._began_at_s = 0.0
        self._set_state("opening")
        if not self._transport.start_capture(self._path, chosen_input(self._settings)):
            self._set_state("")
            self._session.said.emit(self.tr("There is no sound engine to record with"))

    def stop(self) -> None:
        """End the recording; the notes come when they have been heard."""
        self._transport.end_capture()

    def recover(self) -> None:
        """Listen to the recordings that lie in the project, as left by a program that died."""
        for found in find_recordings(self._session.folder):
            if is_empty(found.path) or has_recording(self._session.song, found.path.name):
                remove_recording(found.path)
            else:
                self._waiting.append(found)
        self._listen_to_next()

    def close(self) -> None:
        """End the recording, which is found again; wait for what is being listened to."""
        self._transport.end_capture()
        if self._thread is not None:
            self._thread.join()

    # While it is recorded

    def _take(self, event: Captured) -> None:
        if isinstance(event, EngineDied):
            self._end_without_engine()
        elif isinstance(event, CaptureEnded):
            if event.path == self._path:
                self._end(event)
        elif isinstance(event, CaptureBegan):
            if event.path == self._path:
                self._begin(event)
        elif self.is_recording:
            self._take_level(event)

    def _begin(self, event: CaptureBegan) -> None:
        self.input_name, self._rate_hz = event.name, event.sample_rate_hz
        if self.state != "opening":
            return
        self._set_state("recording")
        self._session.said.emit(self.tr("Recording from {name}").format(name=event.name))
        if not self._transport.is_playing:
            self._transport.play()
        self._start = self._transport.start_tick
        self._note(Spot(self._track_id, self._start, loop=self._transport.played_loop))

    def _take_level(self, event: CaptureLevel) -> None:
        self._began_at_s = event.began_at_s
        self.level.emit(event.peak, event.rms)

    def _follow(self, position: Position) -> None:
        """Take note of what is heard of the song."""
        if self.state != "recording":
            return
        tempo_map = self._session.song.tempo_map
        if (clock := follow_song(self._clock, position, tempo_map, self._transport)) is None:
            return
        self._clock = clock
        if self._began_at_s:
            self._spot = self._found_spot(clock, self._began_at_s)
            settled_at_s = clock.moment_of(clock.first) + SETTLED_S
            if time.monotonic() > settled_at_s and self._is_elsewhere(self._spot):
                self._noted = self._spot
                self._note(self._spot)

    def _is_elsewhere(self, spot: Spot) -> bool:
        """Return whether `spot` is not where it was noted down."""
        moved_s = self._began_s(spot) - self._began_s(self._noted) if self._noted else MOVED_S
        return abs(moved_s) >= MOVED_S

    def _began_s(self, spot: Spot) -> float:
        """Return the second of the song at which the recording began by `spot`."""
        tempo_map = self._session.song.tempo_map
        return tempo_map.tick_to_second(spot.start) - spot.start_frame / self._rate_hz

    def _found_spot(self, clock: HeardClock, began_at_s: float) -> Spot:
        """Return where the recording belongs by what is known now."""
        offset_s = input_offset_ms(self._settings) / 1000
        sung_at_s = began_at_s - offset_s
        start_frame = round(
            (clock.moment_of(Place(0, float(self._start))) - sung_at_s) * self._rate_hz
        )
        start = self._start
        if start_frame < 0:  # the song played already
            start, start_frame = Tick(max(0, round(clock.place_at(sung_at_s).tick))), 0
        return Spot(self._track_id, start, start_frame, self._transport.played_loop)

    def _follow_tempo(self, before: Song, after: Song) -> None:
        if before.tempo_map != after.tempo_map:  # what follows would lie by another
            self._transport.end_capture()

    def _follow_capturing(self, on: bool) -> None:
        if not on and self.is_recording:
            self._set_state("ending")

    def _note(self, spot: Spot) -> None:
        try:
            note_spot(self._path, spot)
        except StorageError:
            return  # a full disk, which the recording itself will tell of

    # When it has ended

    def _end(self, event: CaptureEnded) -> None:
        self._transport.end_capture()
        if event.message:
            self._session.failed.emit(event.message)
        if event.frames == 0 or self._spot is None:  # cancelled before the song began
            self._forget()
        elif event.peak < SILENT:
            self._forget()
            text = self.tr(
                "Nothing was heard on {name}; see to it that it is switched on and that this "
                "program may use it, or choose another input in the preferences"
            )
            self._session.failed.emit(text.format(name=self.input_name))
        else:
            self._listen(Found(self._path, self._spot))

    def _end_without_engine(self) -> None:
        """Listen to what the engine wrote before it died."""
        if self.state not in {"opening", "recording", "ending"}:
            return
        found = [each for each in find_recordings(self._session.folder) if each.path == self._path]
        if found and self._spot is not None:
            self._listen(Found(self._path, self._spot))
        else:
            self._forget()

    def _forget(self) -> None:
        remove_recording(self._path)
        self._set_state("")
        self._listen_to_next()

    def _listen(self, found: Found) -> None:
        self._set_state("")
        self._waiting.append(found)
        self._listen_to_next()

    def _listen_to_next(self) -> None:
        if self._thread is not None or self.state or not self._waiting:
            return
        self._set_state("listening")
        self._session.said.emit(self.tr("Listening for notes ..."))
        work = partial(self._work, self._waiting.pop(0), self._session.song)
        self._thread = Thread(target=work, name="melody")
        self._thread.start()

    def _work(self, found: Found, song: Song) -> None:
        try:
            melody = hear_melody(found.path, found.spot, song.tempo_map, self._session.takes)
        except (StorageError, ValueError) as error:
            self._failed.emit(str(error))
        except Exception as error:
            self._failed.emit(f"{type(error).__name__}: {error}")
            raise
        else:
            self._heard.emit(found, melody)

    def _put_in(self, found: Found, melody: Melody) -> None:
        self._thread = None
        tr = self.tr
        change = partial(
            with_melody, melody=melody, track_name=tr("Melody"), take_name=tr("Recorded")
        )
        if self._session.edit(self.tr("Record a melody"), change):
            text = self.tr("Notes heard in the recording: {n}")
            self._session.said.emit(text.format(n=len(melody.notes)))
            QTimer.singleShot(KEPT_MS, self, partial(remove_recording, found.path))
        self._set_state("")
        self._listen_to_next()

    def _give_up(self, message: str) -> None:
        self._thread = None
        self._session.failed.emit(message)
        self._set_state("")
        self._listen_to_next()

    def _set_state(self, state: State) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit()


def chosen_input(settings: QSettings | None) -> str | None:
    """Return the name of the input that was chosen, None for the system's."""
    return (str(settings.value(INPUT, "")) if settings is not None else "") or None


def keep_input(settings: QSettings, name: str | None) -> None:
    """Record from the input called `name` from now on, None for the system's."""
    settings.setValue(INPUT, name or "")


def keep_input_offset(settings: QSettings, offset_ms: float) -> None:
    """Put recordings so much earlier from now on."""
    settings.setValue(OFFSET, offset_ms)


def input_offset_ms(settings: QSettings | None) -> float:
    """Return how much earlier than the device says what it hears was sung."""
    try:
        kept_ms = float(str(settings.value(OFFSET, 0.0))) if settings is not None else 0.0
    except ValueError:  # a settings file that was edited, or damaged
        return 0.0
    return kept_ms if abs(kept_ms) <= MAX_OFFSET_MS else 0.0
