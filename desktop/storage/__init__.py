"""Projects on disk: the song's file, its backups and autosave, and the pool of takes."""
