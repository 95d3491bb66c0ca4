"""What fits a song's chords and scale, and the prompts in free wording."""

import math

import numpy as np
import pytest

from onnx_models.composer import INSTRUMENTS, compose
from onnx_models.composer.theory import SCALES
from onnx_models.evaluation.fitting import accompaniments, fitting_share, stranger
from onnx_models.evaluation.songs import FIRST_SEED
from onnx_models.evaluation.wordings import wordings
from onnx_models.synth import soundfonts

PIECE = compose(FIRST_SEED + 10, 6.0)


def test_notes_of_the_scale_fit_and_others_do_not_but_in_their_chord() -> None:
    scale = {(PIECE.key + step) % 12 for step in SCALES[PIECE.mode]}
    chord = PIECE.chords[0]
    foreign = next(p for p in range(12) if p not in scale.union(chord.pitch_classes))
    assert fitting_share([(0.0, 48 + PIECE.key)], PIECE) == 1
    assert fitting_share([(0.0, 48 + PIECE.key), (0.0, 48 + foreign)], PIECE) == 0.5
    assert all(fitting_share([(chord.start_s, 60 + p)], PIECE) == 1 for p in chord.pitch_classes)


def test_of_no_notes_nothing_can_be_said() -> None:
    assert math.isnan(fitting_share([], PIECE))


def test_a_stranger_shares_few_notes() -> None:
    pieces = [compose(FIRST_SEED + n, 4.0) for n in range(8)]
    other = stranger(pieces, pieces[0])
    assert other is not pieces[0]
    one, two = ({(p.key + s) % 12 for s in SCALES[p.mode]} for p in (pieces[0], other))
    assert len(one & two) <= 6


def test_a_free_part_hears_all_but_itself() -> None:
    for free in accompaniments(FIRST_SEED + 10, 4.0, soundfonts()[0], 44100):
        request = free.request("mini", 0)
        assert request.notes is None
        assert request.context_audio is not None
        mix = request.context_audio + free.case.reference
        assert np.abs(mix).max() <= 1
        assert not np.allclose(mix, free.case.reference)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_free_wording_asks_for_instruments_that_there_are(language: str) -> None:
    found = list(wordings((language,)))  # type: ignore[arg-type]
    assert len(found) > 50
    for wording in found:
        assert set(wording.instruments) <= set(INSTRUMENTS)
        instrument = INSTRUMENTS[wording.instruments[0]]
        request = wording.request("mini", 44100, 0)
        assert request.notes
        assert all(instrument.low <= note.pitch <= instrument.high for note in request.notes)
