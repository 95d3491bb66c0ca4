"""What comps and levelled takes sound like."""

from contextlib import closing

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.document.song import Comp, Piece, Region, Take, Track
from desktop.document.tempo import TempoMap
from desktop.document.time import Tick
from desktop.mixing.stems import TrackSound, placements, spans
from inference.arrays import Audio
from tests.desktop.mixing.take_files import TakeFiles

RATE = 8000  # at 120 bpm a tick lasts 25/6 frames
TEMPO = TempoMap()


def comped(takes: tuple[Take, ...], starts: tuple[int, ...], crossfade_s: float) -> Track:
    """Return a track whose region of 8000 frames plays the takes from those ticks on."""
    pieces = tuple(Piece(Tick(at), take.id) for at, take in zip(starts, takes, strict=True))
    comp = Comp(pieces, crossfade_s)
    region = Region(2, Tick(0), Tick(1920), takes=takes, active_take=takes[0].id, comp=comp)
    return Track(1, regions=(region,))


def read(track: Track, pool: TakeFiles, start: int = 0, frames: int = 9000) -> Audio:
    with closing(TrackSound(placements(track, TEMPO, RATE), RATE, pool.open)) as sound:
        return sound.read(start, frames)


def test_pieces_play_one_after_another_at_their_own_place_in_time(pool: TakeFiles) -> None:
    takes = pool.noise(9000), pool.noise(9000, offset_frames=700)
    sound = read(comped(takes, (0, 960), 0.0), pool)
    assert (sound[:, :4000] == pool.sound(takes[0])[:, :4000]).all()
    assert (sound[:, 4000:8000] == pool.sound(takes[1])[:, 4700:8700]).all()
    assert not sound[:, 8000:].any()


def test_a_crossfade_keeps_the_power_and_leaves_the_rest_as_it_is(pool: TakeFiles) -> None:
    one, other = np.zeros((2, 2, 8000), np.float32)
    one[0], other[1] = 0.5, 0.5  # one on the left, the other on the right
    sound = read(comped((pool.add(one), pool.add(other)), (0, 960), 0.1), pool)
    assert (np.square(sound[:, :8000]).sum(axis=0)) == pytest.approx(0.25, abs=1e-6)
    assert (sound[0, :3600] == 0.5).all()
    assert (sound[1, 4400:8000] == 0.5).all()
    assert not sound[1, :3600].any()
    assert not sound[0, 4400:].any()
    assert sound[0, 3600:4400] == pytest.approx(sound[1, 3600:4400][::-1], abs=1e-6)
    assert np.abs(np.diff(sound[:, 3500:4500])).max() < 0.5 * np.pi / 800


def test_a_crossfade_is_no_longer_than_the_pieces_have_room_for(pool: TakeFiles) -> None:
    takes = tuple(pool.noise(8000) for _ in range(3))
    placed = placements(comped(takes, (0, 960, 972), 1.0), TEMPO, RATE)
    assert [(at.start_frame, at.end_frame) for at in placed] == [
        (0, 4025),
        (3975, 4075),
        (4025, 8000),
    ]
    assert [(at.fade_in_frames, at.fade_out_frames) for at in placed] == [
        (0, 50),
        (50, 50),
        (50, 0),
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(block=st.integers(1, 3000), crossfade_s=st.floats(0, 1), gain_db=st.floats(-30, 10))
def test_a_comp_is_the_same_in_blocks_of_any_size(
    pool: TakeFiles, block: int, crossfade_s: float, gain_db: float
) -> None:
    takes = pool.noise(8000, gain_db=gain_db), pool.noise(4000, 11025), pool.noise(8000)
    track = comped(takes, (0, 500, 900), crossfade_s)
    with closing(TrackSound(placements(track, TEMPO, RATE), RATE, pool.open)) as sound:
        blocks = [sound.read(start, frames) for start, frames in spans(0, 8100, block)]
    assert (np.concatenate(blocks, axis=1) == read(track, pool, 0, 8100)).all()


def test_a_take_sounds_as_much_louder_as_its_gain_says(pool: TakeFiles) -> None:
    take = pool.noise(8000, gain_db=-6.0)
    region = Region(2, Tick(0), Tick(1920), takes=(take,), active_take=take.id)
    sound = read(Track(1, regions=(region,)), pool)
    assert sound[:, :8000] == pytest.approx(pool.sound(take) * 10 ** (-6 / 20), abs=1e-7)
