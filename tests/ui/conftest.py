"""An open project with panels on it, offscreen."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QSettings

from desktop.document.edits import add_clip, add_note, add_region, add_track
from desktop.document.palette import track_colour
from desktop.document.song import Song
from desktop.document.time import PPQ, Tick
from desktop.session.rendering import Rendering, Workshop
from desktop.session.session import Session
from desktop.session.transport import Transport
from desktop.storage.project import Project
from ui.shared.actions import Actions
from ui.shared.scale import TimeScale
from ui.shared.studio import Studio
from ui.shared.theme import Look, style_sheet

BAR = 4 * PPQ


def sketched_song() -> Song:
    """Return two tracks: a lead with a clip of four notes and a region, and a bass."""
    song = replace(Song(title="Sketch"))
    song = add_track(song, "Lead", "lead", track_colour(0))
    lead = song.tracks[0].id
    song = add_clip(song, lead, Tick(0), Tick(2 * BAR))
    clip = song.tracks[0].clips[0].id
    for beat, pitch in enumerate((60, 64, 67, 72)):
        song = add_note(song, clip, Tick(beat * PPQ), Tick(PPQ), pitch)
    song = add_region(song, lead, Tick(0), Tick(2 * BAR), "warm flute, calm")
    return add_track(song, "Bass", "bass", track_colour(1))


@pytest.fixture
def session(tmp_path: Path, qapp: object) -> Iterator[Session]:
    assert qapp  # timers need an application
    made = Session(Project.create(tmp_path / "Sketch.partimento", sketched_song()))
    yield made
    made.close()


@pytest.fixture
def studio(
    session: Session, tmp_path: Path, qapp: object, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Studio]:
    """Give what panels are given; the transport has no engine, the user no data yet."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    look = Look()
    qapp.setStyle("Fusion")  # type: ignore[attr-defined]
    qapp.setStyleSheet(style_sheet(look.colours))  # type: ignore[attr-defined]
    workshop, actions = Workshop(), Actions(settings, session)
    rendering = Rendering(session, workshop, session)
    yield Studio(session, Transport(), actions, look, TimeScale(), settings, rendering)
    rendering.close()
    workshop.close()
