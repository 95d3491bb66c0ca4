import numpy as np
import numpy.typing as npt
import pytest

from inference.quality import QualityLimits, QualityReport, gate, measure

RATE_HZ = 44100


def sine(hz: float, amplitude: float = 0.5, seconds: float = 2.0) -> npt.NDArray[np.float32]:
    wave = amplitude * np.sin(2 * np.pi * hz * np.arange(round(seconds * RATE_HZ)) / RATE_HZ)
    return np.stack([wave, wave]).astype(np.float32)


def test_a_sine_measures_as_the_standard_says() -> None:
    report = measure(sine(997, 1.0, 5.0), RATE_HZ)  # BS.1770: 0 dBFS at 997 Hz in both channels
    assert report.loudness_lufs == pytest.approx(-0.0, abs=0.1)
    assert report.true_peak_dbtp == pytest.approx(0.0, abs=0.1)
    assert report.silence_share == 0
    assert report.harsh_share < 1e-3


def test_the_true_peak_lies_between_the_samples() -> None:
    phase = np.arange(RATE_HZ) * np.pi / 2 + np.pi / 4
    wave = np.sin(phase).astype(np.float32)  # a quarter of the rate: no sample meets the crest
    report = measure(np.stack([wave, wave]), RATE_HZ)
    assert np.abs(wave).max() < 0.71
    assert report.true_peak_dbtp == pytest.approx(0.0, abs=0.2)


def test_silence_is_all_silent_and_has_no_loudness() -> None:
    report = measure(np.zeros((2, 5000), np.float32), RATE_HZ)
    assert report == QualityReport(-np.inf, -np.inf, 1.0, 0.0, 0.0, 0)


def test_half_silence_is_half_silent() -> None:
    audio = sine(440)
    audio[:, :RATE_HZ] = 0
    assert measure(audio, RATE_HZ).silence_share == pytest.approx(0.5, abs=0.02)


def test_a_piece_shorter_than_a_loudness_block_is_measured() -> None:
    assert measure(sine(997, 1.0, 0.05), RATE_HZ).loudness_lufs == pytest.approx(0, abs=0.5)
    assert np.isfinite(measure(np.full((2, 1), 0.5, np.float32), RATE_HZ).dc)


def test_dc_clipping_and_harshness_are_seen() -> None:
    assert measure(sine(440) + np.float32(0.1), RATE_HZ).dc == pytest.approx(0.1, abs=1e-3)
    assert measure(np.clip(sine(440, 2.0), -1, 1), RATE_HZ).clipped_samples > 1000
    assert measure(sine(4000), RATE_HZ).harsh_share > 0.99


def test_a_good_take_passes() -> None:
    assert gate(measure(sine(440), RATE_HZ), QualityLimits()) == []


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("true_peak_dbtp", 3.0, "true peak is 3 dBTP, above 1"),
        ("loudness_lufs", -80.0, "loudness is -80 LUFS, below -50"),
        ("silence_share", 1.0, "silence"),
        ("dc", 0.5, "DC offset"),
        ("harsh_share", 0.9, "2.5 to 6 kHz"),
        ("clipped_samples", 5000, "clipping is 5000 samples"),
    ],
)
def test_a_bad_measure_is_a_reason(field: str, value: float, said: str) -> None:
    good = {"true_peak_dbtp": -1.0, "loudness_lufs": -14.0, "silence_share": 0.0}
    good |= {"dc": 0.0, "harsh_share": 0.1, "clipped_samples": 0}
    (reason,) = gate(QualityReport(**(good | {field: value})), QualityLimits())  # type: ignore[arg-type]
    assert said in reason


def test_limits_of_none_let_everything_pass() -> None:
    limits = QualityLimits(None, None, None, None, None, None)
    assert gate(QualityReport(9, -99, 1, 1, 1, 9999), limits) == []
