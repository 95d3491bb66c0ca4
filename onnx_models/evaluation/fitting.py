"""Does a bass or harmony that is left free fit the music it listens to?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from inference.request import RenderRequest
from inference.transcription.transcribe import transcribe
from onnx_models.composer import Piece, compose
from onnx_models.composer.theory import SCALES
from onnx_models.evaluation.songs import Case, make_cases
from onnx_models.synth import render_stems

Floats = NDArray[np.float32]

FITTED_ROLES: Final = ("bass", "harmony")


@dataclass(frozen=True, slots=True, eq=False)
class Accompaniment:
    """A part that is to be invented: the case it stands for, its song, and all else that sounds."""

    case: Case
    piece: Piece
    context: Floats

    def request(self, pack_id: str, seed: int) -> RenderRequest:
        """Return the request: no notes, but the context."""
        asked = self.case.request(pack_id, seed, "en")
        return replace(asked, notes=None, drum_notes=(), context_audio=self.context)


def accompaniments(
    seed: int, duration_s: float, soundfont: Path, rate_hz: int
) -> Iterator[Accompaniment]:
    """Yield what of the song of `seed` can be left out, each with the rest."""
    piece = compose(seed, duration_s)
    stems = render_stems(piece, soundfont, rate_hz)
    mix = np.asarray(np.sum(stems, axis=0), np.float32)
    for case in make_cases(seed, duration_s, soundfont, rate_hz, FITTED_ROLES):
        index = next(i for i, part in enumerate(piece.parts) if part.role == case.role)
        yield Accompaniment(case, piece, mix - stems[index])


def fitting_share(heard: Sequence[tuple[float, int]], piece: Piece) -> float:
    """Return the share of notes (start_s, pitch) in the sounding chord or the scale."""
    scale = {(piece.key + step) % 12 for step in SCALES[piece.mode]}
    fitting = []
    for start_s, pitch in heard:
        chord = next((c for c in piece.chords if c.start_s <= start_s < c.end_s), None)
        fitting.append(pitch % 12 in scale.union(chord.pitch_classes if chord else ()))
    return float(np.mean(fitting)) if fitting else float("nan")


def notes_heard(audio: Floats, rate_hz: int) -> list[tuple[float, int]]:
    """Return (start_s, pitch) of the notes in `audio` (channels, frames)."""
    notes = transcribe(audio, rate_hz)
    return list(zip(notes.start_s.tolist(), notes.pitch.tolist(), strict=True))


def stranger(pieces: Sequence[Piece], piece: Piece) -> Piece:
    """Return the next of `pieces` in a key whose scale shares fewest notes with that of `piece`."""

    def shared(other: Piece) -> int:
        one, two = ({(p.key + step) % 12 for step in SCALES[p.mode]} for p in (piece, other))
        return len(one & two)

    return min((p for p in pieces if p is not piece), key=shared, default=piece)
