"""`partimento draw`: what the model improvised becomes notes of the song."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.document.edits import add_region, add_track
from desktop.document.song import Role, Song
from desktop.document.time import PPQ, Tick
from desktop.midi.reading import read_midi
from desktop.rendering.recipe import read_recipe
from desktop.storage.project import Project, read_project
from tests.tiny_pack import build_tiny_pack

Run = Callable[..., Any]


@pytest.fixture
def tiny_pack(tmp_path: Path) -> Path:
    """Return a pack that improvises, in place of the one that all others use."""
    return build_tiny_pack(tmp_path / "packs" / "tiny", improvising=True)


def make_song(tmp_path: Path, *roles: Role) -> Path:
    """Write a song with a region of ten beats on a track of each role, and return its folder."""
    song = Song("Free")
    for role in roles:
        song = add_track(song, role.title(), role)
        song = add_region(song, song.next_id - 1, Tick(PPQ), Tick(11 * PPQ), "calm")
    gate = replace(song.settings.quality_gate, on_failure="keep")
    settings = replace(song.settings, pack_id="tiny", quality_gate=gate)
    folder = tmp_path / "free.partimento"
    Project.create(folder, replace(song, settings=settings)).close()
    return folder


def song_in(folder: Path) -> Song:
    return read_project(folder).song


def test_what_was_rendered_without_notes_is_drawn_and_exported_as_midi(
    run: Run, tmp_path: Path
) -> None:
    folder = make_song(tmp_path, "lead", "mix")
    rendered = run("render", folder, "--seed", 5, "--json")
    takes = [event for event in rendered.events if event["event"] == "take"]
    ran = run("draw", folder, "--json")
    lead, mix = (event for event in ran.events if event["event"] == "drawn")
    assert (ran.code, ran.event("done")["regions"]) == (0, 2)
    assert [take["improvised"] for take in takes] == [lead["notes"], mix["notes"] + mix["beside"]]
    song = song_in(folder)
    assert [track.name for track in song.tracks] == ["Lead", "Mix", "Mix, drums"]
    playing = song.tracks[0].regions[0].playing
    assert playing is not None
    written = read_recipe(playing.recipe).improvised_notes
    drawn = song.tracks[0].clips[0].notes
    assert sorted(n.pitch for n in drawn) == sorted(n.pitch for n in written)
    assert run("export", folder, "--out", tmp_path / "out").code == 0
    (midi,) = (tmp_path / "out").glob("*.mid")
    assert len(read_midi(midi).tracks[0].clips[0].notes) == lead["notes"]


def test_the_render_says_how_many_notes_it_improvised(run: Run, tmp_path: Path) -> None:
    ran = run("render", make_song(tmp_path, "lead"), "--seed", 5)
    assert "; improvised " in ran.err


def test_where_nothing_was_improvised_it_is_one_clear_error(run: Run, tmp_path: Path) -> None:
    folder = make_song(tmp_path, "lead")
    before = song_in(folder)
    ran = run("draw", folder)
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)
    assert "there are no improvised notes to draw" in ran.err
    ran = run("draw", folder, "--region", 2)
    assert "region 2: no notes were improvised for the region at bar 1 beat 2" in ran.err
    assert song_in(folder) == before


def test_drawn_regions_are_never_covered(run: Run, tmp_path: Path) -> None:
    folder = make_song(tmp_path, "bass")
    assert run("render", folder, "--seed", 5).code == 0
    assert run("draw", folder, "--track", "bass").code == 0
    drawn = song_in(folder)
    ran = run("draw", folder, "--region", 2)
    assert (ran.code, song_in(folder)) == (2, drawn)
    assert "has notes; delete them" in ran.err
