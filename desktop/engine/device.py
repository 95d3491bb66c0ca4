"""The ways out and in: PortAudio's streams.

The output is written to and blocks while it has enough; the input calls back with what it hears.
PortAudio must not be asked to open, close or look by two threads at once, and looks for devices
only while no stream is open.
"""

import time
from collections.abc import Callable
from threading import RLock
from typing import Any, Final, Literal, NamedTuple

import numpy as np

from desktop.engine.messages import AudioSettings, Device
from desktop.mixing.levels import CHANNELS
from inference.arrays import Audio

DTYPE: Final = "float32"
INPUT_LATENCY_S: Final = 0.1  # nobody listens to it while it is recorded

_asks = RLock()  # held by who opens, closes or looks
_open_inputs: set["Input"] = set()


class DeviceError(Exception):
    """There is no device, or not any more; the message says which and what to do."""


class Output:
    """An open device."""

    def __init__(self, settings: AudioSettings, sample_rate_hz: int) -> None:
        """Raise DeviceError where the device cannot be opened."""
        self._portaudio = _portaudio()
        self.sample_rate_hz, self.block_frames = sample_rate_hz, settings.block_frames
        try:
            with _asks:
                index, self.name = self._found(settings.device)
                self._stream = self._portaudio.OutputStream(
                    sample_rate_hz, 0, index, CHANNELS, DTYPE, settings.latency_s
                )
                self._stream.start()
                self._room_frames: int = self._stream.write_available
        except (self._portaudio.PortAudioError, ValueError) as error:
            raise DeviceError(
                f"{settings.device or 'the audio device'} cannot be opened at {sample_rate_hz} Hz: "
                f"{error.args[0]}; connect it, or choose another device or rate"
            ) from error
        self.latency_frames: int = round(self._stream.latency * sample_rate_hz)

    def write(self, sound: Audio) -> bool:
        """Play `sound` (2, frames); return whether there was a gap before it. Or DeviceError."""
        try:
            gap: bool = self._stream.write(np.ascontiguousarray(sound.T))
        except self._portaudio.PortAudioError as error:
            raise DeviceError(
                f"{self.name} is gone ({error.args[0]}); playing stopped, connect it again"
            ) from error
        return gap

    @property
    def ahead_frames(self) -> int:
        """Return how far what was written last is ahead of what is heard, as far as is known.

        That is the latency which the device reports, or all that it holds if that is more.
        """
        try:
            held: int = self._room_frames - self._stream.write_available
        except self._portaudio.PortAudioError:  # it is gone, which the next write will say
            held = 0
        return max(self.latency_frames, held)

    def drain(self) -> None:
        """Wait until what was written is heard; without silence behind it the end is cut off."""
        self.write(np.zeros((CHANNELS, self.latency_frames + self.block_frames), np.float32))

    def close(self) -> None:
        """Let go of the device."""
        with _asks:
            self._stream.close(ignore_errors=True)

    def _found(self, name: str | None) -> tuple[int, str]:
        """Return the index and name of a device; DeviceError where there is none."""
        portaudio = self._portaudio
        if name is None:
            device = _usual(portaudio, "output")
            if device is None:
                raise DeviceError(
                    "there is no audio output; connect one, or choose a device in the preferences"
                )
            return device["index"], device["name"]
        for device in portaudio.query_devices():
            if device["name"] == name and device["max_output_channels"] >= CHANNELS:
                return device["index"], name
        raise DeviceError(f"there is no audio device {name!r}; connect it, or choose another")


class Block(NamedTuple):
    """What an input heard: the samples of `frames` frames, float32, side by side.

    Its first frame came in `delay_s` before `at_s` of `time.monotonic`, as far as the system knows.
    `lost` if something before it was.
    """

    at_s: float
    delay_s: float
    frames: int
    lost: bool
    samples: bytes


class Input:
    """An open input; it gives each block to `on_block`, in a thread that must not wait."""

    def __init__(self, name: str | None, on_block: Callable[[Block], object]) -> None:
        """Open the input called `name`, None for the system's; DeviceError where that fails."""
        portaudio = _portaudio()
        self._on_block = on_block
        try:
            with _asks:
                device = self._found(portaudio, name)
                self.name: str = device["name"]
                self.sample_rate_hz = round(device["default_samplerate"])
                self.channels = min(CHANNELS, int(device["max_input_channels"]))
                self._stream = portaudio.RawInputStream(
                    *(self.sample_rate_hz, 0, device["index"], self.channels, DTYPE),
                    INPUT_LATENCY_S,
                    callback=self._take,
                )
                self._stream.start()
                _open_inputs.add(self)
        except (portaudio.PortAudioError, ValueError) as error:
            raise DeviceError(
                f"{name or 'the audio input'} cannot be opened: {error.args[0]}; connect it, see "
                "to it that this program may use it, or choose another input in the preferences"
            ) from error

    @property
    def is_alive(self) -> bool:
        """Return whether more may come."""
        return bool(self._stream.active)

    def close(self) -> None:
        """Let go of the input."""
        with _asks:
            self._stream.close(ignore_errors=True)
            _open_inputs.discard(self)

    def _take(self, samples: Any, frames: int, times: Any, status: Any) -> None:
        # some systems do not say when a block came in
        known = times.inputBufferAdcTime > 0
        delay_s = times.currentTime - times.inputBufferAdcTime if known else self._stream.latency
        lost = bool(status.input_overflow)
        self._on_block(Block(time.monotonic(), delay_s, frames, lost, bytes(samples)))

    @staticmethod
    def _found(portaudio: Any, name: str | None) -> Any:
        """Return the input called `name`; DeviceError where there is none."""
        if name is None:
            if (usual := _usual(portaudio, "input")) is None:
                raise DeviceError("there is no audio input; connect one, then record again")
            return usual
        for device in portaudio.query_devices():
            if device["name"] == name and device["max_input_channels"]:
                return device
        raise DeviceError(
            f"there is no audio input {name!r}; connect it, or choose another in the preferences"
        )


def devices() -> tuple[Device, ...]:
    """Return the outputs as last looked for; none where there is no PortAudio."""
    return _devices("max_output_channels", 1, CHANNELS)


def inputs() -> tuple[Device, ...]:
    """Return the inputs as last looked for; none where there is no PortAudio."""
    return _devices("max_input_channels", 0, 1)


def _devices(channels: str, kind: int, fewest: int) -> tuple[Device, ...]:
    try:
        portaudio = _portaudio()
        with _asks:
            default = portaudio.default.device[kind]
            found = portaudio.query_devices()
    except (DeviceError, OSError):
        return ()
    return tuple(
        Device(d["name"], d[channels], round(d["default_samplerate"]), n == default)
        for n, d in enumerate(found)
        if d[channels] >= fewest
    )


def look_again() -> None:
    """Look for devices, unless an input is open; no output may be.

    PortAudio itself sees them only when it starts.
    """
    try:
        portaudio = _portaudio()
        with _asks:
            if not _open_inputs:
                portaudio._terminate()
                portaudio._initialize()
    except (DeviceError, OSError):
        return


def _usual(portaudio: Any, kind: Literal["input", "output"]) -> Any:
    """Return the device that the system uses unless told otherwise, None where it has none."""
    try:
        return portaudio.query_devices(kind=kind)
    except (portaudio.PortAudioError, ValueError):  # they only name a number, as "device -1"
        return None


def _portaudio() -> Any:
    try:
        import sounddevice  # type: ignore[import-untyped]  # noqa: PLC0415
    except OSError as error:
        raise DeviceError(
            "there is no PortAudio, so nothing can be heard; install the Debian package "
            "libportaudio2"
        ) from error
    return sounddevice
