"""Cues in a song: regions where they were asked for, whatever the tempo does."""

from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.document.edits import add_region, add_track, set_metre, set_tempo
from desktop.document.song import Song
from desktop.document.time import PPQ, Tick
from desktop.importing.cue_placing import CueError, place_cues
from desktop.importing.cue_sheet import Bars, Cue, Seconds, read_cues

THREE_PARTS = (
    '[0:15] "轻柔吉他搭配自然环境音,60 BPM" [15:30] "加入鼓点,节奏提升至90 BPM,保持明亮感" '
    '[30:60] "交响乐爆发,铜管与弦乐齐鸣,充满希望"'
)
BAR = 4 * PPQ
bpms = st.none() | st.floats(20, 300)


def placed_s(song: Song) -> list[tuple[float, float]]:
    at = song.tempo_map.tick_to_second
    return [(at(region.start), at(region.end)) for region in song.tracks[-1].regions]


def test_the_three_part_sheet_becomes_three_regions_and_two_tempos() -> None:
    song = place_cues(Song(), read_cues(THREE_PARTS).cues, set_tempos=True, name="Cues")
    (track,) = song.tracks
    assert (track.name, track.role) == ("Cues", "mix")
    assert placed_s(song) == [(0, 15), (15, 30), (30, 60)]
    assert [region.prompt for region in track.regions] == [
        "轻柔吉他搭配自然环境音,60 BPM",
        "加入鼓点,节奏提升至90 BPM,保持明亮感",
        "交响乐爆发,铜管与弦乐齐鸣,充满希望",
    ]
    assert [(change.tick, change.bpm) for change in song.tempo_map.tempos] == [
        (0, 60),
        (15 * PPQ, 90),
    ]


def test_the_tempo_stays_where_it_was_unless_it_is_asked_for() -> None:
    song = Song()
    placed = place_cues(song, read_cues(THREE_PARTS).cues)
    assert placed.tempo_map is song.tempo_map
    assert placed_s(placed) == [(0, 15), (15, 30), (30, 60)]


@given(
    st.lists(st.tuples(st.integers(1, 40_000), st.integers(0, 5_000), bpms), max_size=8),
    st.lists(st.tuples(st.integers(1, 200_000), st.floats(20, 300)), max_size=4),
    st.booleans(),
    st.randoms(use_true_random=False),
)
def test_bounds_lie_on_the_tick_nearest_to_the_time_asked(
    lengths: list[tuple[int, int, float | None]],
    changes: list[tuple[int, float]],
    set_tempos: bool,
    chance: Random,
) -> None:
    song = Song()
    for tick, old_bpm in changes:
        song = set_tempo(song, Tick(tick), old_bpm)
    cues, now_ms = [], 0
    for length_ms, gap_ms, bpm in lengths:
        span = Seconds((now_ms + gap_ms) / 1000, (now_ms + gap_ms + length_ms + 50) / 1000)
        cues.append(Cue(span, "calm", bpm))
        now_ms += gap_ms + length_ms + 50
    chance.shuffle(cues)
    placed = place_cues(song, cues, set_tempos=set_tempos)
    wanted = sorted((c.span.start_s, c.span.end_s) for c in cues if isinstance(c.span, Seconds))
    half_tick_s = 60 / (20 * PPQ) / 2 + 1e-9
    for (start_s, end_s), (start, end) in zip(placed_s(placed), wanted, strict=True):
        assert abs(start_s - start) <= half_tick_s
        assert abs(end_s - end) <= half_tick_s
    for one, other in pairwise(placed.tracks[-1].regions):
        assert one.end <= other.start
    if set_tempos:
        by_start = sorted(cues, key=lambda c: c.span.start_s)  # type: ignore[union-attr]
        for cue, region in zip(by_start, placed.tracks[-1].regions, strict=True):
            if cue.bpm is not None:
                assert placed.tempo_map.bpm_at(region.start) == cue.bpm
                assert placed.tempo_map.bpm_at(region.end - 1) == cue.bpm


def test_bars_are_those_of_the_metre_even_behind_seconds_with_a_tempo() -> None:
    song = set_metre(Song(), Tick(2 * BAR), 3, 4)
    cues = (
        Cue(Bars(5, 6), "loud", 150),
        Cue(Bars(1, 2), "calm", 60),
        Cue(Seconds(8, 9.5), "between"),
    )
    placed = place_cues(song, cues, set_tempos=True)
    regions = {region.prompt: (region.start, region.end) for region in placed.tracks[0].regions}
    assert regions["calm"] == (0, 2 * BAR)
    assert regions["between"] == (2 * BAR, 2 * BAR + 1.5 * PPQ)
    assert regions["loud"] == (2 * BAR + 6 * PPQ, 2 * BAR + 12 * PPQ)


def test_a_tempo_change_within_a_cue_gives_way_and_one_behind_it_stays() -> None:
    song = set_tempo(set_tempo(Song(), Tick(PPQ), 200), Tick(100 * PPQ), 77)
    placed = place_cues(song, (Cue(Seconds(0, 10), "calm", 60),), set_tempos=True)
    assert [(c.tick, c.bpm) for c in placed.tempo_map.tempos] == [(0, 60), (100 * PPQ, 77)]


def test_cues_go_on_a_track_that_is_there_beside_its_regions() -> None:
    song = add_region(add_track(Song(), "Lead"), 1, Tick(0), Tick(BAR), "intro")
    placed = place_cues(song, (Cue(Seconds(2, 4), "calm"),), 1)
    assert [region.prompt for region in placed.tracks[0].regions] == ["intro", "calm"]
    assert len(placed.tracks) == 1


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("[2:4] a\n[3:5] b", 2, "overlaps the cue of line 1"),
        ("[2:4] a\n[1:3] b", 2, "overlaps the cue of line 1"),
        ("[4:5] a\n[0:1] b", 2, "there is a region already"),
        ("[1:2] a [2:2.0001] b", 1, "1 tick or longer"),
        ("[1:2] a\n[2:900000000] b", 2, "ticks"),
        ('[1:2] a\n[900000000:900000001] "b" 90 BPM', 2, "tempo change"),
    ],
)
def test_what_cannot_be_placed_is_named_with_its_line(text: str, line: int, why: str) -> None:
    song = add_region(add_track(Song(), "Lead"), 1, Tick(0), Tick(PPQ))
    with pytest.raises(CueError, match=why) as caught:
        place_cues(song, read_cues(text).cues, 1, set_tempos=True)
    assert caught.value.line == line


def test_nothing_else_of_the_song_changes() -> None:
    song = add_region(add_track(Song(), "Lead"), 1, Tick(0), Tick(BAR), "intro")
    placed = place_cues(song, (Cue(Seconds(0, 4), "calm"),), set_tempos=True)
    assert placed.tracks[0] is song.tracks[0]
    assert replace(placed, tracks=song.tracks, next_id=song.next_id) == song


def test_a_cue_whose_prompt_is_too_long_is_named() -> None:
    cue = Cue(Seconds(0, 1), "x" * 10_001, None, 7)
    with pytest.raises(CueError, match="line 7: a prompt may have 10000 letters, got 10001"):
        place_cues(Song(), (cue,))
