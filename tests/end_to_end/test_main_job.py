"""The main job: a sketched song becomes stems, a mix and MIDI."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from typing import TypeAlias

import mido  # type: ignore[import-untyped]
import numpy as np
import pytest
import soundfile  # type: ignore[import-untyped]

from desktop.document.song import QualityGate
from desktop.midi.reading import read_midi
from desktop.storage.project import Project, read_project

Program: TypeAlias = Callable[..., "subprocess.CompletedProcess[str]"]
ROOT = Path(__file__).parents[2]
EXAMPLE = Path("examples") / "greensleeves.partimento"


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """Return a copy of the example for the tiny pack, whose takes may sound as they do."""
    folder = copytree(ROOT / EXAMPLE, tmp_path / EXAMPLE)
    with Project.open(folder) as project:
        song = project.opened.song
        settings = replace(song.settings, quality_gate=QualityGate("keep"), pack_id="tiny")
        project.save(replace(song, settings=settings))
    return folder


def made_by_make() -> list[str]:
    """Return the words after `partimento` where `make run` renders."""
    command = ["make", "--no-print-directory", "--dry-run", "run"]
    shown = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    (line,) = (line for line in shown.stdout.splitlines() if "partimento render" in line)
    return line.split()[1:]


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_make_run_twice_makes_stems_that_sum_to_the_mix_and_leaves_the_example_alone(
    program: Program, example: Path, tmp_path: Path
) -> None:
    before, quick = contents(example), ("--steps", 1, "--device", "cpu")
    ran = program(*made_by_make(), *quick)
    assert ran.returncode == 0, ran.stderr
    again = program(*made_by_make(), *quick, "--missing")
    assert (again.returncode, again.stdout) == (0, ran.stdout)
    assert contents(example) == before
    copy = read_project(tmp_path / "out" / example.name).song
    assert {len(region.takes) for track in copy.tracks for region in track.regions} == {1}
    *stems, mix, midi = (tmp_path / line for line in ran.stdout.splitlines())
    assert [path.name for path in (mix, midi)] == ["Greensleeves - mix.wav", "Greensleeves.mid"]
    song = read_project(example).song
    assert len(stems) == len(song.tracks)
    frames = song.tempo_map.tick_to_frame(song.end, 44100)
    audio = [soundfile.read(path, dtype="float32")[0] for path in (*stems, mix)]
    assert {sound.shape for sound in audio} == {(frames, 2)}
    assert np.array_equal(sum(audio[:-1]), audio[-1])
    assert all(sound.any() for sound in audio)
    assert [track.name for track in read_midi(midi).tracks] == [t.name for t in song.tracks]


def test_a_sketch_is_rendered_and_exported_in_one_go(program: Program, tmp_path: Path) -> None:
    write_melody(tmp_path / "晨曲.mid")
    ran = program(
        *("sketch", "晨曲.mid", "--prompt", "calm 吉他", "--role", "harmony", "--seed", 5),
        *("--pack", "tiny"),
        *("--out", "out", "--format", "flac", "--bits", 24, "--device", "cpu", "--json"),
    )
    assert ran.returncode == 0, ran.stderr
    events = [json.loads(line) for line in ran.stdout.splitlines()]
    assert events[-1]["event"] == "done"
    files = [Path(name) for name in events[-1]["files"]]
    assert sorted(path.suffix for path in files) == [".flac", ".flac", ".mid"]
    assert all((tmp_path / path).is_file() for path in files)
    song = read_project(tmp_path / "out" / "晨曲.partimento").song
    (track,) = song.tracks
    assert (track.role, track.regions[0].prompt) == ("harmony", "calm 吉他")
    assert json.loads(track.regions[0].takes[0].recipe)["seed"] >= 5
    verified = program("verify", "out/晨曲")
    assert (verified.returncode, verified.stdout.splitlines()[-1]) == (
        0,
        "1 equal, 0 differs, 0 cannot, 0 imported",
    )


def write_melody(path: Path) -> None:
    track = mido.MidiTrack([mido.MetaMessage("track_name", name="Melody")])
    for step in range(4):
        track.append(mido.Message("note_on", note=60 + step, velocity=90, time=0))
        track.append(mido.Message("note_off", note=60 + step, time=480))
    mido.MidiFile(tracks=[track], ticks_per_beat=480).save(path)
