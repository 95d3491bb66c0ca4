"""Chroma, timing, distance, Griffin-Lim and pictures, on sounds whose answer is known."""

from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.transcription.timing import asked_on_beat, attack_s, beat_timing, energy_onsets
from onnx_models.evaluation.chroma import chroma_cosine
from onnx_models.evaluation.distance import kernel_audio_distance, spectral_distance
from onnx_models.evaluation.griffin_lim import griffin_lim, linear_magnitude
from onnx_models.evaluation.pictures import draw_pair
from onnx_models.networks.latents import HOP, N_FFT, SAMPLE_RATE_HZ, mel_weights

RATE_HZ = 22050


def tone(pitch: int, duration_s: float, rate_hz: int = RATE_HZ) -> np.ndarray:
    time_s = np.arange(round(duration_s * rate_hz)) / rate_hz
    wave = 0.3 * np.sin(2 * np.pi * 440 * 2 ** ((pitch - 69) / 12) * time_s)
    return np.stack([wave, wave]).astype(np.float32)


def scale(pitches: list[int]) -> np.ndarray:
    return np.concatenate([tone(pitch, 0.8) for pitch in pitches], axis=1)


def notes_of(pitches: list[int]) -> np.ndarray:
    return np.array([(0.8 * n, 0.8, pitch, 100) for n, pitch in enumerate(pitches)], float)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(45, 84), min_size=2, max_size=4))
def test_chroma_is_near_one_for_the_notes_asked_for(pitches: list[int]) -> None:
    assert chroma_cosine(notes_of(pitches), scale(pitches), RATE_HZ) > 0.9


def test_chroma_is_near_zero_for_other_pitch_classes_and_ignores_octaves() -> None:
    asked = notes_of([60, 64, 67])
    assert chroma_cosine(asked, scale([62, 66, 69]), RATE_HZ) < 0.1
    assert chroma_cosine(asked, scale([72, 52, 67]), RATE_HZ) > 0.9


def test_chroma_of_silence_is_zero_and_of_no_notes_unknown() -> None:
    assert chroma_cosine(notes_of([60]), np.zeros((2, RATE_HZ), np.float32), RATE_HZ) == 0
    assert np.isnan(chroma_cosine(np.zeros((0, 4)), tone(60, 1), RATE_HZ))


def clicks(times_s: np.ndarray, rate_hz: int) -> np.ndarray:
    """Return decaying noise bursts at `times_s`."""
    rng, length = np.random.default_rng(3), round(0.1 * rate_hz)
    audio = np.zeros((2, round((times_s.max() + 1) * rate_hz)), np.float32)
    for time_s in times_s:
        at = round(time_s * rate_hz)
        fading = np.exp(-np.arange(length) / (0.02 * rate_hz))
        audio[:, at : at + length] += 0.3 * rng.standard_normal(length) * fading
    return audio


@pytest.mark.parametrize("rate_hz", [22050, 44100, 48000])
def test_strokes_are_found_within_four_milliseconds(rate_hz: int) -> None:
    times_s = 0.2 + np.arange(12) * 0.3137
    heard = energy_onsets(clicks(times_s, rate_hz), rate_hz)
    assert len(heard) == len(times_s)
    assert np.abs(heard - times_s).max() < 0.004


def test_silence_has_no_onsets() -> None:
    assert len(energy_onsets(np.zeros((2, 44100), np.float32), 44100)) == 0


def test_late_beats_and_a_wrong_tempo_are_measured() -> None:
    asked = np.arange(16) * 0.5
    late = beat_timing(asked, asked + 0.03)
    assert late.offset_ms == pytest.approx(30)
    assert late.close_share == 0
    assert late.tempo_error_percent == pytest.approx(0, abs=1e-6)
    assert beat_timing(asked, asked * 1.005).tempo_error_percent == pytest.approx(0.5)
    assert beat_timing(asked, asked).close_share == 1


def test_beats_without_a_note_are_not_asked_for() -> None:
    assert asked_on_beat([0.01, 0.26, 1.0], [0.0, 0.5, 1.0, 1.5]).tolist() == [0.01, 1.0]


def test_a_slow_attack_is_not_a_late_player() -> None:
    asked = np.arange(8) * 0.5
    assert attack_s(asked, asked + 0.05) == pytest.approx(0.05)
    assert attack_s(asked, []) == 0


def test_nothing_heard_keeps_no_beat() -> None:
    assert beat_timing(np.arange(8.0), []).close_share == 0


def test_kad_is_about_zero_within_a_distribution_and_grows_with_the_shift() -> None:
    rng = np.random.default_rng(0)
    one, two = (rng.standard_normal((200, 16)).astype(np.float32) for _ in range(2))
    near, far = kernel_audio_distance(one, two + 0.3), kernel_audio_distance(one, two + 1)
    assert abs(kernel_audio_distance(one, two)) < 3
    assert 3 < near < far


def test_kad_is_the_unbiased_estimate_written_out() -> None:
    rng = np.random.default_rng(1)
    x, y = rng.standard_normal((5, 3)), rng.standard_normal((4, 3)) + 1
    apart = [np.linalg.norm(x[i] - x[j]) for i in range(5) for j in range(i)]
    width = np.median(apart)

    def k(a: np.ndarray, b: np.ndarray) -> float:
        return float(np.exp(-np.sum((a - b) ** 2) / (2 * width**2)))

    within_x = np.mean([k(x[i], x[j]) for i in range(5) for j in range(5) if i != j])
    within_y = np.mean([k(y[i], y[j]) for i in range(4) for j in range(4) if i != j])
    across = np.mean([k(a, b) for a in x for b in y])
    expected = 1000 * (within_x + within_y - 2 * across)
    assert kernel_audio_distance(x, y) == pytest.approx(expected)


def test_kad_of_one_sound_is_refused() -> None:
    with pytest.raises(ValueError, match="two embeddings"):
        kernel_audio_distance(np.zeros((1, 2), np.float32), np.zeros((5, 2), np.float32))


def spectrum(audio: torch.Tensor) -> torch.Tensor:
    window = torch.hann_window(N_FFT)
    return torch.stft(audio, N_FFT, HOP, window=window, return_complex=True).abs()


def test_griffin_lim_finds_sound_with_these_magnitudes() -> None:
    wave = torch.from_numpy(tone(57, 1.0, SAMPLE_RATE_HZ)[:1] + tone(64, 1.0, SAMPLE_RATE_HZ)[:1])
    wanted = spectrum(wave)[..., :-1]
    found = spectrum(griffin_lim(wanted, rounds=32))[..., : wanted.shape[2]]
    assert torch.linalg.norm(found - wanted) < 0.15 * torch.linalg.norm(wanted)


def test_linear_magnitudes_have_the_mel_bands_they_came_from() -> None:
    bank = torch.from_numpy(mel_weights(np.arange(N_FFT // 2 + 1) * SAMPLE_RATE_HZ / N_FFT))
    true = torch.rand(1025, 4, generator=torch.Generator().manual_seed(0))
    mel = bank @ true
    found = linear_magnitude(mel)
    assert (found >= 0).all()
    assert torch.linalg.norm(bank @ found - mel) < 0.02 * torch.linalg.norm(mel)


def test_a_picture_is_written(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "pair.png"
    draw_pair(tone(60, 0.5), tone(62, 0.5), RATE_HZ, path, "pair")
    assert path.read_bytes().startswith(b"\x89PNG")


def test_a_sound_is_at_no_spectral_distance_from_itself_at_any_phase() -> None:
    sound = scale([60, 64])
    assert spectral_distance(sound, sound) == 0
    assert spectral_distance(sound, -sound) == 0


@settings(max_examples=10, deadline=None)
@given(st.integers(48, 72), st.integers(3, 12))
def test_another_pitch_is_further_than_another_level(pitch: int, away: int) -> None:
    sound = tone(pitch, 0.5)
    louder = spectral_distance(sound, sound * np.float32(1.1))
    assert 0 < louder < spectral_distance(sound, tone(pitch + away, 0.5))


def test_sounds_of_other_lengths_are_not_compared() -> None:
    with pytest.raises(ValueError, match="shapes must be equal"):
        spectral_distance(tone(60, 0.5), tone(60, 0.6))
