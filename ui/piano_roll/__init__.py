"""The piano roll: the notes of one clip."""
