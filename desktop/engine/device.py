"""The way out: a PortAudio stream that is written to and blocks while it has enough."""

from typing import Any, Final

import numpy as np

from desktop.engine.messages import AudioSettings, Device
from desktop.mixing.levels import CHANNELS
from inference.arrays import Audio

DTYPE: Final = "float32"


class DeviceError(Exception):
    """There is no device, or not any more; the message says which and what to do."""


class Output:
    """An open device."""

    def __init__(self, settings: AudioSettings, sample_rate_hz: int) -> None:
        """Raise DeviceError where the device cannot be opened."""
        self._portaudio = _portaudio()
        self.sample_rate_hz, self.block_frames = sample_rate_hz, settings.block_frames
        try:
            index, self.name = self._found(settings.device)
            self._stream = self._portaudio.OutputStream(
                sample_rate_hz, 0, index, CHANNELS, DTYPE, settings.latency_s
            )
            self._stream.start()
        except (self._portaudio.PortAudioError, ValueError) as error:
            raise DeviceError(
                f"{settings.device or 'the audio device'} cannot be opened at {sample_rate_hz} Hz: "
                f"{error.args[0]}; connect it, or choose another device or rate"
            ) from error
        self.latency_frames = round(self._stream.latency * sample_rate_hz)

    def write(self, sound: Audio) -> bool:
        """Play `sound` (2, frames); return whether there was a gap before it. Or DeviceError."""
        try:
            gap: bool = self._stream.write(np.ascontiguousarray(sound.T))
        except self._portaudio.PortAudioError as error:
            raise DeviceError(
                f"{self.name} is gone ({error.args[0]}); playing stopped, connect it again"
            ) from error
        return gap

    def drain(self) -> None:
        """Wait until what was written is heard; without silence behind it the end is cut off."""
        self.write(np.zeros((CHANNELS, self.latency_frames + self.block_frames), np.float32))

    def close(self) -> None:
        """Let go of the device."""
        self._stream.close(ignore_errors=True)

    def _found(self, name: str | None) -> tuple[int, str]:
        """Return the index and name of a device; DeviceError where there is none."""
        portaudio = self._portaudio
        if name is None:
            device = portaudio.query_devices(kind="output")
            return device["index"], device["name"]
        for device in portaudio.query_devices():
            if device["name"] == name and device["max_output_channels"] >= CHANNELS:
                return device["index"], name
        raise DeviceError(f"there is no audio device {name!r}; connect it, or choose another")


def devices() -> tuple[Device, ...]:
    """Return the devices as last looked for; none where there is no PortAudio."""
    try:
        portaudio = _portaudio()
        default = portaudio.default.device[1]
        found = portaudio.query_devices()
    except (DeviceError, OSError):
        return ()
    return tuple(
        Device(d["name"], d["max_output_channels"], round(d["default_samplerate"]), n == default)
        for n, d in enumerate(found)
        if d["max_output_channels"] >= CHANNELS
    )


def look_again() -> None:
    """Look for devices; no stream may be open. PortAudio itself sees them only when it starts."""
    try:
        portaudio = _portaudio()
        portaudio._terminate()
        portaudio._initialize()
    except (DeviceError, OSError):
        return


def _portaudio() -> Any:
    try:
        import sounddevice  # type: ignore[import-untyped]  # noqa: PLC0415
    except OSError as error:
        raise DeviceError(
            "there is no PortAudio, so nothing can be heard; install the Debian package "
            "libportaudio2"
        ) from error
    return sounddevice
