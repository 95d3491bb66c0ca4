"""What is asked of a pack: songs that training never drew, role by role."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from inference.conditioning import even_beats
from inference.request import BeatPoint, Note, RenderRequest
from onnx_models.captions import Language, caption
from onnx_models.composer import INSTRUMENTS, KITS, Part, Piece, compose
from onnx_models.synth import render_stems

Floats = NDArray[np.float32]

FIRST_SEED: Final = 1_000_000_000  # training draws below it
ROLES: Final = ("lead", "harmony", "bass", "drums", "mix")


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One thing to ask for, and how a sampled instrument plays it.

    `notes`, which the render is searched for, and the `drum_notes` of a mix have columns as in
    `Note`; a mix has no one `instrument`.
    """

    seed: int
    role: str
    notes: NDArray[np.float64]
    drum_notes: NDArray[np.float64]
    beat_s: tuple[float, ...]
    beats: tuple[BeatPoint, ...]
    prompts: dict[Language, str]
    instrument: str | None
    reference: Floats

    def request(self, pack_id: str, seed: int, language: Language) -> RenderRequest:
        """Return the request for a pack."""
        return RenderRequest(
            pack_id=pack_id, frames=self.reference.shape[1], prompt=self.prompts[language],
            role=self.role, notes=as_notes(self.notes), drum_notes=as_notes(self.drum_notes),
            beats=self.beats, seed=seed,
        )  # fmt: skip


def as_notes(table: NDArray[np.float64]) -> tuple[Note, ...]:
    """Return the rows of `table`, (notes, 4) as in `Note`."""
    return tuple(Note(s, d, int(p), int(v)) for s, d, p, v in table.tolist())


def make_cases(
    seed: int, duration_s: float, soundfont: Path, rate_hz: int, roles: Sequence[str]
) -> list[Case]:
    """Return a case for each of `roles` that the song of `seed` has."""
    piece = compose(seed, duration_s)
    stems = render_stems(piece, soundfont, rate_hz)
    cases = []
    for role in roles:
        index = next((i for i, part in enumerate(piece.parts) if part.role == role), None)
        if role == "mix":
            mix = np.asarray(np.sum(stems, axis=0), np.float32)
            cases.append(_case(piece, piece.parts, role, mix))
        elif index is not None:
            cases.append(_case(piece, [piece.parts[index]], role, stems[index]))
    return [case for case in cases if len(case.notes)]


def _case(piece: Piece, parts: Sequence[Part], role: str, reference: Floats) -> Case:
    beaten = [part for part in parts if role == "mix" and part.role == "drums"]
    named = replace(piece, parts=tuple(parts)) if role != "mix" else piece
    return Case(
        seed=piece.seed,
        role=role,
        notes=note_table([part for part in parts if part not in beaten], piece.duration_s),
        drum_notes=note_table(beaten, piece.duration_s),
        beat_s=piece.beat_times_s,
        beats=even_beats(piece.bpm, piece.numerator * 4 / piece.denominator, piece.duration_s),
        prompts={"en": prompt(named, role, "en"), "zh": prompt(named, role, "zh")},
        instrument=parts[0].instrument if role != "mix" else None,
        reference=reference,
    )


def note_table(parts: Sequence[Part], end_s: float) -> NDArray[np.float64]:
    """Return the parts' notes that begin before `end_s`, (notes, 4) as in `Note`, in order."""
    notes = sorted(
        (n.start_s, n.duration_s, n.pitch, n.velocity)
        for part in parts
        for n in part.notes
        if n.start_s < end_s - 0.05
    )
    return np.array(notes, np.float64).reshape(-1, 4)


def prompt(piece: Piece, role: str, language: Language) -> str:
    """Return a caption of the piece's `role`; of a single part, one that names its instrument."""
    text = caption(piece, role, np.random.default_rng((piece.seed, 7)), language)
    if role == "mix":
        return text
    part = piece.parts[0]
    entry = (KITS if role == "drums" else INSTRUMENTS)[part.instrument]
    names = entry.english if language == "en" else entry.chinese
    if any(name.lower() in text.lower() for name in names):
        return text
    return f"{names[0]}, {text}" if language == "en" else f"{names[0]}，{text}"
