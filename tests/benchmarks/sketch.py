"""The render that the benchmarks of speed measure."""

from typing import Final

from desktop.rendering.packs import DEFAULT_PACK, bundled_folder
from inference.request import BeatPoint, Note, RenderRequest

PACK: Final = bundled_folder() / DEFAULT_PACK
THREADS: Final = 2
SPAN_S: Final = 30
RATE_HZ: Final = 44100
NOTES_A_SECOND: Final = 4


def request(span_s: float = SPAN_S) -> RenderRequest:
    """Return a lead with a prompt, a note every quarter of a second and a beat grid."""
    step_s = 1 / NOTES_A_SECOND
    notes = (Note(n * step_s, 0.2, 60 + n * 5 % 12, 90) for n in range(int(span_s / step_s)))
    beats = (BeatPoint(0, 0, 0), BeatPoint(span_s, 2 * span_s, span_s / 2))
    return RenderRequest(
        pack_id=PACK.name,
        frames=round(span_s * RATE_HZ),
        prompt="bright piano, calm and warm",
        role="lead",
        notes=tuple(notes),
        beats=beats,
    )
