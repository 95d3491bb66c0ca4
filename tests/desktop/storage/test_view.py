"""How a song was looked at last, beside it on disk."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.storage.view import NAME, View, read_view, write_view

IDS = st.integers(1, 2**53 - 1)
VIEWS = st.builds(
    View,
    left_tick=st.floats(0, 2**52),
    pixels_per_tick=st.floats(1e-6, 1000),
    top_px=st.integers(0, 2**31 - 1),
    heights=st.dictionaries(IDS, st.integers(0, 1000), max_size=4),
    unfolded=st.frozensets(IDS, max_size=4),
    clip_id=st.none() | IDS,
    below=st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    browser=st.booleans(),
    inspector=st.booleans(),
)


@given(VIEWS)
def test_any_view_comes_back(tmp_path_factory: pytest.TempPathFactory, view: View) -> None:
    project = tmp_path_factory.mktemp("view")
    write_view(project, view)
    assert read_view(project) == view


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'"\xff"',
        b"[" * 100_000,
        b'{"left_tick":-1}',
        b'{"pixels_per_tick":0}',
        b'{"pixels_per_tick":1e999}',
        b'{"heights":{"a":1}}',
        b'{"unfolded":[0]}',
        b" " * (2**20 + 1),
    ],
)
def test_a_damaged_view_is_none(tmp_path: Path, data: bytes) -> None:
    (tmp_path / NAME).write_bytes(data)
    assert read_view(tmp_path) is None


def test_a_song_that_nobody_looked_at_has_no_view(tmp_path: Path) -> None:
    assert read_view(tmp_path) is None


def test_the_view_of_another_version_counts_as_far_as_it_is_known(tmp_path: Path) -> None:
    plain: dict[str, Any] = {"left_tick": 5.0, "folded_strips": [1]}
    (tmp_path / NAME).write_bytes(msgspec.json.encode(plain))
    assert read_view(tmp_path) == View(left_tick=5.0)


def test_where_nothing_can_be_written_the_old_view_stays(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    write_view(tmp_path, View())
    write_view(tmp_path / "gone", View())
    assert [path.name for path in tmp_path.iterdir()] == [NAME]
