"""The synth: stems have the piece's length, sound where the notes are, and do not clip."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from onnx_models.composer import INSTRUMENTS, Part, Piece, PlayedNote, compose

# The FluidSynth library is a system package, which only training needs.
synth = pytest.importorskip("onnx_models.synth", exc_type=ImportError)
RATE = 44100
FLUID = Path("/usr/share/sounds/sf2/FluidR3_GM.sf2")
needs_soundfont = pytest.mark.skipif(not FLUID.is_file(), reason="no fluid-soundfont-gm")


def _alone(instrument: str, *notes: PlayedNote, duration_s: float = 3.0) -> Piece:
    """Return a piece of one part."""
    part = Part("lead", INSTRUMENTS[instrument].program, instrument, notes)
    return replace(compose(1, duration_s), parts=(part,))


@needs_soundfont
@pytest.mark.parametrize("seed", [2, 3, 4])
def test_stems_have_the_exact_length_and_all_sound(seed: int) -> None:
    piece = compose(seed, 7.77)
    stems = synth.render_stems(piece, FLUID)
    assert len(stems) == len(piece.parts)
    for stem in stems:
        assert stem.shape == (2, round(7.77 * RATE))
        assert stem.dtype == np.float32
        assert np.isfinite(stem).all()
        assert 1e-3 < np.sqrt(np.mean(stem**2)) < 0.5


@needs_soundfont
@pytest.mark.parametrize("seed", [5, 6])
def test_the_mix_peaks_between_minus_3_and_minus_1_db(seed: int) -> None:
    peak = np.abs(np.sum(synth.render_stems(compose(seed, 6.0), FLUID), axis=0)).max()
    assert -3.01 <= 20 * np.log10(peak) <= -0.99


@needs_soundfont
@pytest.mark.parametrize("instrument", ["acoustic_grand_piano", "marimba", "nylon_guitar"])
def test_sound_begins_within_seven_milliseconds_of_the_note(instrument: str) -> None:
    starts = [0.25, 0.9, 1.7031]
    piece = _alone(instrument, *(PlayedNote(s, 0.2, 67 + i, 90) for i, s in enumerate(starts)))
    (stem,) = synth.render_stems(piece, FLUID)
    energy = np.convolve(stem.sum(axis=0) ** 2, np.ones(64), "same")
    for start in starts:
        at = round(start * RATE)
        before, after = energy[at - 800 : at - 100].max(), energy[at : at + 3000].max()
        rises = at - 100 + np.argmax(energy[at - 100 :] > before + 0.02 * (after - before))
        assert -0.002 < rises / RATE - start < 0.007


@needs_soundfont
def test_the_pitch_is_the_notes() -> None:
    (stem,) = synth.render_stems(_alone("flute", PlayedNote(0.2, 2.5, 69, 90)), FLUID)
    part = stem.mean(axis=0)[RATE : 2 * RATE] * np.hanning(RATE)
    assert np.argmax(np.abs(np.fft.rfft(part))) == pytest.approx(440, abs=4)


@needs_soundfont
def test_nothing_of_the_part_before_is_left_in_the_next() -> None:
    loud = _alone("church_organ", PlayedNote(0.0, 3.0, 48, 127))
    late = _alone("flute", PlayedNote(2.0, 0.5, 72, 90))
    synth.render_stems(loud, FLUID)
    (stem,) = synth.render_stems(late, FLUID)
    assert np.abs(stem[:, : round(1.9 * RATE)]).max() < 1e-5


@needs_soundfont
def test_a_piece_sounds_the_same_again() -> None:
    piece = compose(12, 5.0)
    first = synth.render_stems(piece, FLUID)
    synth.render_stems(compose(13, 3.0), FLUID)
    for one, other in zip(first, synth.render_stems(piece, FLUID), strict=True):
        error = np.sqrt(np.mean((one - other) ** 2) / np.mean(one**2))
        assert error < 1e-3  # FluidSynth leaves single samples that differ


@needs_soundfont
def test_the_mix_is_the_sum_of_the_roles() -> None:
    piece = next(p for p in (compose(s, 3.0) for s in range(99)) if len(p.parts) > 4)
    stems = synth.render_stems(piece, FLUID)
    roles = [synth.role_stem(piece, stems, role) for role in ("lead", "harmony", "bass", "drums")]
    np.testing.assert_allclose(sum(roles), synth.role_stem(piece, stems, "mix"), atol=1e-6)


@needs_soundfont
def test_panning_moves_the_level_to_its_side() -> None:
    piece = _alone("flute", PlayedNote(0.0, 2.0, 72, 90))
    left = replace(piece, parts=(replace(piece.parts[0], pan=-0.8),))
    (stem,) = synth.render_stems(left, FLUID)
    assert np.std(stem[0]) > 2 * np.std(stem[1])


@needs_soundfont
@pytest.mark.parametrize("effect", ["reverb", "chorus", "drive", "brightness_db"])
def test_effects_are_heard_and_keep_the_length(effect: str) -> None:
    piece = _alone("electric_piano", PlayedNote(0.1, 1.0, 60, 90), PlayedNote(0.6, 1.0, 64, 90))
    wet_part: Part = replace(piece.parts[0], **{effect: 0.8})  # type: ignore[arg-type]
    wet = replace(piece, parts=(wet_part,))
    (dry_stem,), (wet_stem,) = synth.render_stems(piece, FLUID), synth.render_stems(wet, FLUID)
    assert dry_stem.shape == wet_stem.shape
    assert np.sqrt(np.mean((dry_stem - wet_stem) ** 2) / np.mean(dry_stem**2)) > 0.02


def test_a_named_soundfont_that_is_missing_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(synth.VARIABLE, "/nowhere/band.sf2")
    with pytest.raises(synth.MissingSoundFontError, match=r"/nowhere/band\.sf2"):
        synth.soundfonts()


def test_without_any_soundfont_the_error_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(synth.VARIABLE, raising=False)
    monkeypatch.setattr(synth, "STANDARD_PLACES", ())
    with pytest.raises(synth.MissingSoundFontError, match="fluid-soundfont-gm"):
        synth.soundfonts()


def test_soundfonts_are_those_of_the_variable(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    font = tmp_path / "mine.sf2"
    font.write_bytes(b"RIFF")
    monkeypatch.setenv(synth.VARIABLE, str(font))
    assert synth.soundfonts() == (font,)


def test_a_file_that_is_no_soundfont_is_an_error_without_noise(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    font = tmp_path / "broken.sf2"
    font.write_bytes(b"not a SoundFont")
    with pytest.raises(ValueError, match=r"broken\.sf2"):
        synth.render_stems(compose(1, 3.0), font)
    assert capfd.readouterr().err == ""
