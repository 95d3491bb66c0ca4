"""Fixtures of the folder."""

from tests.tiny_pack import tiny_pack

__all__ = ["tiny_pack"]
