"""What the window's process and the engine say to each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from desktop.engine.song_parts import SongUpdate

Loop: TypeAlias = tuple[int, int]  # [start_tick, end_tick)
Level: TypeAlias = tuple[float, float]  # peak and RMS, linear


@dataclass(frozen=True, slots=True)
class AudioSettings:
    """Where the sound goes; a `device` of None is the system's, a rate of None the song's."""

    device: str | None = None
    sample_rate_hz: int | None = None
    block_frames: int = 512
    latency_s: float = 0.1

    def __post_init__(self) -> None:
        if not 16 <= self.block_frames <= 16384:
            raise ValueError(f"block_frames must be in 16..16384, got {self.block_frames}")
        if not 0.0 < self.latency_s <= 2.0:
            raise ValueError(f"latency_s must be above 0 and at most 2, got {self.latency_s}")


@dataclass(frozen=True, slots=True)
class Device:
    """Something that sound can be sent to, or heard on; `name` is what AudioSettings takes."""

    name: str
    channels: int
    sample_rate_hz: int
    is_default: bool


@dataclass(frozen=True, slots=True)
class SetSettings:
    """Use another device, rate, block or latency."""

    settings: AudioSettings


@dataclass(frozen=True, slots=True)
class SetSong:
    """Play this song from now on."""

    update: SongUpdate
    takes_folder: Path


@dataclass(frozen=True, slots=True)
class Play:
    """Play from `tick`, after the count-in if one is set."""

    tick: int


@dataclass(frozen=True, slots=True)
class Stop:
    """Stop playing, or counting in."""


@dataclass(frozen=True, slots=True)
class Seek:
    """Go on at `tick`."""

    tick: int


@dataclass(frozen=True, slots=True)
class SetLoop:
    """Play [start, end) again and again once the song is in it, or None."""

    loop: Loop | None


@dataclass(frozen=True, slots=True)
class SetMetronome:
    """Beat while playing, or not; count so many bars before playing starts."""

    on: bool
    count_in_bars: int


@dataclass(frozen=True, slots=True)
class PlayNote:
    """Begin a note on a track's instrument, or end it with a `velocity` of 0."""

    track_id: int
    pitch: int
    velocity: int


@dataclass(frozen=True, slots=True)
class Panic:
    """End every note at once."""


@dataclass(frozen=True, slots=True)
class StartCapture:
    """Write what `device` hears, None for the system's input, into a new file at `path`."""

    path: Path
    device: str | None


@dataclass(frozen=True, slots=True)
class EndCapture:
    """Write no more of it than what has been heard by now; answer with CaptureEnded."""


@dataclass(frozen=True, slots=True)
class ListDevices:
    """Answer with Devices."""


@dataclass(frozen=True, slots=True)
class Close:
    """Fade out, let go of the device and end the process."""


Command: TypeAlias = (
    SetSettings
    | SetSong
    | Play
    | Stop
    | Seek
    | SetLoop
    | SetMetronome
    | PlayNote
    | Panic
    | StartCapture
    | EndCapture
    | ListDevices
    | Close
)


@dataclass(frozen=True, slots=True)
class Position:
    """What is heard now: the song at `tick`, which is frame `frame` of it.

    `at_s` is the moment, by `time.monotonic`, so that what is played in can be placed. While it
    counts in, and when it stands, `tick` is where playing (last) started. It is what came of the
    first `obeyed` of all Play, Stop and Seek: a place that is about to be left counts no more.
    """

    tick: float
    frame: int
    playing: bool
    counting_in: bool
    at_s: float
    obeyed: int = 0


@dataclass(frozen=True, slots=True)
class Meters:
    """Levels since the last of these, by track id, after the faders; linear, 1 is full scale."""

    tracks: Mapping[int, Level]
    master: Level


@dataclass(frozen=True, slots=True)
class DeviceBack:
    """The device plays: for the first time, after new settings, or as it has come back."""

    name: str
    sample_rate_hz: int
    latency_s: float


@dataclass(frozen=True, slots=True)
class DeviceLost:
    """There is no sound; `message` says why. `asked` if that is the answer to Play."""

    message: str
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something of the song is not heard; `message` says what and why."""

    message: str


@dataclass(frozen=True, slots=True)
class Dropout:
    """The device ran out of sound for a moment: a larger latency would help."""


@dataclass(frozen=True, slots=True)
class Devices:
    """The devices that there are: those that can be played on, and those that can be heard."""

    devices: tuple[Device, ...] = ()
    inputs: tuple[Device, ...] = ()


@dataclass(frozen=True, slots=True)
class CaptureBegan:
    """What the input called `name` hears is being written to `path`."""

    path: Path
    name: str
    sample_rate_hz: int


@dataclass(frozen=True, slots=True)
class CaptureLevel:
    """The level since the last of these, linear, and how many frames were written so far.

    The first of them was heard at the moment `began_at_s` of `time.monotonic`.
    """

    peak: float
    rms: float
    frames: int
    began_at_s: float


@dataclass(frozen=True, slots=True)
class CaptureEnded:
    """Nothing more is written to `path`; `message` says why, where that was not asked for."""

    path: Path
    frames: int
    began_at_s: float = 0.0
    peak: float = 0.0
    message: str = ""


@dataclass(frozen=True, slots=True)
class EngineDied:
    """The engine's process ended; `AudioEngine.start` starts another."""

    message: str


Event: TypeAlias = (
    Position
    | Meters
    | DeviceBack
    | DeviceLost
    | Trouble
    | Dropout
    | Devices
    | CaptureBegan
    | CaptureLevel
    | CaptureEnded
    | EngineDied
)
Captured: TypeAlias = CaptureBegan | CaptureLevel | CaptureEnded | EngineDied
