from contextlib import closing

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.document.song import Clip, Region, Settings, Song, Take, Track
from desktop.document.tempo import TempoChange, TempoMap
from desktop.document.time import Tick
from desktop.mixing.levels import on_grid
from desktop.mixing.stems import Stem, mixed, open_stems, placements, song_frames, spans
from inference.arrays import Audio
from tests.desktop.mixing.take_files import TakeFiles

RATE = 8000  # at 120 bpm a tick lasts 25/6 frames
TEMPO = TempoMap()


def region(number: int, start: int, end: int, take: Take | None = None) -> Region:
    takes = (take,) if take else ()
    return Region(
        number, Tick(start), Tick(end), takes=takes, active_take=take.id if take else None
    )


def read(track: Track, pool: TakeFiles, start: int, frames: int) -> Audio:
    with closing(Stem(track, TEMPO, RATE, pool.open)) as stem:
        return stem.read(start, frames)


def test_a_take_sounds_from_its_regions_start_to_its_end(pool: TakeFiles) -> None:
    take = pool.noise(9000)
    track = Track(1, regions=(region(2, 960, 1920, take),))
    sound = read(track, pool, 0, 12000)
    assert (sound[:, 4000:8000] == on_grid(pool.sound(take)[:, :4000])).all()
    assert not sound[:, :4000].any()
    assert not sound[:, 8000:].any()


def test_a_take_that_holds_more_than_the_region_plays_from_its_offset(pool: TakeFiles) -> None:
    take = pool.noise(6000, offset_frames=500)
    sound = read(Track(1, regions=(region(2, 0, 960, take),)), pool, 0, 4000)
    assert (sound == on_grid(pool.sound(take)[:, 500:4500])).all()


def test_a_take_that_begins_later_or_ends_early_leaves_silence(pool: TakeFiles) -> None:
    take = pool.noise(1000, offset_frames=-100)
    sound = read(Track(1, regions=(region(2, 0, 960, take),)), pool, 0, 4000)
    assert (sound[:, 100:1100] == on_grid(pool.sound(take))).all()
    assert not sound[:, :100].any()
    assert not sound[:, 1100:].any()


def test_a_region_without_an_active_take_is_silent(pool: TakeFiles) -> None:
    silent = Region(2, Tick(0), Tick(960), takes=(pool.noise(4000),))
    assert not read(Track(1, regions=(silent,)), pool, 0, 4000).any()


def test_offsets_follow_the_rate(pool: TakeFiles) -> None:
    take = pool.noise(48000, 48000, offset_frames=2400)
    (placed,) = placements(Track(1, regions=(region(2, 0, 960, take),)), TEMPO, RATE)
    assert placed.offset_frames == 400


@given(
    st.lists(st.integers(1, 5000), min_size=1, max_size=8),
    st.floats(20, 400),
    st.sampled_from([8000, 44100, 48000]),
)
def test_touching_regions_touch_to_the_frame_at_any_tempo(
    lengths: list[int], bpm: float, sample_rate_hz: int
) -> None:
    ends = np.cumsum(lengths).tolist()
    take = Take("t", "0" * 64, "wav", 1, 8000, "2030-01-01")
    regions = tuple(
        region(n + 1, end - length, end, take)
        for n, (length, end) in enumerate(zip(lengths, ends, strict=True))
    )
    tempo_map = TempoMap((TempoChange(Tick(0), 120.0), TempoChange(Tick(777), bpm)))
    placed = placements(Track(99, regions=regions), tempo_map, sample_rate_hz)
    assert [p.start_frame for p in placed] == [0, *(p.end_frame for p in placed[:-1])]
    song = Song(tracks=(Track(99, regions=regions),), tempo_map=tempo_map, next_id=100)
    assert placed[-1].end_frame == song_frames(song, sample_rate_hz)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(block=st.integers(1, 5000), gain_db=st.floats(-30, 10), pan=st.floats(-1, 1))
def test_a_stem_is_the_same_in_blocks_of_any_size(
    pool: TakeFiles, block: int, gain_db: float, pan: float
) -> None:
    regions = (region(2, 0, 700, pool.noise(3000)), region(3, 700, 1700, pool.noise(3000, 11025)))
    track = Track(1, gain_db=gain_db, pan=pan, regions=regions)
    with closing(Stem(track, TEMPO, RATE, pool.open)) as stem:
        blocks = [stem.read(start, frames) for start, frames in spans(100, 8000, block)]
        assert (np.concatenate(blocks, axis=1) == stem.read(100, 7900)).all()


def test_stems_are_those_of_the_tracks_that_are_heard(pool: TakeFiles) -> None:
    tracks = (Track(1, solo=True), Track(2), Track(3, solo=True, mute=True), Track(4, solo=True))
    with open_stems(Song(tracks=tracks, next_id=5), RATE, pool.open) as stems:
        assert [stem.track.id for stem in stems] == [1, 4]


def test_the_mix_is_the_sum_of_the_stems(pool: TakeFiles) -> None:
    tracks = tuple(
        Track(n, gain_db=-n, pan=n / 9, regions=(region(n + 10, 0, 960, pool.noise(4000)),))
        for n in range(1, 6)
    )
    with open_stems(Song(tracks=tracks, next_id=99), RATE, pool.open) as stems:
        sounds = [stem.read(0, 4000) for stem in stems]
    assert (mixed(sounds, 4000) == np.sum(sounds, axis=0)).all()
    assert np.abs(mixed(sounds, 4000)).max() > 0.5


def test_a_song_is_as_long_as_its_last_clip_or_region() -> None:
    tracks = (
        Track(1, clips=(Clip(2, Tick(960), Tick(961)),)),
        Track(3, regions=(region(4, 0, 960),)),
    )
    song = Song(tracks=tracks, settings=Settings(sample_rate_hz=RATE), next_id=5)
    assert song_frames(song, RATE) == 8004
    assert song_frames(Song(), RATE) == 0


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 5), (0, 10), (3, 11)])
def test_blocks_cover_a_span_without_gaps(start: int, end: int) -> None:
    covered = [frame for at, frames in spans(start, end, 4) for frame in range(at, at + frames)]
    assert covered == list(range(start, end))
