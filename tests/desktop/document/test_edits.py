"""Edits return new songs and leave what they do not touch the same object."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.document import edits
from desktop.document.query import find_clip, find_region, find_track, notes_in_span
from desktop.document.song import MAX_PROMPT_LETTERS, Note, Song, Take
from desktop.document.tempo import MetreChange, TempoChange
from desktop.document.time import PPQ, Tick

TAKE = Take("a", "0" * 64, "flac", 1_000_000, 48_000, "2026-01-01T00:00:00Z")
LEAD, CLIP, REGION, NEXT, BASS = 1, 2, 3, 4, 5


@pytest.fixture
def song() -> Song:
    """A lead with a clip of two notes and two touching regions, and an empty bass."""
    song = edits.add_track(Song(), "Lead")
    song = edits.add_clip(song, LEAD, Tick(PPQ), Tick(4 * PPQ))
    song = edits.add_note(song, CLIP, Tick(0), Tick(PPQ), 60)
    song = edits.add_note(song, CLIP, Tick(PPQ), Tick(2 * PPQ), 64, velocity=80)
    song = edits.add_region(song, LEAD, Tick(0), Tick(4 * PPQ), "flute")
    song = edits.add_region(song, LEAD, Tick(4 * PPQ), Tick(8 * PPQ), "oboe")
    return edits.add_track(song, "Bass", "bass")


def pitches(song: Song) -> list[int]:
    return [note.pitch for note in find_clip(song, CLIP).notes]


def test_an_edit_leaves_other_tracks_the_same_object(song: Song) -> None:
    edited = edits.transpose(song, CLIP, {1}, 2)
    assert edited.tracks[1] is song.tracks[1]
    assert edited.tracks[0].regions[0] is song.tracks[0].regions[0]
    assert pitches(song) == [60, 64]
    assert pitches(edited) == [62, 64]


def test_new_parts_get_the_songs_next_id(song: Song) -> None:
    assert song.next_id == 6
    assert find_track(edits.add_track(song), 6).name == ""
    assert find_region(edits.add_region(song, BASS, Tick(0), Tick(1)), 6).end == 1


def test_an_id_is_never_given_twice(song: Song) -> None:
    assert edits.add_track(edits.remove_track(song, BASS)).tracks[-1].id == 6


def test_a_track_moves_to_a_row(song: Song) -> None:
    assert [t.id for t in edits.move_track(song, BASS, 0).tracks] == [BASS, LEAD]
    assert edits.move_track(song, LEAD, 0) == song


def test_a_duplicated_track_lies_below_and_has_ids_of_its_own(song: Song) -> None:
    doubled = edits.duplicate_track(song, LEAD)
    copy = doubled.tracks[1]
    assert [t.name for t in doubled.tracks] == ["Lead", "Lead", "Bass"]
    assert (copy.id, copy.clips[0].id, [r.id for r in copy.regions]) == (6, 7, [8, 9])
    assert copy.clips[0].notes == song.tracks[0].clips[0].notes
    assert doubled.next_id == 10


def test_a_clip_moves_to_another_track(song: Song) -> None:
    moved = edits.move_clip(song, CLIP, Tick(7), BASS)
    assert not find_track(moved, LEAD).clips
    assert find_track(moved, BASS).clips[0].start == 7
    assert edits.move_clip(song, CLIP, Tick(PPQ)) == song


def test_a_duplicated_clip_lies_right_behind(song: Song) -> None:
    clips = edits.duplicate_clip(song, CLIP).tracks[0].clips
    assert [(c.id, c.start) for c in clips] == [(CLIP, PPQ), (6, 5 * PPQ)]


def test_a_clip_made_shorter_keeps_its_notes_unheard(song: Song) -> None:
    short = edits.resize_clip(song, CLIP, Tick(PPQ))
    assert len(notes_in_span(short.tracks[0], Tick(0), Tick(9 * PPQ))) == 1
    assert edits.resize_clip(short, CLIP, Tick(4 * PPQ)) == song


def test_a_note_across_the_cut_is_heard_in_both_halves(song: Song) -> None:
    cut = edits.split_clip(song, CLIP, Tick(3 * PPQ))
    notes = notes_in_span(cut.tracks[0], Tick(0), Tick(9 * PPQ))
    spans = [(n.start // PPQ, n.end // PPQ, n.pitch) for n in notes]
    assert spans == [(1, 2, 60), (2, 3, 64), (3, 4, 64)]


@given(
    st.lists(st.tuples(st.integers(0, 99), st.integers(1, 50), st.integers(60, 65)), max_size=8),
    st.integers(1, 99),
)
def test_a_clip_cut_and_joined_sounds_at_the_same_ticks(
    made: list[tuple[int, int, int]], cut: int
) -> None:
    song = edits.add_clip(
        edits.add_track(Song()),
        LEAD,
        Tick(7),
        Tick(100),
        tuple(Note(n, Tick(s), Tick(len_), p) for n, (s, len_, p) in enumerate(made, 1)),
    )
    halves = edits.split_clip(song, CLIP, Tick(7 + cut))
    joined = edits.join_clips(halves, CLIP, 3)

    def sounding(song: Song) -> set[tuple[int, int]]:
        notes = notes_in_span(song.tracks[0], Tick(0), Tick(1000))
        return {(tick, n.pitch) for n in notes for tick in range(n.start, n.end)}

    assert sounding(halves) == sounding(joined) == sounding(song)
    assert (joined.tracks[0].clips[0].start, joined.tracks[0].clips[0].end) == (7, 107)


def test_notes_move_but_not_before_their_clip(song: Song) -> None:
    moved = edits.move_notes(song, CLIP, {1, 2}, -PPQ // 2, semitones=70)
    notes = [(n.start, n.pitch) for n in find_clip(moved, CLIP).notes]
    assert notes == [(0, 127), (PPQ // 2, 127)]


def test_notes_shrink_to_a_tick_at_most(song: Song) -> None:
    shorter = edits.resize_notes(song, CLIP, {1, 2}, -PPQ)
    assert [n.length for n in find_clip(shorter, CLIP).notes] == [1, PPQ]


def test_chosen_notes_are_removed(song: Song) -> None:
    assert pitches(edits.remove_notes(song, CLIP, {1})) == [64]


@given(st.integers(-300, 300))
def test_transposed_notes_stay_within_midi(semitones: int) -> None:
    song = edits.add_clip(
        edits.add_track(Song()), LEAD, Tick(0), Tick(9), (Note(1, Tick(0), Tick(1), 60),)
    )
    assert pitches(edits.transpose(song, CLIP, {1}, semitones)) == [
        min(127, max(0, 60 + semitones))
    ]


def test_a_split_region_goes_on_playing_what_it_played(song: Song) -> None:
    song = edits.choose_take(edits.add_take(song, REGION, TAKE), REGION, "a")
    left, right, _ = edits.split_region(song, REGION, Tick(PPQ)).tracks[0].regions
    assert (left.start, left.end, right.start, right.end) == (0, PPQ, PPQ, 4 * PPQ)
    assert left.playing == TAKE
    assert right.playing == replace(TAKE, offset_frames=24_000)
    assert right.prompt == "flute"


def test_a_region_split_and_joined_is_the_region_it_was(song: Song) -> None:
    song = edits.choose_take(edits.add_take(song, REGION, TAKE), REGION, "a")
    halves = edits.split_region(song, REGION, Tick(PPQ))
    joined = edits.join_regions(halves, REGION, song.next_id)
    assert joined.tracks == song.tracks


def test_a_resized_regions_takes_stay_where_they_are_in_time(song: Song) -> None:
    song = edits.add_take(song, REGION, TAKE)
    later = edits.resize_region(song, REGION, Tick(PPQ), Tick(4 * PPQ))
    assert find_region(later, REGION).takes[0].offset_frames == 24_000
    back = edits.resize_region(later, REGION, Tick(0), Tick(4 * PPQ))
    assert back == song


def test_several_regions_are_changed_at_once_and_tracks_without_them_stay(song: Song) -> None:
    first, second = (region.id for region in song.tracks[0].regions)
    edited = edits.change_regions(song, {first, second, 99}, lambda r: replace(r, prompt="harp"))
    assert [region.prompt for region in edited.tracks[0].regions] == ["harp", "harp"]
    assert edited.tracks[1] is song.tracks[1]
    one = edits.change_regions(song, {second}, lambda r: replace(r, prompt="harp"))
    assert one.tracks[0].regions[0] is song.tracks[0].regions[0]


def test_a_region_moves_to_another_track(song: Song) -> None:
    moved = edits.move_region(song, REGION, Tick(9), BASS)
    region = find_track(moved, BASS).regions[0]
    assert (region.start, region.end) == (9, 9 + 4 * PPQ)
    assert [r.id for r in find_track(moved, LEAD).regions] == [NEXT]


def test_a_duplicated_region_lies_right_behind_with_its_takes(song: Song) -> None:
    song = edits.add_take(song, NEXT, TAKE)
    copy = edits.duplicate_region(song, NEXT).tracks[0].regions[-1]
    assert (copy.id, copy.start, copy.end) == (6, 8 * PPQ, 12 * PPQ)
    assert copy.takes == (TAKE,)


def test_a_prompt_is_set_and_the_negative_one_kept(song: Song) -> None:
    song = edits.set_prompt(song, REGION, "flute", "noise")
    region = find_region(edits.set_prompt(song, REGION, "harp"), REGION)
    assert (region.prompt, region.negative_prompt) == ("harp", "noise")


def test_a_take_added_twice_stays_one(song: Song) -> None:
    once = edits.add_take(song, REGION, TAKE)
    assert edits.add_take(once, REGION, TAKE) is once
    assert find_region(once, REGION).playing is None


def test_a_take_is_starred(song: Song) -> None:
    song = edits.add_take(song, REGION, TAKE)
    starred = edits.change_take(song, REGION, "a", lambda take: replace(take, stars=5))
    assert find_region(starred, REGION).takes[0].stars == 5


def test_tempo_and_metre_change_and_change_back(song: Song) -> None:
    tick = Tick(4 * PPQ)
    changed = edits.set_metre(edits.set_tempo(song, tick, 90.0), tick, 3, 4)
    assert changed.tempo_map.tempos[1] == TempoChange(tick, 90.0)
    assert changed.tempo_map.metres[1] == MetreChange(tick, 3, 4)
    assert edits.set_tempo(changed, tick, 80.0).tempo_map.bpm_at(tick) == 80.0
    assert edits.remove_metre(edits.remove_tempo(changed, tick), tick) == song


def test_the_first_tempo_and_metre_cannot_be_removed(song: Song) -> None:
    assert edits.remove_tempo(song, Tick(0)) == song
    assert edits.remove_metre(song, Tick(0)) == song


def test_markers_come_change_and_go(song: Song) -> None:
    marked = edits.add_marker(song, Tick(5), "Verse")
    renamed = edits.change_marker(marked, 6, lambda m: replace(m, name="Chorus"))
    assert [m.name for m in renamed.markers] == ["Chorus"]
    assert edits.remove_marker(renamed, 6).markers == ()


@pytest.mark.parametrize(
    "edit",
    [
        lambda s: edits.remove_track(s, 99),
        lambda s: edits.move_track(s, 99, 0),
        lambda s: edits.add_clip(s, 99, Tick(0), Tick(1)),
        lambda s: edits.remove_clip(s, 99),
        lambda s: edits.move_clip(s, CLIP, Tick(0), 99),
        lambda s: edits.add_note(s, 99, Tick(0), Tick(1), 60),
        lambda s: edits.remove_region(s, 99),
        lambda s: edits.set_prompt(s, CLIP, ""),
        lambda s: edits.change_take(s, REGION, "b", lambda take: take),
        lambda s: edits.remove_marker(s, 99),
        lambda s: edits.change_marker(s, 99, lambda m: m),
    ],
)
def test_an_edit_of_what_is_not_there_is_a_lookup_error(
    song: Song, edit: Callable[[Song], Any]
) -> None:
    with pytest.raises(LookupError, match="has no"):
        edit(song)


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda s: edits.add_region(s, LEAD, Tick(0), Tick(1)), "overlap"),
        (lambda s: edits.move_region(s, NEXT, Tick(0)), "overlap"),
        (lambda s: edits.resize_region(s, REGION, Tick(0), Tick(5 * PPQ)), "overlap"),
        (lambda s: edits.split_region(s, REGION, Tick(0)), "not within region 3"),
        (lambda s: edits.split_clip(s, CLIP, Tick(PPQ)), "not within clip 2"),
        (lambda s: edits.join_regions(s, NEXT, REGION), "must begin where region 4 ends"),
        (lambda s: edits.join_clips(s, CLIP, CLIP), "two clips of one track"),
        (lambda s: edits.choose_take(s, REGION, "b"), "has no take 'b'"),
        (lambda s: edits.add_note(s, CLIP, Tick(0), Tick(1), 128), "pitch"),
        (lambda s: edits.set_tempo(s, Tick(0), 0.0), "bpm"),
    ],
)
def test_an_edit_that_would_leave_an_invalid_song_is_refused(
    song: Song, edit: Callable[[Song], Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        edit(song)


def test_regions_get_a_pack_of_their_own_and_give_it_up_again(song: Song) -> None:
    flute, oboe = (region.id for region in song.tracks[0].regions)
    own = edits.set_pack(song, {oboe}, "grand")
    assert find_region(own, flute) is find_region(song, flute)
    assert find_region(own, oboe).pack_id == "grand"
    assert edits.set_pack(own, {flute, oboe}, None) == song


def test_a_region_that_is_split_keeps_its_pack_on_both_sides(song: Song) -> None:
    own = edits.split_region(edits.set_pack(song, {REGION}, "grand"), REGION, Tick(PPQ))
    assert [region.pack_id for region in own.tracks[0].regions] == ["grand", "grand", None]


TOO_LONG = "x" * (MAX_PROMPT_LETTERS + 1)


@pytest.mark.parametrize(
    "edit",
    [
        lambda song: edits.set_prompt(song, REGION, TOO_LONG),
        lambda song: edits.set_prompt(song, REGION, "flute", TOO_LONG),
        lambda song: edits.add_region(song, BASS, Tick(0), Tick(1), TOO_LONG),
        lambda song: edits.change_regions(song, {REGION}, lambda r: replace(r, prompt=TOO_LONG)),
    ],
)
def test_no_edit_makes_a_prompt_longer_than_the_most(
    song: Song, edit: Callable[[Song], Song]
) -> None:
    with pytest.raises(ValueError, match="may have 10000 letters, got 10001; shorten it"):
        edit(song)


def test_a_longer_prompt_of_a_saved_song_stays_whole_and_may_be_shortened(song: Song) -> None:
    longer = TOO_LONG + TOO_LONG
    lead = song.tracks[0]
    region = replace(lead.regions[0], prompt=longer)
    old = replace(song, tracks=(replace(lead, regions=(region, *lead.regions[1:])), song.tracks[1]))
    moved = edits.duplicate_region(edits.move_region(old, REGION, Tick(9 * PPQ)), REGION)
    assert [r.prompt for r in moved.tracks[0].regions].count(longer) == 2
    assert find_region(edits.set_prompt(old, REGION, TOO_LONG), REGION).prompt == TOO_LONG
    with pytest.raises(ValueError, match="shorten it"):
        edits.set_prompt(old, REGION, longer + "x")
