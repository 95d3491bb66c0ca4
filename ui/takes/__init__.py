"""The takes of a region."""
