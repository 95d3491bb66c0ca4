"""Where the sound goes, as chosen and kept in the settings."""

from typing import Final

from PySide6.QtCore import QSettings

from desktop.engine.messages import AudioSettings

DEVICE: Final = "audio/device"
RATE: Final = "audio/sample_rate_hz"
BLOCK: Final = "audio/block_frames"
LATENCY: Final = "audio/latency_s"


def chosen_audio(settings: QSettings) -> AudioSettings:
    """Return what was chosen; the default where nothing that could be was."""
    default = AudioSettings()
    try:
        return AudioSettings(
            str(settings.value(DEVICE, "")) or None,
            int(str(settings.value(RATE, 0))) or None,
            int(str(settings.value(BLOCK, default.block_frames))),
            float(str(settings.value(LATENCY, default.latency_s))),
        )
    except ValueError:
        return default


def keep_audio(settings: QSettings, audio: AudioSettings) -> None:
    """Keep what was chosen."""
    settings.setValue(DEVICE, audio.device or "")
    settings.setValue(RATE, audio.sample_rate_hz or 0)
    settings.setValue(BLOCK, audio.block_frames)
    settings.setValue(LATENCY, audio.latency_s)
