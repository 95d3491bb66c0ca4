"""An engine that plays into a null sink, and what came out of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from desktop.document.song import Song
from desktop.engine.client import AudioEngine
from desktop.engine.messages import AudioSettings, DeviceBack, Event, Position, Trouble
from desktop.engine.player import LATE
from inference.arrays import Audio
from tests.audio_rig import NullSink, Recording, from_first_sound, wait_until
from tests.desktop.engine.scores import Score

E = TypeVar("E", bound=Event)
CALM = AudioSettings(latency_s=0.2)  # what is asserted is no figure of a busy machine


class Stage:
    """An engine that runs, and the recording of what it plays."""

    def __init__(self, engine: AudioEngine, score: Score, recording: Recording) -> None:
        self.engine, self.score, self.recording = engine, score, recording
        self.events: list[Event] = []  # all so far
        self._awaited = 0  # of them, those before the one waited for last, and that one

    def show(self, song: Song) -> None:
        """Let the engine play `song` from now on."""
        self.engine.set_song(song, self.score.pool.folder)

    def await_event(self, kind: type[E], holds: Callable[[E], bool] = lambda _: True) -> E:
        """Return the next event of that kind for which `holds` is true."""
        found: list[E] = []

        def look() -> list[E]:
            self.events += self.engine.poll()
            while self._awaited < len(self.events) and not found:
                event = self.events[self._awaited]
                self._awaited += 1
                found.extend([event] if isinstance(event, kind) and holds(event) else [])
            return found

        wait_until(look, kind.__name__)
        return found[0]

    def await_playing(self) -> None:
        """Return when the song is heard, or the count before it, or it waits for its takes."""
        self.await_event(Position, lambda position: position.playing)

    def await_standing(self) -> None:
        """Return when the song is no longer heard."""
        self.await_event(Position, lambda position: not position.playing)

    def await_sound(self, duration_s: float) -> None:
        """Return when so much more has been recorded; nobody listens to the engine meanwhile."""
        frames = self.recording.frames + round(duration_s * self.score.rate_hz)
        wait_until(lambda: self.recording.frames >= frames, "more sound")

    def await_heard(self, duration_s: float, after_frame: int) -> None:
        """Return when so much is recorded from the first sound after `after_frame` on."""
        frames = round(duration_s * self.score.rate_hz)

        def look() -> bool:
            sound = self.recording.sound()[:, after_frame:]
            return bool(sound[:, : max(0, sound.shape[1] - frames)].any())

        wait_until(look, "sound")

    def next_events(self, duration_s: float) -> list[Event]:
        """Return what happens from now on until so much more has been recorded."""
        frames = self.recording.frames + round(duration_s * self.score.rate_hz)
        seen = len(self.events)

        def look() -> bool:
            self.events += self.engine.poll()
            return self.recording.frames >= frames

        wait_until(look, "more sound")
        return self.events[seen:]

    def play(self, duration_s: float, tick: int = 0) -> None:
        """Play until so much is heard, however long the song waits or the recording lags."""
        silent_frames = self.recording.frames
        self.engine.play(tick)
        self.await_playing()
        self.await_heard(duration_s, silent_frames)

    @property
    def heard(self) -> Audio:
        """Return all that was heard, from the first sound on."""
        return from_first_sound(self.recording.sound())


@contextmanager
def on_stage(
    sink: NullSink, score: Score, song: Song, settings: AudioSettings = CALM
) -> Iterator[Stage]:
    """Give a stage on which `song` is ready to play; all processes must play into `sink`."""
    with AudioEngine() as engine:
        engine.set_song(song, score.pool.folder)
        engine.start(settings)
        with sink.record() as recording:  # the sink wakes up while the engine does
            stage = Stage(engine, score, recording)
            stage.await_event(DeviceBack)
            yield stage
            stage.events += engine.poll()
    assert Trouble(LATE) not in stage.events
