"""A project to store songs in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.document.song import Song
from desktop.storage.project import Project


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return where a project may be made."""
    return tmp_path / "Étude 1.partimento"


@pytest.fixture
def project(folder: Path) -> Iterator[Project]:
    """Return an open project with the song "first"."""
    with Project.create(folder, Song("first")) as created:
        yield created
