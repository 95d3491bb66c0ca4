import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.document.edits import set_tempo
from desktop.document.song import Song
from desktop.document.tempo import TempoChange, TempoMap
from desktop.document.time import Tick
from desktop.engine.transport import AHEAD_S, FADE_S, Segment, Transport
from desktop.engine.world import World, world_of
from tests.desktop.engine.scores import RATE, Band, Score, largest_step, load

FADE, AHEAD = round(FADE_S * RATE), round(AHEAD_S * RATE)
QUARTER = RATE // 2


def empty_world(*tempos: tuple[int, float]) -> World:
    changes = tuple(TempoChange(Tick(tick), bpm) for tick, bpm in tempos or ((0, 120.0),))
    return World(TempoMap(changes), RATE)


def places(segments: list[Segment]) -> list[int | None]:
    """Return which frame of the song each frame holds; None where none does, or a fade."""
    frames: list[int | None] = []
    for segment in segments:
        first = None if segment.place is None or segment.fade else segment.place.frame
        frames += [None if first is None else first + n for n in range(segment.frames)]
    return frames


def run(transport: Transport, frames: int) -> list[int | None]:
    return places(list(transport.segments(frames)))


def test_a_song_that_stands_stands() -> None:
    transport = Transport(empty_world())
    assert run(transport, 100) == [None] * 100
    assert not transport.is_playing


@given(st.floats(0, 9999), st.floats(20, 400))
def test_playing_begins_at_the_frame_of_the_tick(tick: float, bpm: float) -> None:
    transport = Transport(empty_world((0, 120.0), (960, bpm)))
    transport.play(tick)
    heard = run(transport, FADE + 3)
    target = transport.world.frame_at(tick)
    assert heard == [None] * FADE + [target, target + 1, target + 2]


def test_a_seek_goes_on_at_the_frame_of_the_tick() -> None:
    transport = Transport(empty_world())
    transport.play(0)
    run(transport, 1000)
    transport.seek(960)
    assert run(transport, FADE + 2) == [None] * FADE + [QUARTER, QUARTER + 1]


def test_a_seek_of_a_song_that_stands_does_not_start_it() -> None:
    transport = Transport(empty_world())
    transport.seek(960)
    assert run(transport, 100) == [None] * 100
    assert transport.start_tick == 960


def test_stopping_takes_a_fade_and_playing_on_at_once_begins_anew() -> None:
    transport = Transport(empty_world())
    transport.play(0)
    run(transport, 1000)
    transport.stop()
    assert not transport.is_playing
    assert run(transport, 10) == [None] * 10
    transport.play(960)
    assert transport.is_playing
    assert run(transport, 2 * FADE)[-10 - 1 :] == [None] + [QUARTER + n for n in range(10)]


def test_a_stop_before_a_fade_in_is_over_ends_in_silence() -> None:
    transport = Transport(empty_world())
    transport.play(0)
    run(transport, FADE // 2)
    transport.stop()
    run(transport, 3 * FADE)
    assert (transport.place, transport.is_playing) == (None, False)


@given(
    start=st.integers(0, 4000),
    length=st.integers(40, 2000),
    before=st.integers(0, 3000),
    bpm=st.floats(30, 300),
    blocks=st.lists(st.integers(1, 3000), min_size=1, max_size=12),
)
def test_a_loop_comes_round_on_exactly_the_right_frame(
    start: int, length: int, before: int, bpm: float, blocks: list[int]
) -> None:
    transport = Transport(empty_world((0, 120.0), (1000, bpm)))
    transport.loop = (start, start + length)
    first, end = (transport.world.frame_at(tick) for tick in transport.loop)
    begin = min(transport.world.frame_at(before), end - FADE - 1)
    transport.play(transport.world.tick_at(begin))
    run(transport, FADE)
    heard = [frame for block in blocks for frame in run(transport, block)]
    for n, frame in enumerate(heard):
        straight = begin + n
        expected = straight if straight < end else first + (straight - first) % (end - first)
        into_end = (straight - first) % (end - first) if straight >= first else 0
        fades = straight >= first and into_end >= end - first - FADE
        assert frame == (None if fades else expected)


def test_a_loop_shorter_than_two_fades_is_not_played() -> None:
    transport = Transport(empty_world())
    transport.loop = (0, 10)
    transport.play(0)
    run(transport, FADE)
    assert run(transport, 200) == list(range(200))


def test_a_song_past_its_loop_plays_on() -> None:
    transport = Transport(empty_world())
    transport.loop = (0, 960)
    transport.play(1920)
    assert run(transport, FADE + QUARTER)[FADE:] == list(range(2 * QUARTER, 3 * QUARTER))


def test_a_loop_that_is_taken_away_is_left_where_the_song_is() -> None:
    transport = Transport(empty_world())
    transport.loop = (0, 960)
    transport.play(0)
    run(transport, FADE + QUARTER + 100)
    transport.loop = None
    assert run(transport, QUARTER) == list(range(100, 100 + QUARTER))


def test_an_edit_goes_on_at_the_same_frame_and_a_tempo_at_the_same_tick(score: Score) -> None:
    song = score.song(score.notes((0, 960, 60)))
    transport = Transport(score.world(song))
    transport.play(0)
    run(transport, FADE + 1000)
    transport.world = score.world(song, transport.world)
    assert run(transport, FADE + 1) == [None] * FADE + [1000 + FADE]
    transport.world = score.world(set_tempo(song, Tick(0), 60.0), transport.world)
    assert run(transport, FADE + 1)[-1] == 2 * (1000 + FADE + 1) + FADE


def test_playing_waits_for_takes_but_not_for_ever(score: Score) -> None:
    world = score.world(score.song(score.track(score.noise(1))), loaded=False)
    transport = Transport(world)
    transport.play(0)
    assert run(transport, RATE // 2) == [None] * (RATE // 2)
    load(world)
    assert run(transport, FADE + 1)[-1] == 0
    late = Transport(score.world(score.song(score.track(score.noise(1))), loaded=False))
    late.play(0)
    heard = [frame for _ in range(100) for frame in run(late, 100)]
    assert RATE < heard.index(0) < RATE + 200


def test_playing_waits_for_the_synth() -> None:
    transport = Transport(empty_world())
    transport.waits_for_synth = True
    transport.play(0, count_in_bars=1)
    assert not any(segment.count_in for segment in transport.segments(5 * RATE))
    transport.waits_for_synth = False
    assert run(transport, 4 * QUARTER + 1)[-1] == 0


@pytest.mark.parametrize("tick", [0, 961])
@pytest.mark.parametrize("bars", [1, 2])
def test_the_song_begins_when_the_bars_are_counted(bars: int, tick: int) -> None:
    transport = Transport(empty_world())
    transport.play(tick, bars)
    heard = run(transport, bars * 4 * QUARTER + 1)
    assert heard[:-1] == [None] * (bars * 4 * QUARTER)
    assert heard[-1] == transport.world.frame_at(tick)


def test_a_song_that_plays_is_not_counted_in_again() -> None:
    transport = Transport(empty_world())
    transport.play(0)
    run(transport, 1000)
    transport.play(960, 2)
    assert run(transport, FADE + 1)[-1] == QUARTER


def test_counting_begins_at_its_first_beat_though_the_song_still_fades() -> None:
    transport = Transport(empty_world())
    transport.play(0)
    run(transport, 1000)
    transport.stop()
    run(transport, 10)
    transport.play(0, 1)
    counted = [s for s in transport.segments(100) if s.count_in is not None]
    assert counted[0].count_in is not None
    assert counted[0].count_in.done == 0


def test_stopping_ends_the_count_in() -> None:
    transport = Transport(empty_world())
    transport.play(0, 1)
    run(transport, 1000)
    transport.stop()
    assert run(transport, 5 * RATE) == [None] * (5 * RATE)


def test_a_halt_is_immediate() -> None:
    transport = Transport(empty_world())
    transport.play(0)
    run(transport, 1000)
    transport.halt()
    assert not transport.is_playing
    assert run(transport, 10) == [None] * 10


def test_what_comes_next_is_to_be_loaded(score: Score) -> None:
    world = score.world(score.song(score.track(score.noise(1))))
    transport = Transport(world)
    transport.seek(960)
    (standing,) = transport.paths()
    assert (standing.start, standing.frames) == (QUARTER - FADE, AHEAD)
    transport.play(960)
    run(transport, FADE + 100)
    (playing,) = transport.paths()
    assert (playing.start, playing.frames) == (QUARTER + 100, AHEAD)


def test_the_start_of_a_loop_is_to_be_loaded_before_its_end_is_heard(score: Score) -> None:
    transport = Transport(score.world(score.song(score.track(score.noise(1)))))
    transport.loop = (480, 960)
    transport.play(480)
    run(transport, FADE)
    end, start = transport.paths()
    assert (end.start, end.start + end.frames) == (QUARTER // 2, QUARTER)
    assert start.start == QUARTER // 2 - FADE


ACTS = st.one_of(
    st.tuples(st.just("play"), st.integers(960, 3000)),
    st.tuples(st.just("seek"), st.integers(960, 3000)),
    st.tuples(st.just("loop"), st.integers(960, 3000)),
    st.tuples(st.just("stop"), st.just(0)),
    st.tuples(st.just("song"), st.integers(0, 3)),
)


def versions(score: Score) -> list[Song]:
    """Return four songs of level tracks: one has another fader, one no track, one another take."""
    first, second = score.level(0.25, 3), score.level(0.125, 3)
    one, two = score.track(first, ticks=6 * 960), score.track(second, ticks=6 * 960)
    other = score.track(score.level(0.2, 3), ticks=6 * 960)
    muted = score.track(first, ticks=6 * 960, mute=True)
    return [score.song(*tracks) for tracks in ((one, two), (two,), (one, other), (muted, two))]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.tuples(ACTS, st.integers(1, 200)), max_size=25))
def test_nothing_that_is_done_makes_a_click(
    score: Score, acts: list[tuple[tuple[str, int], int]]
) -> None:
    songs = versions(score)
    band = Band(score.world(songs[0]))
    for (act, value), frames in acts:
        if act == "song":
            band.use(score.world(songs[value], band.transport.world))
        elif act == "loop":
            band.transport.loop = (value, value + 480)
        elif act == "stop":
            band.transport.stop()
        else:
            getattr(band.transport, act)(value)
        band.play(frames)
    # all of the sound may fade at once, and all faders move
    steepest = 3 * (0.25 + 0.125 + 0.2) / FADE
    assert largest_step(band.heard) <= steepest


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(
    st.lists(st.integers(1, 900), min_size=1, max_size=20),
    st.tuples(st.integers(0, 1000), st.integers(1100, 1300)),
)
def test_blocks_of_any_size_give_the_same_sound(
    score: Score, blocks: list[int], loop: tuple[int, int]
) -> None:
    song = score.song(score.track(score.noise(1)), score.track(score.noise(2), gain_db=-3, pan=0.5))
    heard = []
    for parts in (blocks, [sum(blocks)]):
        band = Band(score.world(song))
        band.mixer.metronome, band.transport.loop = True, loop
        band.transport.play(900)
        heard.append(band.play(*parts))
    assert np.array_equal(heard[0], heard[1])


def test_a_world_of_another_folder_is_another_world(score: Score) -> None:
    song = score.song(score.track(score.noise(1)))
    before = score.world(song)
    elsewhere = world_of(song, score.pool.folder / "other", RATE, before)
    assert elsewhere.readers[0] is not before.readers[0]
