"""Songs of short regions for the tiny pack, and how tests wait for their renders."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from desktop.document.edits import add_region, add_track
from desktop.document.song import Region, Song
from desktop.document.time import PPQ, Tick
from desktop.session.rendering import Rendering
from desktop.session.session import Session

REGIONS = 3


def song_of_regions(beats: int = 1) -> Song:
    """Return a lead with three regions of so many beats that do not touch."""
    song = add_track(Song(title="Small"), "Lead", "lead", "#e07b39")
    for number in range(REGIONS):
        start, end = (Tick((2 * number + end) * beats * PPQ) for end in (0, 1))
        song = add_region(song, song.tracks[0].id, start, end, "calm")
    gate = replace(song.settings.quality_gate, on_failure="keep")
    return replace(song, settings=replace(song.settings, pack_id="tiny", quality_gate=gate))


def regions(session: Session) -> tuple[Region, ...]:
    return session.song.tracks[0].regions


def wait_for_the_end(rendering: Rendering, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not rendering.live and rendering._thread is None, timeout=60_000)
    qtbot.wait(0)
