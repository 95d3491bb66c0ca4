"""What can go wrong while sound is put together."""


class MixError(Exception):
    """A take cannot be played; the message says which, why, and what to do."""
