"""A melody recorded by the real program, which is killed while it records."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest

from desktop.document.edits import add_region, add_take, add_track, choose_take
from desktop.document.query import notes_in_span
from desktop.document.song import Song
from desktop.document.time import Tick
from desktop.importing.audio import read_audio
from desktop.storage.project import Project, read_project
from tests.audio_rig import NullSink, running, wait_until
from tests.desktop.engine.scores import Score
from tests.end_to_end.desk import Desk, desk
from tests.ui.window.test_melody import BEAT_S, END, MELODY, NEAR_S, RATE_HZ, pluck

SUNG_BEATS = 5
LOST_S = 1.0  # the most that a kill may cost


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[NullSink]:
    with running(tmp_path / "sound") as sink:
        yield sink


@pytest.fixture
def song(tmp_path: Path) -> Path:
    """Return a song that plays a melody, which its null sink lets the input hear."""
    folder = tmp_path / "Sung.partimento"
    sound = np.concatenate([pluck(pitch, BEAT_S) for _, pitch in MELODY])
    with Project.create(folder, Song(title="Sung")) as project:
        take = Score(folder / "takes", RATE_HZ).take(np.stack([sound, sound]).astype(np.float32))
        made = add_track(add_track(Song(title="Sung"), "Guide"), "Other")
        region_id = made.next_id
        made = add_take(add_region(made, made.tracks[0].id, Tick(0), END), region_id, take)
        project.save(choose_take(made, region_id, take.id))
    return folder


def test_a_kill_costs_less_than_a_second_of_what_was_sung(sink: NullSink, song: Path) -> None:
    with desk(sink.environment) as table:
        path, seconds = record_and_kill(table, song)
        heard = read_audio(path)
        assert heard.audio.shape[1] / heard.sample_rate_hz > seconds - LOST_S
        start_frame = json.loads(path.with_suffix(".json").read_text())["start_frame"]
        sung_s = (heard.audio.shape[1] - start_frame) / heard.sample_rate_hz
        with table.program(song):
            table.wait_for_window()

            def is_saved() -> bool:
                table.press("ctrl+s")
                return len(read_project(song).song.tracks) == 3

            wait_until(is_saved, "a saved song with what was recorded")
    found = read_project(song).song
    notes = notes_in_span(found.tracks[2], Tick(0), END)
    sung = [(found.tempo_map.tick_to_second(note.start), note.pitch) for note in notes]
    whole = [(beat, pitch) for beat, pitch in MELODY if (beat + 1) * BEAT_S < sung_s - NEAR_S]
    assert len(whole) >= 2  # a busy machine begins to play late
    for beat, pitch in whole:
        near = [at_s for at_s, heard_pitch in sung if heard_pitch == pitch]
        assert any(abs(at_s - beat * BEAT_S) < NEAR_S for at_s in near), sung


def record_and_kill(table: Desk, song: Path) -> tuple[Path, float]:
    """Return the recording that a killed program left, and how long it recorded at least."""
    with table.program(song) as program:
        table.wait_for_window()
        table.press("ctrl+alt+r")
        wait_until(lambda: [*song.glob("recordings/*.au")], "a recording")
        (path,) = song.glob("recordings/*.au")
        header = path.stat().st_size
        wait_until(lambda: path.stat().st_size > header, "sound")  # an input may wake up late
        began_s = time.monotonic()
        note = path.with_suffix(".json")
        wait_until(lambda: note.exists() and json.loads(note.read_text())["start_frame"], "a place")
        until_s = began_s + 4 * BEAT_S + SUNG_BEATS * BEAT_S  # a bar is counted
        wait_until(lambda: time.monotonic() > until_s, "the end")
        family = [psutil.Process(program.pid), *psutil.Process(program.pid).children(True)]
        program.kill()
        seconds = time.monotonic() - began_s
        program.wait()
    psutil.wait_procs(family)
    return path, seconds
