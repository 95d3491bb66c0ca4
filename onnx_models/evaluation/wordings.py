"""Prompts as people write them, in neither the captions' words nor their order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from inference.request import Note, RenderRequest
from onnx_models.captions import Language
from onnx_models.composer import INSTRUMENTS

TABLE: Final = Path(__file__).with_name("wordings.tsv")
TUNE: Final = (0, 4, 7, 12, 9, 7, 5, 4, 2, 4, 5, 7)  # semitones over the lowest note
STEP_S: Final = 0.35
LEAD_IN_S: Final = 0.1


@dataclass(frozen=True, slots=True)
class Wording:
    """A prompt, and the instruments of which any one is right."""

    language: Language
    instruments: tuple[str, ...]
    prompt: str

    def request(self, pack_id: str, rate_hz: int, seed: int) -> RenderRequest:
        """Return the request of a short tune in the middle of the first instrument's range."""
        instrument = INSTRUMENTS[self.instruments[0]]
        lowest = (instrument.low + instrument.high) // 2 - max(TUNE) // 2
        notes = tuple(
            Note(LEAD_IN_S + STEP_S * place, 0.9 * STEP_S, lowest + step, 92)
            for place, step in enumerate(TUNE)
        )
        frames = round((LEAD_IN_S + STEP_S * (len(TUNE) + 1)) * rate_hz)
        return RenderRequest(
            pack_id=pack_id, frames=frames, prompt=self.prompt, role="lead", notes=notes, seed=seed
        )


def wordings(languages: Sequence[Language] = ("en", "zh")) -> Iterator[Wording]:
    """Yield the table's prompts in `languages`."""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            language, instruments, prompt = line.split("\t")
            if language in languages:
                yield Wording(language, tuple(instruments.split("|")), prompt)  # type: ignore[arg-type]
