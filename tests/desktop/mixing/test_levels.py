import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.document.song import MAX_GAIN_DB, MIN_GAIN_DB, Track
from desktop.mixing.levels import PeakMeter, amplitude_to_db, db_to_amplitude, fader, on_grid
from desktop.mixing.stems import mixed


def test_an_untouched_track_passes_unchanged() -> None:
    assert fader(Track(1)).tolist() == [[1.0], [1.0]]


@pytest.mark.parametrize(
    ("pan", "left", "right"), [(-1.0, 1.0, 0.0), (-0.5, 1.0, 0.5), (0.25, 0.75, 1.0)]
)
def test_pan_lowers_only_the_far_side(pan: float, left: float, right: float) -> None:
    assert fader(Track(1, pan=pan)).ravel().tolist() == [left, right]


def test_gain_of_6_db_doubles() -> None:
    assert fader(Track(1, gain_db=6.0206)) == pytest.approx(np.full((2, 1), 2.0), rel=1e-5)


def test_the_lowest_gain_is_silence() -> None:
    assert not fader(Track(1, gain_db=MIN_GAIN_DB)).any()
    assert fader(Track(1, gain_db=MIN_GAIN_DB + 1)).all()


@given(st.floats(MIN_GAIN_DB, MAX_GAIN_DB))
def test_decibels_convert_there_and_back(db: float) -> None:
    assert amplitude_to_db(db_to_amplitude(db)) == pytest.approx(db, abs=1e-9)


def test_silence_has_no_level() -> None:
    assert amplitude_to_db(0.0) is None
    assert PeakMeter().peak_dbfs is None


def test_the_peak_is_that_of_the_loudest_block() -> None:
    meter = PeakMeter()
    for peak in (0.1, -0.5, 0.2):
        meter.add(np.array([[0.0, peak], [0.01, 0.0]], np.float32))
    assert meter.peak_dbfs == pytest.approx(-6.0206, abs=1e-4)


@given(st.integers(-(2**23), 2**23 - 1))
def test_a_24_bit_sample_is_already_on_the_grid(sample: int) -> None:
    audio = np.full((2, 1), sample / 2**23, np.float32)
    assert (on_grid(audio) == audio).all()


@given(st.integers(0, 2**32), st.integers(1, 12), st.permutations(range(12)))
def test_stems_on_the_grid_sum_alike_in_any_order_and_width(
    seed: int, count: int, order: list[int]
) -> None:
    rng = np.random.default_rng(seed)
    level = 2.0 / count  # so that they stay below +6 dBFS together
    stems = [on_grid(rng.uniform(-level, level, (2, 50)).astype(np.float32)) for _ in range(count)]
    mix = mixed(stems, 50)
    assert (mix == mixed([stems[n] for n in order if n < count], 50)).all()
    assert (mix == np.sum(stems, axis=0, dtype=np.float64)).all()


def test_a_mix_of_nothing_is_silence() -> None:
    assert mixed([], 7).tolist() == np.zeros((2, 7)).tolist()
