"""Notes and onsets that are heard in audio, and how well they match those asked for."""
