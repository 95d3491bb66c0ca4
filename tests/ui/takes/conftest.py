"""A sound card that nobody hears, for what is heard while takes are compared."""

from tests.audio_rig import null_sink

__all__ = ["null_sink"]
