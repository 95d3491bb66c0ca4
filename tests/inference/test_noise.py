import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.noise import noise, philox, turned_noise

MAX = 0xFFFFFFFF


@pytest.mark.parametrize(
    ("counter", "key", "words"),
    [  # the known answers that Random123 publishes for philox4x32, 10 rounds
        ((0, 0, 0, 0), (0, 0), "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
        ((MAX,) * 4, (MAX, MAX), "408f276d 41c83b0e a20bc7c6 6d5451fd"),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            "d16cfe09 94fdcceb 5001e420 24126ea1",
        ),
    ],
)
def test_philox_gives_the_published_words(
    counter: tuple[int, int, int, int], key: tuple[int, int], words: str
) -> None:
    a, b, c, d = (np.array([word], np.uint64) for word in counter)
    given_words = philox((a, b, c, d), key)[0]
    assert " ".join(f"{int(word):08x}" for word in given_words) == words


@given(st.integers(0, 2**63 - 1), st.integers(0, 2**33), st.integers(0, 40), st.integers(1, 30))
def test_a_window_of_noise_is_the_noise_of_the_window(
    seed: int, first: int, skip: int, frames: int
) -> None:
    whole = noise(seed, first, skip + frames, 6)
    np.testing.assert_array_equal(noise(seed, first + skip, frames, 6), whole[skip:])


def test_more_channels_do_not_change_the_first_ones() -> None:
    np.testing.assert_array_equal(noise(1, 0, 9, 5), noise(1, 0, 9, 128)[:, :5])


def test_noise_is_standard_normal() -> None:
    values = noise(3, 0, 2000, 128)
    assert values.dtype == np.float32
    assert abs(values.mean()) < 0.01
    assert abs(values.std() - 1) < 0.01
    assert abs((np.abs(values) > 1.96).mean() - 0.05) < 0.002
    neighbours = np.corrcoef(values[:, :8], rowvar=False) - np.eye(8)
    assert np.abs(neighbours).max() < 0.1


def test_a_seed_means_these_numbers_for_ever() -> None:
    np.testing.assert_allclose(noise(42, 0, 1, 4)[0], SEED_42, rtol=1e-6)


SEED_42 = [-0.9701898097991943, 0.19401895999908447, -1.2356207370758057, 1.9239267110824585]


def test_seeds_differ_in_their_high_words_too() -> None:
    assert not np.array_equal(noise(5, 0, 4, 4), noise(5 + 2**32, 0, 4, 4))


def test_a_retake_turns_from_one_seed_to_the_other() -> None:
    first, second = noise(1, 0, 500, 8), noise(2, 0, 500, 8)
    np.testing.assert_array_equal(turned_noise(1, [], 0, 500, 8), first)
    np.testing.assert_array_equal(turned_noise(1, [(2, 0.0)], 0, 500, 8), first)
    np.testing.assert_allclose(turned_noise(1, [(2, 1.0)], 0, 500, 8), second, atol=1e-6)
    between = turned_noise(1, [(2, 0.5)], 0, 500, 8)
    np.testing.assert_allclose(between, (first + second) / np.sqrt(2), atol=1e-5)
    assert abs(between.std() - 1) < 0.05
