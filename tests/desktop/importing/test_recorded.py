"""Recordings of an audio input as notes and takes of a song."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from desktop.document.edits import add_region, add_track, set_tempo
from desktop.document.query import PlacedNote, notes_in_span
from desktop.document.song import Song, Take
from desktop.document.tempo import TempoMap
from desktop.document.time import PPQ, Tick
from desktop.importing.recorded import (
    SHORTEST_PASS_S,
    SHORTEST_ROUND_S,
    Melody,
    Pass,
    has_recording,
    hear_melody,
    passes,
    with_melody,
)
from desktop.storage.pool import TakePool
from desktop.storage.recordings import RecordingFile, Spot

BAR = 4 * PPQ
RATE_HZ = 8000  # at 120 bpm a quarter note lasts 4000 frames
LEAD = 1
TAKE = Take("t", "0" * 64, "flac", 10 * RATE_HZ, RATE_HZ, "2026-01-01", recording="a.au")


@pytest.fixture
def song() -> Song:
    return add_track(Song(), "Lead")


def melody(song: Song, spot: Spot, *notes: PlacedNote, frames: int = 10 * RATE_HZ) -> Melody:
    found = passes(spot, song.tempo_map, frames, RATE_HZ)
    chosen = next((each for each in reversed(found) if each.end is not None), found[0])
    end = chosen.end or song.tempo_map.second_to_tick(
        song.tempo_map.tick_to_second(chosen.start) + chosen.frames / RATE_HZ
    )
    return Melody(spot, TAKE, found, chosen, end, notes)


def placed(song: Song, recorded: Melody) -> Song:
    return with_melody(song, recorded, "Melody", "Recorded")


def note(start: int, pitch: int = 60) -> PlacedNote:
    return PlacedNote(Tick(start), Tick(start + PPQ), pitch, 100)


def hummed(pitches: list[int], rate_hz: int) -> NDArray[np.float32]:
    """Return a voice that sings half a second each: formants, vibrato, a glide, some breath."""
    length = rate_hz // 2
    glide = np.hanning(round(0.08 * rate_hz))
    steps = np.repeat(np.array(pitches, np.float64), length)
    padded = np.pad(steps, len(glide), "edge")
    smooth = np.convolve(padded, glide / glide.sum(), "same")[len(glide) : -len(glide)]
    time_s = np.arange(len(steps)) / rate_hz
    sung = smooth + 0.3 * np.sin(2 * np.pi * 5.2 * time_s)
    frequency_hz = 440 * 2 ** ((sung - 69) / 12)
    phase = 2 * np.pi * np.cumsum(frequency_hz) / rate_hz
    voice = np.zeros(len(steps))
    for n in range(1, 12):
        formants = ((300, 120, 1.0), (900, 200, 0.35), (2500, 400, 0.1))
        gain = sum(a / (1 + ((n * frequency_hz - at) / width) ** 2) for at, width, a in formants)
        voice += gain * np.sin(n * phase) / np.sqrt(n)
    at_s = np.arange(length) / rate_hz
    shape = np.minimum(1, at_s / 0.04) * np.minimum(1, (0.5 - at_s) / 0.08)
    voice *= np.tile(shape, len(pitches))
    breath = 0.003 * np.random.default_rng(0).normal(size=len(steps))
    sound: NDArray[np.float32] = (0.3 * voice / np.abs(voice).max() + breath).astype(np.float32)
    return sound


def test_a_tone_is_heard_where_it_was_sung_after_the_count_in(tmp_path: Path) -> None:
    rate_hz = 22050
    time_s = np.arange(rate_hz) / rate_hz
    tone = 0.3 * np.sin(2 * np.pi * 440 * time_s) * np.exp(-3 * time_s)
    file = RecordingFile(tmp_path / "a.au", rate_hz, 1)
    for piece in (np.zeros(3 * rate_hz // 2), tone):  # a second of counting, half a second's rest
        file.write(piece.astype(np.float32)[:, None])
    file.close()
    spot = Spot(LEAD, Tick(BAR), rate_hz)
    heard = hear_melody(tmp_path / "a.au", spot, TempoMap(), TakePool(tmp_path / "takes"))
    (found,) = heard.notes
    assert found.pitch == 69
    assert found.start == pytest.approx(BAR + PPQ, abs=40)
    assert (heard.take.frames, heard.take.recording) == (5 * rate_hz // 2, "a.au")


def test_a_hummed_melody_with_vibrato_and_glides_is_heard_note_for_note(tmp_path: Path) -> None:
    pitches = [60, 62, 64, 65, 67, 65, 64, 60]
    file = RecordingFile(tmp_path / "a.au", 22050, 1)
    file.write(hummed(pitches, 22050)[:, None])
    file.close()
    spot = Spot(LEAD, Tick(0))
    heard = hear_melody(tmp_path / "a.au", spot, TempoMap(), TakePool(tmp_path / "takes"))
    assert [found.pitch for found in heard.notes] == pitches
    late = [abs(found.start - number * PPQ) for number, found in enumerate(heard.notes)]
    assert max(late) < PPQ / 5  # 0.1 s, as it glides for 0.08 s


def test_what_ended_during_the_count_in_is_no_recording() -> None:
    with pytest.raises(ValueError, match="ended before the song began"):
        passes(Spot(LEAD, Tick(0), 9000), TempoMap(), 9000, RATE_HZ)


@given(
    start=st.integers(0, 3 * BAR),
    loop=st.tuples(st.integers(0, 2 * BAR), st.integers(1, 2 * BAR)).map(
        lambda span: (Tick(span[0]), Tick(span[0] + span[1]))
    ),
    first=st.integers(0, 4 * RATE_HZ),
    frames=st.integers(401, 60 * RATE_HZ),
)
def test_the_rounds_of_a_loop_follow_one_another_without_a_gap(
    start: int, loop: tuple[Tick, Tick], first: int, frames: int
) -> None:
    found = passes(Spot(LEAD, Tick(start), first, loop), TempoMap(), first + frames, RATE_HZ)
    assert found[0].first - first < SHORTEST_PASS_S * RATE_HZ
    assert found[0].start == (start if found[0].first == first else loop[0])
    for before, after in pairwise(found):
        assert before.first + before.frames == after.first
        assert (before.end, after.start) == (loop[1], loop[0])
    assert found[-1].first + found[-1].frames <= first + frames
    assert all(each.frames >= SHORTEST_PASS_S * RATE_HZ for each in found)


def test_what_begins_just_before_the_end_of_a_loop_is_parted_into_its_rounds() -> None:
    start, loop = Tick(BAR - 10), (Tick(0), Tick(BAR))
    found = passes(Spot(LEAD, start, 7, loop), TempoMap(), 5 * RATE_HZ, RATE_HZ)
    assert [(each.start, each.end) for each in found] == [(0, BAR), (0, BAR), (0, None)]
    assert found[0].first == 7 + TempoMap().span_frames(start, Tick(BAR), RATE_HZ)


@given(
    start=st.integers(0, BAR),
    loop_ticks=st.integers(1, 2 * PPQ - 1),
    frames=st.integers(401, 60 * RATE_HZ),
)
def test_to_a_loop_of_less_than_a_second_recording_goes_on_as_one_pass(
    start: int, loop_ticks: int, frames: int
) -> None:
    loop = (Tick(BAR), Tick(BAR + loop_ticks))
    found = passes(Spot(LEAD, Tick(start), 7, loop), TempoMap(), 7 + frames, RATE_HZ)
    assert found == (Pass(Tick(start), 7, frames),)


def test_a_loop_of_a_second_is_recorded_round_for_round() -> None:
    spot = Spot(LEAD, Tick(0), 0, (Tick(0), Tick(2 * PPQ)))
    assert TempoMap().tick_to_second(2 * PPQ) == SHORTEST_ROUND_S
    found = passes(spot, TempoMap(), 3 * RATE_HZ, RATE_HZ)
    assert [each.frames for each in found] == [RATE_HZ, RATE_HZ, RATE_HZ]


def test_what_is_recorded_to_a_short_loop_lies_in_a_clip_as_long_as_what_was_sung(
    song: Song,
) -> None:
    spot = Spot(LEAD, Tick(BAR), 0, (Tick(BAR), Tick(BAR + PPQ // 4)))
    recorded = melody(song, spot, note(BAR), note(2 * BAR + PPQ), frames=4 * RATE_HZ)
    (track,) = placed(song, recorded).tracks
    (clip,), (region,) = track.clips, track.regions
    assert (clip.start, clip.end, len(clip.notes)) == (BAR, 3 * BAR, 2)
    assert (region.start, region.end) == (BAR, 3 * BAR)
    assert [take.name for take in region.takes] == ["Recorded"]


def test_without_a_loop_there_is_one_pass() -> None:
    assert passes(Spot(LEAD, Tick(5), 7), TempoMap(), 5007, RATE_HZ) == (Pass(Tick(5), 7, 5000),)


def test_notes_lie_in_a_clip_and_the_sound_is_a_take_that_does_not_play(song: Song) -> None:
    recorded = melody(song, Spot(LEAD, Tick(BAR + 100), 500), note(BAR + PPQ), note(2 * BAR, 64))
    after = placed(song, recorded)
    (track,) = after.tracks
    (clip,), (region,) = track.clips, track.regions
    assert (clip.start, clip.end) == (BAR, 3 * BAR)
    assert (region.start, region.end, region.active_take) == (BAR, 3 * BAR, None)
    assert notes_in_span(track, Tick(0), Tick(4 * BAR)) == recorded.notes
    (take,) = region.takes
    assert take.name == "Recorded"
    # frame 500 of it was sung at tick 100 of the region
    assert take.offset_frames == 500 - song.tempo_map.tick_to_frame(100, RATE_HZ)


def test_a_region_that_is_there_gets_the_take(song: Song) -> None:
    song = add_region(song, LEAD, Tick(0), Tick(2 * BAR), "flute")
    after = placed(song, melody(song, Spot(LEAD, Tick(BAR)), note(BAR)))
    (region,) = after.tracks[0].regions
    assert (region.prompt, len(region.takes)) == ("flute", 1)
    assert region.takes[0].offset_frames == -song.tempo_map.tick_to_frame(BAR, RATE_HZ)


def test_a_new_region_keeps_off_its_neighbours(song: Song) -> None:
    song = add_region(song, LEAD, Tick(0), Tick(BAR + 100))
    song = add_region(song, LEAD, Tick(2 * BAR - 100), Tick(3 * BAR))
    after = placed(song, melody(song, Spot(LEAD, Tick(BAR + 200)), note(3 * BAR)))
    made = after.tracks[0].regions[1]
    assert (made.start, made.end) == (BAR + 100, 2 * BAR - 100)


def test_rounds_of_a_loop_are_takes_that_each_begin_with_it(song: Song) -> None:
    song = set_tempo(song, Tick(0), 90.0)
    loop = (Tick(BAR), Tick(2 * BAR))
    length = song.tempo_map.span_frames(*loop, RATE_HZ)
    spot = Spot(LEAD, Tick(BAR), 100, loop)
    after = placed(song, melody(song, spot, note(BAR), frames=100 + 2 * length + 1000))
    (region,) = after.tracks[0].regions
    assert (region.start, region.end) == loop
    assert [take.offset_frames for take in region.takes] == [
        100,
        100 + length,
        100 + 2 * length,
    ]
    assert len({take.id for take in region.takes}) == 3
    assert not any(take.name for take in region.takes)  # their numbers tell them apart
    (clip,) = after.tracks[0].clips
    assert (clip.start, clip.end) == loop


@pytest.mark.parametrize("track_id", [None, 99])
def test_where_its_track_is_not_there_it_gets_one(song: Song, track_id: int | None) -> None:
    after = placed(song, melody(song, Spot(track_id, Tick(0)), note(0)))
    assert [track.name for track in after.tracks] == ["Lead", "Melody"]
    assert after.tracks[1].clips


def test_a_recording_without_notes_stays_as_a_take(song: Song) -> None:
    after = placed(song, melody(song, Spot(LEAD, Tick(0))))
    (track,) = after.tracks
    assert not track.clips
    (region,) = track.regions
    assert (region.start, region.end, len(region.takes)) == (0, 5 * BAR, 1)


def test_a_song_knows_which_recordings_it_holds(song: Song) -> None:
    after = placed(song, melody(song, Spot(LEAD, Tick(0)), note(0)))
    assert has_recording(after, "a.au")
    assert not has_recording(after, "b.au")
    assert not has_recording(song, "a.au")
