"""Parts on other instruments: the notes stay, and the instrument is one that can play them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onnx_models.composer import INSTRUMENTS, compose
from onnx_models.composer.casting import able, recast
from onnx_models.training.songs import recastings

SEEDS = st.integers(0, 2**20)


@given(SEEDS)
def test_a_recast_part_plays_the_same_notes_within_its_instruments_range(seed: int) -> None:
    for part in compose(seed, 6.0).parts:
        other = recast(part, np.random.default_rng(seed))
        assert other.notes == part.notes
        if able(part):
            instrument = INSTRUMENTS[other.instrument]
            assert other.program == instrument.program
            assert all(instrument.low <= note.pitch <= instrument.high for note in part.notes)


@given(SEEDS)
def test_drums_stay_drums(seed: int) -> None:
    for part in compose(seed, 6.0).parts_of("drums"):
        assert recast(part, np.random.default_rng(seed)) == part


@given(SEEDS)
def test_each_recasting_differs_from_its_part_in_the_instrument_alone(seed: int) -> None:
    piece = compose(seed, 6.0)
    for index, other in recastings(piece):
        assert other.notes == piece.parts[index].notes
        assert other.role == piece.parts[index].role
        assert other.instrument != piece.parts[index].instrument
