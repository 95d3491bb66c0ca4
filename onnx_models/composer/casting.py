"""Parts given to other instruments than the composer chose."""

from dataclasses import replace

from numpy.random import Generator

from onnx_models.composer.instruments import INSTRUMENTS, Instrument
from onnx_models.composer.piece import Part


def able(part: Part) -> list[Instrument]:
    """Return the instruments whose usual range holds the part's notes; none for drums."""
    pitches = [note.pitch for note in part.notes]
    if part.role == "drums" or not pitches:
        return []
    low, high = min(pitches), max(pitches)
    return [i for i in INSTRUMENTS.values() if i.low <= low and high <= i.high]


def recast(part: Part, rng: Generator) -> Part:
    """Return the part on any instrument that is able; itself where none is."""
    choice = able(part)
    if not choice:
        return part
    chosen = choice[rng.integers(len(choice))]
    return replace(part, instrument=chosen.key, program=chosen.program)
