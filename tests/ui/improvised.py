"""Takes whose notes were improvised."""

import json
from collections.abc import Sequence

from desktop.document.song import Take
from desktop.rendering.packs import DEFAULT_PACK

RATE_HZ = 8000
Improvised = Sequence[tuple[float, float, int, int]]  # start and length in s, pitch, velocity


def improvised_take(
    number: int, notes: Improvised = (), drums: Improvised = (), *, length_s: float = 4.0
) -> Take:
    """Return a take with such notes in its recipe."""
    asked = {"prompt": "warm flute", "role": "lead", "pack_id": DEFAULT_PACK}
    made = {"requests": [asked], "sample_rate_hz": RATE_HZ, "seed": number}
    written = {"improvised_notes": notes, "improvised_drums": drums}
    recipe = json.dumps(made | {name: found for name, found in written.items() if found})
    frames = round(length_s * RATE_HZ)
    return Take(f"take{number}", f"{number:064x}", "flac", frames, RATE_HZ, "2026", recipe)
