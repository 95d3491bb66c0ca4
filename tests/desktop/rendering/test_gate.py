from dataclasses import replace

import numpy as np
import pytest

from desktop.document.song import QualityGate
from desktop.rendering.gate import inspect
from inference.arrays import Audio

RATE_HZ = 8000
OPEN = QualityGate(max_loudness_lufs=None, max_harsh_share=None)


def tone(amplitude: float = 0.3, hz: float = 440.0, dc: float = 0.0) -> Audio:
    wave = amplitude * np.sin(2 * np.pi * hz * np.arange(RATE_HZ) / RATE_HZ) + dc
    return np.tile(wave.astype(np.float32), (2, 1))


def test_a_sound_take_passes_and_says_what_it_measures() -> None:
    report = inspect(tone(), RATE_HZ, QualityGate())
    assert report.passed
    values = {measure.name: measure.value for measure in report.measures}
    assert values["true_peak_dbtp"] == pytest.approx(20 * np.log10(0.3), abs=0.1)
    assert (values["silent_share"], values["clipped_share"]) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("audio", "gate", "words"),
    [
        (tone(1.2), OPEN, "true peak"),
        (tone(0.0001), OPEN, "loudness is -"),
        (tone(), replace(OPEN, max_loudness_lufs=-40.0), "loudness is -"),
        (tone(0.0), replace(OPEN, min_loudness_lufs=None), "silence is 1 of the time, above 0.9"),
        (tone(dc=0.1), OPEN, "DC offset is 0.1 of full scale, above 0.02"),
        (tone(hz=3000.0), QualityGate(), "energy at 2.5 to 6 kHz"),
        (np.sign(tone()), replace(OPEN, max_true_peak_dbtp=None), "clipping"),
    ],
)
def test_a_flaw_is_named_with_its_value_and_limit(
    audio: Audio, gate: QualityGate, words: str
) -> None:
    assert any(failure.startswith(words) for failure in inspect(audio, RATE_HZ, gate).failures)


def test_a_limit_of_none_lets_everything_pass() -> None:
    gate = replace(OPEN, min_loudness_lufs=None, max_silent_share=None)
    assert inspect(tone(0.0), RATE_HZ, gate).passed


def test_the_loudness_of_silence_is_no_number() -> None:
    values = {m.name: m.value for m in inspect(tone(0.0), RATE_HZ, OPEN).measures}
    assert values["loudness_lufs"] is None
