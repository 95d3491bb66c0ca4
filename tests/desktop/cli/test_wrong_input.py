"""What is wrong with the input is said on one line, with exit status 2 and no traceback."""

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copy
from typing import Any

import mido  # type: ignore[import-untyped]
import pytest

from desktop.document.edits import add_region
from desktop.document.time import PPQ, Tick
from desktop.midi.reading import read_midi
from desktop.storage.project import Project


@pytest.fixture(scope="module")
def things(midi_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of things that are wrong in many ways, and some that are right."""
    folder = tmp_path_factory.mktemp("things")
    song = read_midi(midi_file)
    prompted = add_region(song, song.tracks[0].id, Tick(0), Tick(PPQ), "calm")
    for name in ("tune", "newer", "damaged", "prompted"):
        made = prompted if name == "prompted" else song
        Project.create(folder / f"{name}.partimento", made).close()
    copy(midi_file, folder)
    (folder / "garbage.mid").write_bytes(b"MThd\0\0\0\6 this is no music")
    (folder / "cut.mid").write_bytes(midi_file.read_bytes()[:60])
    (folder / "folder").mkdir()
    (folder / "sounds.wav").mkdir()
    (folder / "notes.txt").write_text("no music", "utf-8")
    mido.MidiFile(tracks=[mido.MidiTrack()]).save(folder / "silent.mid")
    newer = folder / "newer.partimento" / "song.json"
    newer.write_text(json.dumps({**json.loads(newer.read_text("utf-8")), "version": 999}), "utf-8")
    (folder / "damaged.partimento" / "song.json").write_text("{", "utf-8")
    return folder


@pytest.fixture
def here(things: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of things, now the working folder; asked for after `run`."""
    monkeypatch.chdir(things)
    return things


def contents(folder: Path) -> dict[Path, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {path: path.read_bytes() for path in found}


CASES = {
    "no command by that name": ("compose", "No such command"),
    "an unknown option": ("info tune --loud", "No such option"),
    "no file to sketch": ("sketch gone.mid --prompt calm", "gone.mid"),
    "a sketch without a prompt": ("sketch tune.mid", "--prompt"),
    "an unknown role": ("sketch tune.mid --prompt calm --role kazoo", "kazoo"),
    "garbage for MIDI": ("sketch garbage.mid --prompt calm", "garbage.mid"),
    "a MIDI file that breaks off": ("import cut.mid", "cut.mid"),
    "a text for MIDI": ("import notes.txt", "notes.txt"),
    "a folder for MIDI": ("import folder", "folder"),
    "a MIDI file without notes": ("sketch silent.mid --prompt calm", "no notes"),
    "an unknown track of a file": ("sketch tune.mid --prompt calm --track Oboe", "'Oboe'"),
    "a prompt without an end": (f"sketch tune.mid --prompt {'x' * 10_001}", "got 10001"),
    "too many prompts": ("sketch tune.mid --prompt a --prompt b --prompt c", "got 3"),
    "an import over a song": ("import tune.mid --out tune", "already"),
    "an import both ways": ("import tune.mid --out a --into tune", "not both"),
    "a new song over an old one": ("new tune", "already"),
    "a song without a name": ("new .", "is no name for a song"),
    "a song called as the folder above": ("new ..", "..: is no name for a song"),
    "a folder for a sound": ("import sounds.wav", "sounds.wav: is no file"),
    "a name that is too long": (f"info {'a' * 300}", "too long; check the path"),
    "a metre that is none": ("new fresh --metre 4/5", "--metre"),
    "a metre that is no fraction": ("new fresh --metre four", "'four'"),
    "a tempo that is none": ("new fresh --bpm 0", "--bpm"),
    "a tempo that is no number": ("new fresh --bpm nan", "--bpm"),
    "no song": ("render gone", "gone"),
    "no song to export from": ("render gone --out fresh", "gone"),
    "a file for a song": ("render notes.txt", "notes.txt"),
    "a folder that is no song": ("info folder", "folder"),
    "a song of a newer version": ("info newer", "newer"),
    "a damaged song": ("render damaged", "damaged"),
    "a song without regions": ("render tune", "no region"),
    "an unknown track": ("render tune --track Oboe", "'Oboe'"),
    "an unknown region": ("render prompted --region 999", "999"),
    "a region that is no number": ("render prompted --region first", "first"),
    "no takes": ("render prompted --takes 0", "--takes"),
    "a negative seed": ("render prompted --seed -1", "--seed"),
    "a seed that is too large": ("render prompted --seed 9223372036854775808", "--seed"),
    "an unknown pack": ("render prompted --pack gone", "'gone'"),
    "an unknown device": ("render prompted --device toaster", "toaster"),
    "a device that is not here": ("render prompted --device coreml", "coreml"),
    "a copy without a place": ("render prompted --copy", "--out"),
    "a file in place of the folder": ("render prompted --out notes.txt", "notes.txt"),
    "a file above the folder": ("export tune --out notes.txt/out", "notes.txt"),
    "an export without a folder": ("export tune", "--out"),
    "an unknown format": ("export tune --out out --format mp3", "mp3"),
    "FLAC of 32 bits": ("export tune --out out --format flac --bits 32", "FLAC"),
    "an unknown region to verify": ("verify tune --region 999", "999"),
    "an unknown pack to use": ("models use prompted gone", "'gone'"),
    "an unknown region to use it": ("models use prompted tiny --region 999", "999"),
    "an unknown pack to show": ("models show gone", "'gone'"),
    "an unknown pack to remove": ("models remove gone", "gone"),
    "no pack to add": ("models add gone.zip", "gone.zip"),
    "a text for a pack": ("models add notes.txt", "notes.txt"),
    "a folder for a pack": ("models add folder", "folder"),
}


@pytest.mark.parametrize(("words", "named"), CASES.values(), ids=CASES.keys())
def test_wrong_input_is_said_on_one_line(
    run: Callable[..., Any], here: Path, words: str, named: str
) -> None:
    before = contents(here)
    ran = run(*words.split())
    assert ran.code == 2
    (line,) = ran.err.splitlines()
    assert line.startswith("partimento: ")
    assert named in line
    assert contents(here) == before
    assert not (here / "fresh").exists()


def test_wrong_input_is_an_event_for_programs(run: Callable[..., Any], here: Path) -> None:
    ran = run("info", here / "gone", "--json")
    assert (ran.code, ran.event("error")["exit_code"]) == (2, 2)
    assert "gone" in ran.event("error")["message"]


def test_a_song_that_is_open_elsewhere_is_left_alone(run: Callable[..., Any], here: Path) -> None:
    with Project.open(here / "tune.partimento"):
        ran = run("render", here / "tune")
    assert ran.code == 2
    assert "open in another program" in ran.err
