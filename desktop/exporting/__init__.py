"""A song leaves the program: as stems and a mix (`audio`), as MIDI, with what they measure."""
