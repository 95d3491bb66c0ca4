"""The errors whose message is meant for the user."""

from typing import Final

from desktop.exporting.errors import ExportError
from desktop.midi.error import MidiError
from desktop.mixing.errors import MixError
from desktop.storage.errors import StorageError
from inference.errors import InferenceError

EXPECTED: Final = (ExportError, InferenceError, MidiError, MixError, StorageError, OSError)
