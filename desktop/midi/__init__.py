"""Standard MIDI files in and out: `reading.read_midi` and `writing.write_midi`."""
