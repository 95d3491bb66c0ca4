"""Names of pitches; middle C, 60, is C4."""

from typing import Final

import numpy as np

NAMES: Final = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
BLACK: Final = np.array(["#" in name for name in NAMES])


def pitch_name(pitch: int) -> str:
    """Return the name, as C4 for 60."""
    return f"{NAMES[pitch % 12]}{pitch // 12 - 1}"
