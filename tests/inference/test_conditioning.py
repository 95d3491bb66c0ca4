import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.conditioning import beat_features, even_beats, kept_mask, notes_to_roll
from inference.request import BeatPoint, Note, Span

PLANES = ("sounding", "onset", "drum")
RATE_HZ = 10.0  # two moments of 50 ms a latent frame


def roll_of(*notes: Note, drums: bool = False, frames: int = 10) -> npt.NDArray[np.float32]:
    """Return the roll as (moments, planes, 128)."""
    roll = notes_to_roll(notes, drums, frames, RATE_HZ, planes=PLANES, subframes=2)
    assert roll.shape == (frames, 2 * 3 * 128)
    assert roll.dtype == np.float32
    return roll.reshape(frames * 2, 3, 128)


def test_a_note_sounds_while_it_is_held_and_begins_once() -> None:
    roll = roll_of(Note(0.1, 0.2, 60, 127))
    assert np.flatnonzero(roll[:, 0, 60]).tolist() == [2, 3, 4, 5]
    assert np.flatnonzero(roll[:, 1, 60]).tolist() == [2]
    assert not np.delete(roll, 60, axis=2).any()
    assert not roll[:, 2].any()


def test_sounding_is_scaled_by_the_share_of_the_moment() -> None:
    roll = roll_of(Note(0.125, 0.1, 60, 127))
    np.testing.assert_allclose(roll[2:5, 0, 60], [0.5, 1.0, 0.5], atol=1e-6)
    np.testing.assert_allclose(roll[2:5, 1, 60], [1, 0, 0])


def test_values_are_velocity_over_127() -> None:
    assert roll_of(Note(0.0, 0.2, 60, 64)).max() == np.float32(64 / 127)


def test_a_note_within_one_moment_sounds_for_all_of_it() -> None:
    roll = roll_of(Note(0.11, 0.001, 60, 127))
    assert np.flatnonzero(roll[:, 0, 60]).tolist() == [2]
    assert roll[2, 0, 60] == 1


def test_drums_stand_in_their_own_plane_only() -> None:
    roll = roll_of(Note(0.1, 0.2, 38, 127), drums=True)
    assert np.argwhere(roll).tolist() == [[2, 2, 38]]


def test_a_note_held_from_before_sounds_without_an_onset() -> None:
    roll = roll_of(Note(-0.2, 0.3, 60, 127))
    assert np.flatnonzero(roll[:, 0, 60]).tolist() == [0, 1]
    assert not roll[:, 1].any()


def test_a_note_outside_leaves_nothing() -> None:
    assert not roll_of(Note(-1.0, 0.5, 60, 127), Note(1.0, 1.0, 60, 127)).any()


def test_no_notes_are_an_empty_roll() -> None:
    assert not roll_of().any()


times = st.floats(-2, 3, allow_nan=False)
notes = st.lists(
    st.builds(Note, times, st.floats(0, 2), st.integers(0, 127), st.integers(1, 127)), max_size=20
)


@given(notes, st.integers(0, 9), st.integers(1, 5))
def test_a_window_of_the_roll_is_the_roll_of_the_window(
    sketch: list[Note], first: int, frames: int
) -> None:
    whole = roll_of(*sketch, frames=20)
    shifted = [note._replace(start_s=note.start_s - first / RATE_HZ) for note in sketch]
    part = roll_of(*shifted, frames=frames)
    np.testing.assert_allclose(part, whole[2 * first : 2 * (first + frames)], atol=1e-4)


@given(notes)
def test_the_roll_is_the_slow_and_plain_one(sketch: list[Note]) -> None:
    plain = np.zeros((20, 3, 128))
    for note in sketch:
        start, end = round(note.start_s * 20, 6), round((note.start_s + note.duration_s) * 20, 6)
        begin = int(np.floor(start))
        for moment in range(20):
            share = min(end, moment + 1) - max(start, moment)
            if moment == begin:
                plain[moment, 1, note.pitch] = max(
                    plain[moment, 1, note.pitch], note.velocity / 127
                )
                share = 1.0 if end <= begin + 1 else share
            value = max(share, 0.0) * note.velocity / 127
            plain[moment, 0, note.pitch] = max(plain[moment, 0, note.pitch], value)
    np.testing.assert_allclose(roll_of(*sketch), plain, atol=1e-6)


def test_beats_and_bars_turn_once_each() -> None:
    grid = even_beats(bpm=60, beats_per_bar=4, duration_s=8)
    features = beat_features(grid, 80, RATE_HZ)
    assert features.shape == (80, 4)
    np.testing.assert_allclose(features[0], [0, 1, 0, 1], atol=1e-6)
    np.testing.assert_allclose(
        features[5], [0, -1, np.sin(np.pi / 4), np.cos(np.pi / 4)], atol=1e-6
    )
    np.testing.assert_allclose(features[20], [0, 1, 0, -1], atol=1e-6)
    np.testing.assert_allclose(features[40], features[0], atol=1e-6)


def test_a_change_of_tempo_bends_the_grid_at_its_point() -> None:
    grid = [BeatPoint(0, 0, 0), BeatPoint(1, 1, 0.25), BeatPoint(2, 3, 0.75)]
    features = beat_features(grid, 20, RATE_HZ)
    np.testing.assert_allclose(features[5, :2], [0, -1], atol=1e-6)
    np.testing.assert_allclose(features[15, :2], [0, 1], atol=1e-6)


def test_there_is_no_beat_outside_the_grid() -> None:
    features = beat_features([BeatPoint(0.5, 0, 0), BeatPoint(1.0, 1, 0.25)], 20, RATE_HZ)
    assert np.flatnonzero(features.any(axis=1)).tolist() == [5, 6, 7, 8, 9, 10]
    assert not beat_features([], 20, RATE_HZ).any()


@pytest.mark.parametrize(
    ("span", "kept"),
    [
        (Span(64, 128), [1, 0, 1, 1]),
        (Span(65, 66), [1, 0, 1, 1]),
        (Span(63, 129), [0, 0, 0, 1]),
        (Span(0, 256), [0, 0, 0, 0]),
    ],
)
def test_a_latent_frame_is_kept_when_no_repaint_touches_it(span: Span, kept: list[int]) -> None:
    assert kept_mask([span], 0, 64, 4)[:, 0].tolist() == kept


def test_the_mask_counts_from_the_window_s_first_frame() -> None:
    assert kept_mask([Span(64, 128)], 64, 64, 2)[:, 0].tolist() == [0, 1]
