"""Fixtures of the folder."""

from collections.abc import Callable

import pytest

from tests.tiny_pack import CONTROLLED, GRAPHS, IMPROVISING, build_graph, make_tiny_pack, tiny_pack

__all__ = ["make_tiny_pack", "tiny_pack"]


@pytest.fixture(scope="session")
def altered_graph() -> Callable[[str, dict[str, str]], bytes]:
    """Return what makes a graph of the tiny pack with pieces of its text replaced."""

    def make(role: str, changes: dict[str, str]) -> bytes:
        text = (GRAPHS | CONTROLLED | IMPROVISING if role != "denoiser" else GRAPHS)[role]
        for old, new in changes.items():
            assert old in text
            text = text.replace(old, new)
        data: bytes = build_graph(text).SerializeToString()
        return data

    return make
