from dataclasses import replace
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.document.song import MIN_GAIN_DB, Song, Track
from desktop.engine.mixer import MASTER, RAMP_S, Ramp
from desktop.engine.synth import LANES, Synth
from desktop.engine.transport import FADE_S
from desktop.mixing.levels import CHANNELS
from desktop.mixing.stems import mixed, open_stems
from inference.arrays import Audio
from tests.desktop.engine.scores import RATE, Band, NoteBook, Score, largest_step, moved_fader

FADE, RAMP = round(FADE_S * RATE), round(RAMP_S * RATE)
QUARTER = RATE // 2


def factors(left: float, right: float) -> Audio:
    return np.array([[left], [right]], np.float32)


def with_notebook(score: Score, song: Song) -> tuple[Band, NoteBook]:
    """Return a band whose notes are written down."""
    band, book = Band(score.world(song)), NoteBook()
    band.mixer.use_synth(cast("Synth", book))
    return band, book


@given(
    st.lists(st.tuples(st.floats(0, 4), st.floats(0, 4), st.integers(1, 200)), min_size=1),
    st.integers(1, 100),
)
def test_a_ramp_never_jumps_more_than_its_slope(
    moves: list[tuple[float, float, int]], length: int
) -> None:
    ramp, made = Ramp(factors(1, 1), length), [factors(1, 1)]
    for left, right, frames in moves:
        ramp.to(factors(left, right))
        part = ramp.next(frames)
        made.append(np.broadcast_to(part, (CHANNELS, frames)))
    assert largest_step(np.concatenate(made, axis=1)) <= 4 / length + 1e-5


@given(
    st.lists(st.integers(1, 60), min_size=1, max_size=8),
    st.integers(1, 100),
    st.floats(0, 4),
)
def test_a_ramp_is_the_same_in_blocks_of_any_size_and_ends_exactly(
    blocks: list[int], length: int, target: float
) -> None:
    ramps = [Ramp(factors(1, 0.5), length) for _ in range(2)]
    for ramp in ramps:
        ramp.to(factors(target, 0))
    whole = np.broadcast_to(ramps[0].next(sum(blocks)), (CHANNELS, sum(blocks)))
    parts = [np.broadcast_to(ramps[1].next(n), (CHANNELS, n)) for n in blocks]
    assert np.allclose(np.concatenate(parts, axis=1), whole, atol=1e-5)
    assert np.array_equal(ramps[1].next(length)[:, -1:], factors(target, 0))
    assert np.array_equal(ramps[1].next(7), factors(target, 0))


def exported(score: Score, song: Song, frames: int) -> Audio:
    with open_stems(song, RATE, score.pool.open) as stems:
        return mixed([stem.read(0, frames) for stem in stems], frames)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(
    st.lists(
        st.tuples(st.floats(MIN_GAIN_DB, 6), st.floats(-1, 1), st.booleans(), st.booleans()),
        min_size=3,
        max_size=3,
    ),
    st.integers(100, 5000),
)
def test_what_is_played_is_what_is_exported(
    score: Score, strips: list[tuple[float, float, bool, bool]], block: int
) -> None:
    takes = (score.noise(1), score.noise(3, 11025), score.noise(2))
    song = score.song(
        *(
            score.track(take, gain_db=gain_db, pan=pan, mute=mute, solo=solo)
            for take, (gain_db, pan, mute, solo) in zip(takes, strips, strict=True)
        )
    )
    band = Band(score.world(song))
    band.transport.play(0)
    played = band.play(FADE, *[block] * (3 * RATE // block))[:, FADE:]
    assert np.array_equal(played, exported(score, song, played.shape[1]))


@pytest.mark.parametrize(
    "change",
    [{"gain_db": MIN_GAIN_DB}, {"gain_db": -6.0}, {"pan": 1.0}, {"mute": True}],
    ids=["silence", "gain", "pan", "mute"],
)
def test_a_fader_moves_without_a_click(score: Score, change: dict[str, Any]) -> None:
    track = score.track(score.level(0.5, 3), ticks=6 * 960)
    band = Band(score.world(score.song(track)))
    band.transport.play(960)
    band.play(FADE + 500)
    band.use(score.world(score.song(replace(track, **change)), band.transport.world))
    heard = band.play(*[37] * 10)
    assert 0 < largest_step(heard) <= 1.01 * 0.5 / RAMP
    still = exported(score, score.song(replace(track, **change)), 1)
    assert np.array_equal(heard[:, RAMP:], np.repeat(still, heard.shape[1] - RAMP, axis=1))


def test_a_solo_moves_the_others_without_a_click(score: Score) -> None:
    one, two = (score.track(score.level(0.25, 3), ticks=6 * 960) for _ in range(2))
    band = Band(score.world(score.song(one, two)))
    band.transport.play(960)
    band.play(FADE + 500)
    band.use(score.world(score.song(replace(one, solo=True), two), band.transport.world))
    heard = band.play(2 * RAMP)
    assert heard[0, 0] > 0.49
    assert (heard[:, RAMP:] == 0.25).all()
    assert largest_step(heard) <= 1.01 * 0.25 / RAMP


def test_a_removed_track_goes_without_a_click_and_gives_its_lane_to_the_next(score: Score) -> None:
    gone = score.track(score.level(0.5, 3), ticks=6 * 960)
    band, book = with_notebook(score, score.song(gone))
    band.mixer.notes.play(gone.id, 60, 100)
    band.transport.play(960)
    band.play(FADE + 500)
    band.use(score.world(score.song(), band.transport.world))
    heard = band.play(10, 10, 3 * RAMP)
    assert largest_step(heard) <= 2 * 0.5 / FADE
    assert not heard[:, -RAMP:].any()
    band.play(1)
    assert not book.sounding
    new = score.track(score.level(0.5, 3))
    band.use(score.world(score.song(new), band.transport.world))
    assert band.mixer.notes.lane(new.id) == 0
    assert band.mixer.notes.lane(gone.id) is None


def test_songs_that_come_faster_than_a_fade_are_all_left_again(score: Score) -> None:
    one, two, three = (score.track(score.level(0.25, 3), ticks=6 * 960) for _ in range(3))
    band = Band(score.world(score.song(one)))
    band.transport.play(960)
    band.play(FADE + 10)
    for tracks in ((one, two), (two,), (one, three), (), (three,)):
        band.use(score.world(score.song(*tracks), band.transport.world))
        band.play(7)
    heard = band.play(*[16] * 20)
    assert (heard[:, -100:] == 0.25).all()


def test_notes_without_a_take_begin_and_end_on_their_frames(score: Score) -> None:
    covered = score.track(score.noise(1), start=1920, ticks=960)
    sketch = score.notes((0, 480, 60), (960, 960, 64), (2000, 100, 67))
    track = replace(covered, clips=sketch.clips)
    band, book = with_notebook(score, score.song(track))
    band.transport.play(0)
    band.play(*[100] * 200)
    assert book.begun() == [(FADE, 60), (FADE + QUARTER, 64)]
    assert book.ended() == [(FADE + QUARTER // 2, 60), (FADE + 2 * QUARTER, 64)]


def test_a_note_that_is_struck_again_is_not_ended_by_the_first(score: Score) -> None:
    band, book = with_notebook(score, score.song(score.notes((0, 960, 60), (480, 960, 60))))
    band.transport.play(0)
    band.play(*[100] * 100)
    assert book.ended() == [(FADE + 3 * QUARTER // 2, 60)]


def test_after_a_jump_notes_that_are_held_sound_but_drums_do_not(score: Score) -> None:
    notes = ((0, 960, 60), (0, 1900, 64), (1440, 480, 67))
    song = score.song(score.notes(*notes), score.notes(*notes, role="drums"))
    band, book = with_notebook(score, song)
    band.transport.play(100)
    band.play(200)
    band.transport.seek(1500)
    band.play(200)
    assert book.begun(0) == [(FADE, 60), (FADE, 64), (200 + FADE, 67)]
    assert book.ended(0) == [(200 + FADE, 60)]
    assert not book.begun(1)


def test_nothing_is_struck_in_the_frames_that_lead_to_a_jump(score: Score) -> None:
    start = round((QUARTER - 10) * 960 / QUARTER)
    band, book = with_notebook(score, score.song(score.notes((start, 960, 60), (0, 100, 48))))
    band.transport.loop = (0, 960)
    band.transport.play(0)
    band.play(FADE + QUARTER - 20, 100)
    assert book.begun() == [(FADE, 48), (FADE + QUARTER, 48)]


def test_an_edit_of_another_track_costs_no_drum_its_beat(score: Score) -> None:
    drums = score.notes(*((n * 24, 12, 36) for n in range(100)), role="drums")
    song = score.song(drums, score.notes((0, 960, 60)))
    band, book = with_notebook(score, song)
    band.transport.play(0)
    for n in range(50):
        band.play(97)
        band.use(score.world(moved_fader(song, song.tracks[1].id, -n), band.transport.world))
    struck = [frame for frame, _ in book.begun(0)]
    assert struck == [FADE + n * 100 for n in range(len(struck))]
    assert len(struck) > 40


CHANGES = st.lists(
    st.tuples(st.sampled_from(["play", "seek", "loop", "stop", "song"]), st.integers(0, 3)),
    max_size=20,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(CHANGES, st.integers(1, 600))
def test_no_note_sounds_for_ever(score: Score, changes: list[tuple[str, int]], block: int) -> None:
    one = score.notes((0, 500, 60), (0, 2000, 64), (480, 960, 60))
    two = score.notes((100, 900, 50), (1000, 900, 52), role="drums")
    less = replace(one, clips=())
    songs = [score.song(one, two), score.song(two), score.song(less, two), score.song(one)]
    band, book = with_notebook(score, songs[0])
    for change, value in changes:
        if change == "song":
            band.use(score.world(songs[value], band.transport.world))
        elif change == "loop":
            band.transport.loop = (value * 400, value * 400 + 300)
        elif change == "stop":
            band.transport.stop()
        else:
            getattr(band.transport, change)(value * 480)
        band.play(block)
    band.transport.stop()
    band.play(3 * FADE, RAMP, 1)
    assert not book.sounding


def test_live_notes_sound_on_the_lane_of_their_track(score: Score) -> None:
    one, two = score.notes(), score.notes(role="bass")
    band, book = with_notebook(score, score.song(one, two))
    band.mixer.notes.play(two.id, 40, 90)
    band.mixer.notes.play(999, 40, 90)
    band.play(100)
    band.mixer.notes.play(two.id, 40, 0)
    band.play(100)
    assert book.begun(1) == [(0, 40)]
    assert book.ended(1) == [(100, 40)]
    assert (book.roles[0], book.roles[1]) == ("lead", "bass")


def test_panic_cuts_off_all_notes(score: Score) -> None:
    track = score.notes((0, 9600, 60))
    band, book = with_notebook(score, score.song(track))
    band.transport.play(0)
    band.mixer.notes.play(track.id, 72, 90)
    band.play(200)
    assert len(book.sounding) == 2
    band.mixer.notes.silence()
    assert not book.sounding


def test_tracks_that_find_no_lane_are_silent_until_one_is_free(score: Score) -> None:
    tracks = [Track(score.number()) for _ in range(LANES + 2)]
    band, _ = with_notebook(score, score.song(*tracks))
    assert band.mixer.notes.lane(tracks[-1].id) is None
    band.use(score.world(score.song(*tracks[2:]), band.transport.world))
    band.play(RAMP, 1)
    band.use(score.world(score.song(*tracks[2:]), band.transport.world))
    lanes = [band.mixer.notes.lane(track.id) for track in tracks[2:]]
    assert len(set(lanes) - {None}) == LANES


def test_another_synth_takes_the_place_of_the_first(score: Score) -> None:
    band, first = with_notebook(score, score.song(score.notes(role="bass")))
    second = NoteBook()
    band.mixer.use_synth(cast("Synth", second))
    assert (first.closed, second.roles) == (True, {0: "bass"})


def test_levels_are_those_after_the_fader(score: Score) -> None:
    song = score.song(
        score.track(score.level(0.5, 3), gain_db=-20 * np.log10(2)),
        score.track(score.level(0.25, 3), pan=1.0),
    )
    band = Band(score.world(song))
    band.transport.play(960)
    band.play(FADE)
    band.play(500)
    one, two = (track.id for track in song.tracks)
    levels = band.mixer.levels
    assert levels[one] == pytest.approx((0.25, 0.0625))
    assert levels[two] == pytest.approx((0.25, 0.0625 / 2))
    assert levels[MASTER] == pytest.approx((0.5, (0.0625 + 0.25) / 2))
