"""The song as a frozen value: time, tempo, tracks, notes, regions, takes, edits and history."""
