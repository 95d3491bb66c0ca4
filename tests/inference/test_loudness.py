import tracemalloc

import numpy as np
import pyloudnorm  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.arrays import Audio
from inference.loudness import LoudnessMeter, TruePeakMeter
from inference.quality import loudness_lufs

RATE = 8000


def loudness(audio: Audio, block: int = 997, sample_rate_hz: int = RATE) -> float | None:
    meter = LoudnessMeter(sample_rate_hz)
    for start in range(0, audio.shape[1], block):
        meter.add(audio[:, start : start + block])
    return meter.loudness_lufs


def at_once(audio: Audio) -> float:
    return float(pyloudnorm.Meter(RATE).integrated_loudness(audio.T))


def bursts(seed: int, seconds: int = 6) -> Audio:
    rng = np.random.default_rng(seed)
    levels = np.repeat(rng.uniform(-3, 0, seconds * 2), RATE // 2)
    noise: Audio = (rng.standard_normal((2, len(levels))) * 10**levels * 0.2).astype(np.float32)
    return noise


def test_a_sine_in_one_channel_measures_as_the_standard_says() -> None:
    # ITU-R BS.1770: 997 Hz at 0 dBFS in one front channel reads -3.01 LKFS.
    sine = np.sin(2 * np.pi * 997 / 48000 * np.arange(48000 * 5)).astype(np.float32)
    measured = loudness(np.stack([sine, 0 * sine]), sample_rate_hz=48000)
    assert measured == pytest.approx(-3.01, abs=0.05)


@settings(max_examples=20)
@given(st.integers(0, 2**32))
def test_a_song_measures_as_by_a_meter_that_takes_it_at_once(seed: int) -> None:
    audio = bursts(seed)
    assert loudness(audio) == pytest.approx(at_once(audio), abs=0.02)


@settings(max_examples=20)
@given(st.integers(300, 20000))
def test_loudness_does_not_depend_on_the_blocks(block: int) -> None:
    audio = bursts(1)
    assert loudness(audio, block) == pytest.approx(loudness(audio), abs=1e-9)


def test_silence_and_very_short_sounds_have_no_loudness() -> None:
    assert loudness(np.zeros((2, RATE), np.float32)) is None
    assert loudness(bursts(2)[:, : RATE * 3 // 10]) is None


def test_a_long_sound_is_measured_in_little_memory() -> None:
    audio = np.tile(bursts(3), (1, 200))
    tracemalloc.start()
    measured = loudness_lufs(audio, RATE)
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert measured == pytest.approx(loudness_lufs(audio[:, : audio.shape[1] // 2], RATE), abs=0.1)
    assert audio.nbytes > 7e7
    assert peak_bytes < 4e7


def test_one_channel_measures_half_of_two_that_are_the_same() -> None:
    mono = bursts(4)[:1]
    both = loudness_lufs(np.concatenate([mono, mono]), RATE)
    assert both - loudness_lufs(mono, RATE) == pytest.approx(10 * np.log10(2), abs=1e-6)


def tones(*parts: tuple[float, float], sample_rate_hz: int = 48000) -> LoudnessMeter:
    """Return a meter that heard 1 kHz on both sides, of each level in dBFS for its seconds."""
    meter = LoudnessMeter(sample_rate_hz)
    for dbfs, seconds in parts:
        frames = np.arange(round(seconds * sample_rate_hz))
        sine = 10 ** (dbfs / 20) * np.sin(2 * np.pi * 1000 / sample_rate_hz * frames)
        meter.add(np.stack([sine, sine]).astype(np.float32))
    return meter


@pytest.mark.parametrize("rate", [44100, 48000])
@pytest.mark.parametrize("dbfs", [-23.0, -33.0])
def test_a_steady_tone_measures_the_same_on_every_time_scale(dbfs: float, rate: int) -> None:
    # EBU Tech 3341, signals 1 and 2: within 0.1 LU.
    meter = tones((dbfs, 20), sample_rate_hz=rate)
    assert meter.loudness_lufs == pytest.approx(dbfs, abs=0.1)
    assert meter.momentary_lufs()[[0, -1]] == pytest.approx(dbfs, abs=0.1)
    assert meter.short_term_lufs()[[0, -1]] == pytest.approx(dbfs, abs=0.1)


def test_quiet_parts_are_gated_out_of_the_whole() -> None:
    # EBU Tech 3341, signals 3 and 4.
    assert tones((-36, 10), (-23, 60), (-36, 10)).loudness_lufs == pytest.approx(-23, abs=0.1)
    quiet = tones((-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10))
    assert quiet.loudness_lufs == pytest.approx(-23, abs=0.1)


@pytest.mark.parametrize(("loud", "quiet", "range_lu"), [(-20, -30, 10), (-20, -15, 5)])
def test_the_range_is_what_lies_between_soft_and_loud(
    loud: float, quiet: float, range_lu: float
) -> None:
    # EBU Tech 3342, signals 1 and 2: within 1 LU.
    assert tones((loud, 20), (quiet, 20)).range_lu == pytest.approx(range_lu, abs=1)


def test_each_time_scale_begins_when_it_has_heard_enough() -> None:
    meter = tones((-23, 2.95))
    assert len(meter.momentary_lufs()) == 29 - 3
    assert len(meter.short_term_lufs()) == 0
    assert meter.range_lu is None
    silent = LoudnessMeter(RATE)
    silent.add(np.zeros((2, RATE), np.float32))
    assert np.isneginf(silent.momentary_lufs()).all()
    assert silent.range_lu is None


@pytest.mark.parametrize("block", [1000, 48000])
def test_a_peak_between_the_samples_is_found(block: int) -> None:
    # EBU Tech 3341, signal 15: at a quarter of the rate, no sample comes near the top.
    sine = 0.5 * np.sin(np.pi / 2 * np.arange(48000) + np.pi / 4)
    audio = np.stack([sine, 0 * sine]).astype(np.float32)
    meter = TruePeakMeter(48000)
    for start in range(0, audio.shape[1], block):
        meter.add(audio[:, start : start + block])
    assert np.abs(audio).max() < 0.36
    assert 20 * np.log10(meter.end()) == pytest.approx(-6, abs=0.2)
