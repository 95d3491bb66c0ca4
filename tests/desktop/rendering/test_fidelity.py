"""How well takes play the sketch of their region."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from desktop.document.edits import add_clip, add_note, add_region, add_track, set_tempo
from desktop.document.song import Role, Song, Take
from desktop.document.time import PPQ, Tick
from desktop.rendering.fidelity import Heard, Played, hear, how_played
from inference.arrays import Audio
from tests.desktop.mixing.take_files import TakeFiles

PITCHES = (60, 64, 67, 72, 71, 67, 65, 62)
TAKE = Take("t", "0" * 64, "wav", 44100 * 5, 44100, "2030")


def sketch(role: Role = "lead", start: int = 0) -> Song:
    """Return a song whose one region, of two bars at 120 bpm, holds a note on each beat."""
    song = add_track(Song(), "Lead", role)
    track = song.tracks[0].id
    song = add_clip(song, track, Tick(start), Tick(8 * PPQ))
    clip = song.tracks[0].clips[0].id
    for beat, pitch in enumerate(PITCHES):
        song = add_note(song, clip, Tick(beat * PPQ), Tick(PPQ), pitch)
    return add_region(song, track, Tick(start), Tick(start + 8 * PPQ))


def heard(slower: float = 1.0, pitches: tuple[int, ...] = PITCHES, late_s: float = 0.0) -> Heard:
    start_s = tuple(0.5 * n * slower + late_s for n in range(len(pitches)))
    return Heard(start_s, pitches, start_s)


def played(song: Song, what: Heard, take: Take = TAKE) -> Played:
    track = song.tracks[0]
    return how_played(what, take, song.tempo_map, track, track.regions[0])


def test_every_note_in_its_place_scores_one_and_every_wrong_one_counts() -> None:
    right = played(sketch(), heard())
    assert right.note_f1 == 1.0
    assert right.tempo_error_percent == pytest.approx(0.0, abs=1e-9)
    wrong = played(sketch(), heard(pitches=(61, *PITCHES[1:])))
    assert wrong.note_f1 == pytest.approx(7 / 8)
    assert played(sketch(), heard(pitches=())).note_f1 == 0.0


def test_a_take_that_drags_is_as_much_too_slow_as_it_is() -> None:
    assert played(sketch(), heard(1.01)).tempo_error_percent == pytest.approx(1.0)


def test_times_count_from_where_the_region_starts_in_the_take() -> None:
    later = replace(TAKE, offset_frames=44100)
    assert played(sketch(start=4 * PPQ), heard(late_s=1.0), later).note_f1 == 1.0
    assert played(sketch(), heard(late_s=1.0)).note_f1 == pytest.approx(0.0, abs=0.5)


def test_other_notes_or_tempos_make_another_score_of_the_same_take() -> None:
    assert played(set_tempo(sketch(), Tick(0), 60.0), heard()).note_f1 != 1.0


def test_strokes_of_drums_count_without_a_pitch() -> None:
    assert played(sketch("drums"), heard(pitches=())).note_f1 == 0.0
    strokes = Heard((), (), heard().onset_s)
    assert played(sketch("drums"), strokes).note_f1 == 1.0


def test_without_a_sketch_there_is_nothing_to_play_well() -> None:
    song = add_region(add_track(Song()), 1, Tick(0), Tick(960))
    assert played(song, heard()) == Played()


def tones(pitches: tuple[int, ...]) -> Audio:
    """Return a plucked tone of half a second for each pitch."""
    at_s = np.arange(22050) / 44100
    tone = [
        sum(np.sin(2 * np.pi * n * 440 * 2 ** ((pitch - 69) / 12) * at_s) / n for n in range(1, 6))
        * np.exp(-4 * at_s)
        for pitch in pitches
    ]
    mono = (0.2 * np.concatenate(tone)).astype(np.float32)
    return np.stack([mono, mono])


def test_a_melody_is_heard_in_the_sound_of_a_take(tmp_path: Path) -> None:
    pool = TakeFiles(tmp_path / "takes")
    take = pool.add(tones(PITCHES), 44100)
    found = played(sketch(), hear(take, pool.open), take)
    assert found.note_f1 is not None
    assert found.note_f1 > 0.9
    assert found.tempo_error_percent == pytest.approx(0.0, abs=0.5)
