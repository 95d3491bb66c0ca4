import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.mixing.spectrum import (
    FLOOR_DBFS,
    HIGHEST_HZ,
    LOWEST_HZ,
    MAX_COLUMNS,
    Spectrum,
    SpectrumMeter,
    bands_hz,
)
from inference.arrays import Audio

RATE = 44100
SEMITONE = 2 ** (1 / 12)


def sine(hz: float, dbfs: float = -20.0, seconds: float = 2.0, rate: int = RATE) -> Audio:
    frames = np.arange(round(seconds * rate))
    crest = 10 ** (dbfs / 20)
    one = crest * np.sin(2 * np.pi * hz / rate * frames)
    return np.stack([one, one]).astype(np.float32)


def spectrum(audio: Audio, rate: int = RATE, block: int = 65536) -> Spectrum:
    meter = SpectrumMeter(rate, audio.shape[1])
    for start in range(0, audio.shape[1], block):
        meter.add(audio[:, start : start + block])
    return meter.end()


def strongest_hz(found: Spectrum) -> float:
    return float(bands_hz()[found.average.argmax()])


def test_a_band_stands_on_every_pitch() -> None:
    bands = bands_hz()
    for octave in (-4, 0, 5):
        assert np.isclose(bands, 440 * 2.0**octave).any()
    assert bands[0] >= LOWEST_HZ
    assert bands[-1] <= HIGHEST_HZ


@settings(max_examples=25)
@given(st.floats(30, 15000), st.floats(-60, 0), st.sampled_from([22050, 44100, 48000, 96000]))
def test_a_tone_stands_at_its_pitch_with_its_level(hz: float, dbfs: float, rate: int) -> None:
    hz = min(hz, rate * 0.4)
    found = spectrum(sine(hz, dbfs, rate=rate), rate)
    bin_hz = rate / 2 ** round(np.log2(0.17 * rate)) / 2
    assert abs(strongest_hz(found) - hz) <= max(hz * (SEMITONE - 1) / 3, bin_hz)
    assert found.average.max() == pytest.approx(dbfs, abs=0.6)
    assert found.peak.max() == pytest.approx(dbfs, abs=0.6)


def test_two_neighbouring_keys_are_told_apart() -> None:
    found = spectrum(sine(440) + sine(440 * SEMITONE))
    bands = bands_hz()
    between = np.abs(bands - 440 * SEMITONE**0.5).argmin()
    for hz in (440, 440 * SEMITONE):
        assert found.average[np.abs(bands - hz).argmin()] > found.average[between] + 6


def test_the_average_and_the_peak_of_a_tone_that_sounds_half_the_time() -> None:
    audio = sine(1000, -12, 8)
    audio[:, audio.shape[1] // 2 :] = 0
    found = spectrum(audio)
    assert found.average.max() == pytest.approx(-15, abs=0.5)
    assert found.peak.max() == pytest.approx(-12, abs=0.5)


def test_time_runs_over_the_columns() -> None:
    audio = np.concatenate((sine(500, -10, 1), sine(2000, -10, 1)), axis=1)
    found = spectrum(audio)
    strongest = bands_hz()[found.over_time.argmax(axis=1)]
    seconds = (np.arange(len(strongest)) + 0.5) * found.column_s
    assert len(strongest) * found.column_s == pytest.approx(2, abs=found.column_s)
    assert strongest[seconds < 0.95] == pytest.approx(500, rel=0.02)
    assert strongest[seconds > 1.05] == pytest.approx(2000, rel=0.02)


@settings(max_examples=10)
@given(st.integers(100, 30000))
def test_blocks_change_nothing(block: int) -> None:
    rng = np.random.default_rng(1)
    audio = rng.uniform(-0.5, 0.5, (2, 50000)).astype(np.float32)
    whole, parts = spectrum(audio), spectrum(audio, block=block)
    assert parts.average == pytest.approx(whole.average, abs=1e-3)
    assert parts.over_time.astype(float) == pytest.approx(whole.over_time.astype(float), abs=0.1)


@pytest.mark.parametrize("frames", [1, 100, RATE])
def test_silence_lies_on_the_floor(frames: int) -> None:
    found = spectrum(np.zeros((2, frames), np.float32))
    assert (found.average == FLOOR_DBFS).all()
    assert (found.peak == FLOOR_DBFS).all()
    assert (found.over_time == FLOOR_DBFS).all()


def test_bands_above_half_the_rate_are_silent() -> None:
    rng = np.random.default_rng(1)
    found = spectrum(rng.uniform(-1, 1, (2, 8000)).astype(np.float32), 8000)
    assert (found.peak[bands_hz() > 4000] == FLOOR_DBFS).all()
    assert (found.peak[bands_hz() < 3900] > -80).all()


def test_a_long_sound_is_measured_in_little_memory() -> None:
    block = sine(1000, seconds=10, rate=8000)
    tracemalloc.start()
    meter = SpectrumMeter(8000, block.shape[1] * 120)
    for _ in range(120):
        meter.add(block)
    found = meter.end()
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert MAX_COLUMNS / 2 < len(found.over_time) <= MAX_COLUMNS
    assert len(found.over_time) * found.column_s == pytest.approx(1200, rel=0.01)
    assert peak_bytes < 4e7
