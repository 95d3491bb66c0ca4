from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np
import pytest
import soundfile  # type: ignore[import-untyped]
import soxr  # type: ignore[import-untyped]
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.document.song import Take
from desktop.mixing import takes
from desktop.mixing.errors import MixError
from desktop.mixing.takes import Sound, take_sound
from tests.desktop.mixing.take_files import TakeFiles

Open: TypeAlias = Callable[..., Sound]


@pytest.fixture
def opened(pool: TakeFiles) -> Iterator[Open]:
    sounds: list[Sound] = []

    def open_at(take: Take, sample_rate_hz: int = 8000) -> Sound:
        sounds.append(take_sound(take, pool.open(take), sample_rate_hz))
        return sounds[-1]

    yield open_at
    for sound in sounds:
        sound.close()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spans=st.lists(st.tuples(st.integers(-300, 500), st.integers(0, 300)), max_size=5))
def test_a_take_is_read_anywhere_with_silence_around_it(
    pool: TakeFiles, spans: list[tuple[int, int]]
) -> None:
    take = pool.noise(200)
    padded = np.pad(pool.sound(take), ((0, 0), (1000, 1000)))
    sound = take_sound(take, pool.open(take), 8000)
    for start, frames in spans:
        assert (sound.read(start, frames) == padded[:, 1000 + start : 1000 + start + frames]).all()
    sound.close()


def test_a_flac_take_is_read_by_seeking_as_in_one_go(pool: TakeFiles, opened: Open) -> None:
    take = pool.noise(30000)
    whole = np.round(pool.sound(take) * 2**15) / 2**15
    soundfile.write(pool.path(take), whole.T, 8000, "PCM_16", format="FLAC")
    sound = opened(take)
    for start in (20000, 10, 9999, 0, 25000):
        assert (sound.read(start, 777) == whole[:, start : start + 777]).all()


@pytest.mark.parametrize(("from_hz", "to_hz"), [(8000, 11025), (48000, 8000), (8000, 8001)])
def test_a_take_at_another_rate_is_resampled_as_in_one_go(
    pool: TakeFiles, opened: Open, monkeypatch: pytest.MonkeyPatch, from_hz: int, to_hz: int
) -> None:
    monkeypatch.setattr(takes, "CHUNK_FRAMES", 500)
    take = pool.noise(from_hz, from_hz)
    second_each_side = np.pad(pool.sound(take), ((0, 0), (from_hz, from_hz)))
    expected = soxr.resample(second_each_side.T, from_hz, to_hz).T
    got = opened(take, to_hz).read(-to_hz, 3 * to_hz)
    assert got == pytest.approx(expected, abs=2e-6)


def test_resampled_sound_is_the_same_however_it_is_read(
    pool: TakeFiles, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(takes, "CHUNK_FRAMES", 500)
    sound = opened(pool.noise(4000), 11025)
    whole = sound.read(-100, 6000)
    for start, frames in ((1700, 1), (0, 700), (3000, 2000), (-100, 99)):
        assert (sound.read(start, frames) == whole[:, start + 100 : start + 100 + frames]).all()


@pytest.mark.parametrize("changes", [{"frames": 11}, {"sample_rate_hz": 16000}])
def test_a_file_that_is_not_what_the_song_expects_is_refused(
    pool: TakeFiles, changes: dict[str, Any]
) -> None:
    take = pool.noise(10)
    with pytest.raises(MixError, match="2 channels of 10 frames at 8000 Hz, the song expects"):
        take_sound(replace(take, **changes), pool.open(take), 8000)


def test_a_mono_file_is_refused(pool: TakeFiles) -> None:
    take = pool.add(np.zeros((1, 10), np.float32))
    with pytest.raises(MixError, match="1 channels"):
        take_sound(take, pool.open(take), 8000)


def test_a_take_that_breaks_off_is_refused(pool: TakeFiles) -> None:
    take = pool.noise(20000)
    soundfile.write(pool.path(take), pool.sound(take).T, 8000, "PCM_16", format="FLAC")
    whole = pool.path(take).read_bytes()
    pool.path(take).write_bytes(whole[: len(whole) // 2])
    sound = take_sound(take, pool.open(take), 8000)
    with pytest.raises(MixError, match="take t0"):
        sound.read(0, 20000)
    sound.close()


def test_a_sample_that_is_no_number_is_refused(pool: TakeFiles, opened: Open) -> None:
    take = pool.add(np.array([[0.0, np.nan]] * 2, np.float32))
    with pytest.raises(MixError, match="no number"):
        opened(take).read(0, 2)
