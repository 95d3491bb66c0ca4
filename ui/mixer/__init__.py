"""The mixer: one strip a track, and the master."""
