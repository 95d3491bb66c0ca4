"""An open song of short regions and what renders it, by the workshop of each test file."""

import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from desktop.document.song import Song
from desktop.session.rendering import Rendering, Workshop
from desktop.session.session import Session
from desktop.storage.project import Project
from tests.desktop.session.renders import song_of_regions
from tests.tiny_pack import make_tiny_pack, tiny_pack

__all__ = ["make_tiny_pack", "tiny_pack"]


@pytest.fixture
def song() -> Song:
    return song_of_regions()


@pytest.fixture
def session(tmp_path: Path, qapp: object, song: Song) -> Iterator[Session]:
    assert qapp  # timers need an application
    made = Session(Project.create(tmp_path / "Small.partimento", song))
    yield made
    made.close()


@pytest.fixture
def rendering(
    session: Session, workshop: Workshop, tiny_pack: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Rendering]:
    monkeypatch.setattr("desktop.rendering.packs.user_folder", lambda: tiny_pack.parent)
    made = Rendering(session, workshop)
    yield made
    made.close()
    workshop.close()  # a test may leave no process behind
