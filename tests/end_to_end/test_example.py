import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from desktop.document.query import chains
from desktop.document.song import Song
from desktop.storage.project import SONG, read_project

EXAMPLES = Path(__file__).parents[2] / "examples"
EXAMPLE = EXAMPLES / "greensleeves.partimento"


@pytest.fixture(scope="module")
def example() -> Song:
    return read_project(EXAMPLE).song


def test_the_script_writes_the_song_that_is_committed(tmp_path: Path) -> None:
    made = tmp_path / "greensleeves.partimento"
    script = EXAMPLES / "make_greensleeves.py"
    subprocess.run([sys.executable, script, made], check=True)
    assert (made / SONG).read_bytes() == (EXAMPLE / SONG).read_bytes()


def test_every_role_but_the_mix_has_notes_and_a_prompt(example: Song) -> None:
    assert [track.role for track in example.tracks] == ["lead", "harmony", "bass", "drums"]
    assert all(clip.notes for track in example.tracks for clip in track.clips)
    assert all(region.prompt for track in example.tracks for region in track.regions)
    prompts = [region.prompt for track in example.tracks for region in track.regions]
    assert any("吉他" in prompt for prompt in prompts)


def test_two_regions_touch_with_different_prompts(example: Song) -> None:
    ((flute, strings),) = chains(example.tracks[0])
    assert flute.end == strings.start
    assert flute.prompt != strings.prompt


def test_tempo_and_metre_change_within_a_minute(example: Song) -> None:
    tempo_map = example.tempo_map
    assert len(tempo_map.tempos) > 1
    assert len(tempo_map.metres) > 1
    assert 40 < tempo_map.tick_to_second(example.end) < 60
    assert [marker.name for marker in example.markers] == ["Intro", "Verse", "Refrain", "Coda"]


def test_the_bars_of_melody_bass_and_chords_end_together(example: Song) -> None:
    ends = {track.clips[0].end for track in example.tracks}
    assert ends == {example.end}
    assert example.tempo_map.tick_to_position(example.end).beat == 1
    melody = example.tracks[0].clips[0].notes
    assert all(a.start + a.length <= b.start for a, b in pairwise(melody))
