"""`partimento cues`: all of a sheet, or nothing."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.document.edits import add_track
from desktop.document.song import Song
from desktop.importing.cue_sheet import MAX_BYTES
from desktop.storage.project import Project, read_project

THREE_PARTS = (
    '[0:15] "轻柔吉他搭配自然环境音,60 BPM" [15:30] "加入鼓点,节奏提升至90 BPM,保持明亮感" '
    '[30:60] "交响乐爆发,铜管与弦乐齐鸣,充满希望"'
)
Run = Callable[..., Any]


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:  # noqa: ARG001 (it makes the working folder)
    made = tmp_path / "tune.partimento"
    Project.create(made, add_track(Song("Tune"), "Lead")).close()
    return made


def song_in(folder: Path) -> Song:
    return read_project(folder).song


def sheet(tmp_path: Path, text: str, charset: str = "utf-8") -> Path:
    path = tmp_path / "Journey.txt"
    path.write_bytes(text.encode(charset))
    return path


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_sheet_becomes_regions_and_tempos(
    run: Run, folder: Path, tmp_path: Path, charset: str
) -> None:
    ran = run("cues", folder, sheet(tmp_path, THREE_PARTS, charset), "--tempos")
    assert ran.code == 0
    assert ran.out.splitlines()[1] == "[15:30] 加入鼓点,节奏提升至90 BPM,保持明亮感"
    song, track = song_in(folder), song_in(folder).tracks[1]
    at = song.tempo_map.tick_to_second
    assert track.name == "Journey"
    assert [(at(r.start), at(r.end)) for r in track.regions] == [(0, 15), (15, 30), (30, 60)]
    assert [change.bpm for change in song.tempo_map.tempos] == [60, 90]


def test_an_old_track_and_the_old_tempo_are_kept(run: Run, folder: Path, tmp_path: Path) -> None:
    ran = run("cues", folder, sheet(tmp_path, THREE_PARTS), "--track", "lead", "--json")
    assert (ran.code, ran.event("done")["regions"]) == (0, 3)
    (track,) = song_in(folder).tracks
    assert len(track.regions) == 3
    assert [change.bpm for change in song_in(folder).tempo_map.tempos] == [120]


def test_a_sheet_is_read_from_stdin(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("bars 1-2: calm"))
    assert run("cues", folder, "-").code == 0
    assert [region.prompt for region in song_in(folder).tracks[1].regions] == ["calm"]


def test_a_new_track_has_the_role_that_is_asked_for(run: Run, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "beats.txt").write_text("bars 1-2: brushed drums")
    assert run("cues", folder, tmp_path / "beats.txt", "--role", "drums").code == 0
    assert song_in(folder).tracks[1].role == "drums"


def test_the_track_of_a_sheet_from_stdin_is_called_cues(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("bars 1-2: calm"))
    run("cues", folder, "-")
    assert song_in(folder).tracks[1].name == "Cues"


def test_of_what_comes_in_without_end_no_more_is_read_than_a_sheet_has(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = io.StringIO("y" * (3 * MAX_BYTES))
    monkeypatch.setattr("sys.stdin", endless)
    ran = run("cues", folder, "-")
    assert ran.code == 2
    assert f"more than {MAX_BYTES} letters" in ran.err
    assert endless.tell() == MAX_BYTES + 1


def test_a_file_that_is_no_sheet_is_named_by_its_size(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    ran = run("cues", folder, sheet(tmp_path, "y" * (MAX_BYTES + 1)))
    assert ran.code == 2
    assert f"has {MAX_BYTES + 1} bytes, more than the {MAX_BYTES} that are read" in ran.err


def test_of_a_long_line_that_cannot_be_read_the_beginning_is_shown(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    ran = run("cues", folder, sheet(tmp_path, "y" * 100_000))
    assert ran.code == 2
    assert ran.out.startswith("line 1: yyyy")
    assert len(ran.out) < 400


def test_lines_that_cannot_be_read_are_shown_and_nothing_is_imported(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    before = song_in(folder)
    ran = run("cues", folder, sheet(tmp_path, "[0:15] fine\nsoft guitar\n[15:] drums"))
    assert ran.code == 2
    assert [line for line in ran.out.splitlines() if line.startswith("line")] == [
        "line 2: soft guitar",
        "line 3: [15:] drums",
    ]
    (line,) = ran.err.splitlines()
    assert "2 lines" in line
    assert song_in(folder) == before


@pytest.mark.parametrize(
    ("text", "said"), [("", "empty"), ("[0:2] a\n[1:3] b", "line 2: it overlaps the cue of line 1")]
)
def test_a_sheet_that_makes_no_sense_changes_nothing(
    run: Run, folder: Path, tmp_path: Path, text: str, said: str
) -> None:
    before = song_in(folder)
    ran = run("cues", folder, sheet(tmp_path, text))
    assert ran.code == 2
    assert said in ran.err
    assert song_in(folder) == before


def test_a_track_must_be_there_and_only_one_of_its_name(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    path = sheet(tmp_path, "[0:1] a")
    assert "no track 'Oboe'" in run("cues", folder, path, "--track", "Oboe").err
    with Project.open(folder) as project:
        project.save(add_track(project.opened.song, "lead"))
    assert "give one of the ids" in run("cues", folder, path, "--track", "lead").err
