"""Recordings that grow on disk, and the notes of where they belong."""

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from desktop.document.time import Tick
from desktop.storage.errors import FileAccessError
from desktop.storage.recordings import (
    RecordingFile,
    Spot,
    find_recordings,
    is_empty,
    note_spot,
    recordings_folder,
    remove_recording,
)

RATE_HZ = 8000
SPOT = Spot(7, Tick(960), 4000, (Tick(0), Tick(3840)))


def noise(frames: int, channels: int = 2) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    rng = np.random.default_rng(frames)
    return rng.uniform(-1, 1, (frames, channels)).astype(np.float32)


def written(path: Path, frames: int) -> Path:
    file = RecordingFile(path, RATE_HZ, 2)
    file.write(noise(frames))
    file.close()
    return path


@pytest.mark.parametrize("channels", [1, 2])
def test_each_piece_can_be_read_as_soon_as_it_is_written(tmp_path: Path, channels: int) -> None:
    file = RecordingFile(tmp_path / "a.au", RATE_HZ, channels)
    pieces = [noise(100, channels), noise(50, channels)]
    for number, piece in enumerate(pieces, start=1):
        file.write(piece)
        read, rate = sf.read(tmp_path / "a.au", dtype="float32", always_2d=True)
        assert rate == RATE_HZ
        assert np.array_equal(read, np.concatenate(pieces[:number]))
    assert file.frames == 150
    file.sync()
    file.close()


@given(cut=st.integers(24, 24 + 8 * 40 - 1))
def test_a_recording_that_breaks_off_anywhere_holds_its_whole_frames(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    path = written(tmp_path_factory.mktemp("cut") / "a.au", 40)
    path.write_bytes(path.read_bytes()[:cut])
    read, _ = sf.read(path, dtype="float32", always_2d=True)
    assert np.array_equal(read, noise(40)[: (cut - 24) // 8])
    assert is_empty(path) == (cut == 24)


def test_no_file_is_written_over(tmp_path: Path) -> None:
    path = written(tmp_path / "a.au", 3)
    before = path.read_bytes()
    with pytest.raises(FileAccessError, match="cannot be written"):
        RecordingFile(path, RATE_HZ, 2)
    assert path.read_bytes() == before


def test_recordings_are_found_again_with_where_they_belong(tmp_path: Path) -> None:
    folder = recordings_folder(tmp_path)
    for name in ("b", "a"):
        note_spot(written(folder / f"{name}.au", 3), SPOT)
    assert find_recordings(tmp_path) == [(folder / "a.au", SPOT), (folder / "b.au", SPOT)]
    remove_recording(folder / "a.au")
    assert find_recordings(tmp_path) == [(folder / "b.au", SPOT)]
    remove_recording(folder / "b.au")
    assert not folder.exists()


@pytest.mark.parametrize(
    "note",
    [
        "",
        "[]",
        "{",
        '{"track_id": 1}',
        json.dumps({"track_id": 1, "start": -1, "start_frame": 0, "loop": None}),
        json.dumps({"track_id": "1", "start": 0, "start_frame": 0, "loop": None}),
        json.dumps({"track_id": 1, "start": 0, "start_frame": 0, "loop": [0]}),
    ],
)
def test_a_damaged_note_costs_the_place_not_the_recording(tmp_path: Path, note: str) -> None:
    path = written(recordings_folder(tmp_path) / "a.au", 3)
    path.with_suffix(".json").write_text(note)
    assert find_recordings(tmp_path) == [(path, Spot(None, Tick(0)))]


def test_a_folder_that_leads_elsewhere_is_neither_written_nor_read(tmp_path: Path) -> None:
    elsewhere, project = tmp_path / "elsewhere", tmp_path / "project"
    for folder in (elsewhere, project):
        folder.mkdir()
    written(elsewhere / "a.au", 3)
    (project / "recordings").symlink_to(elsewhere)
    with pytest.raises(FileAccessError, match="is a link"):
        recordings_folder(project)
    assert find_recordings(project) == []
