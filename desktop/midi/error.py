"""The one error of this package."""


class MidiError(ValueError):
    """A MIDI file cannot be read or written; says which, what is wrong and what to do."""
