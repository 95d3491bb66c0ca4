"""A prompt is dragged from its library onto a region, on a real screen."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtCore import QPoint

from desktop.document.edits import add_region, add_track
from desktop.document.song import Song
from desktop.document.time import PPQ, Tick
from desktop.prompts.library import Library
from desktop.prompts.library_file import SHIPPED, read_prompts
from desktop.storage.project import AUTOSAVE, Project, read_project
from tests.audio_rig import wait_until
from tests.end_to_end.desk import Desk, desk

PROMPT: Final = read_prompts(SHIPPED)[0].text  # stands first in a new library
ROW: Final = QPoint(100, 170)  # in a window that is opened for the first time
REGION: Final = QPoint(560, 190)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def table(tmp_path: Path, data: Path) -> Iterator[Desk]:
    places = {"XDG_DATA_HOME": data, "XDG_CONFIG_HOME": tmp_path / "config", "HOME": tmp_path}
    with desk({name: str(place) for name, place in places.items()}) as table:
        yield table


@pytest.fixture
def song(tmp_path: Path) -> Path:
    folder = tmp_path / "Drop.partimento"
    song = add_region(add_track(Song("Drop"), "Lead"), 1, Tick(0), Tick(16 * PPQ), "old")
    Project.create(folder, song).close()
    return folder


def test_a_prompt_is_dragged_onto_a_region_and_counted(table: Desk, song: Path, data: Path) -> None:
    with table.program(song):
        table.wait_for_window()
        library = data / "partimento" / "prompts.sqlite"
        wait_until(library.exists, "the library")
        table.drag(ROW, REGION)
        wait_until((song / AUTOSAVE).exists, "the edit to be saved")
    recovered = read_project(song).recovered
    assert recovered is not None
    assert recovered.tracks[0].regions[0].prompt == PROMPT
    with Library(library) as opened:
        found = opened.find(PROMPT)
    assert found is not None
    assert found.uses == 1
