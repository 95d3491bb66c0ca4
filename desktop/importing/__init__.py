"""Files from elsewhere become parts of the song: audio as takes, MIDI as tracks."""
