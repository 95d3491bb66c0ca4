"""The quality gate: what a take measures and whether the song's settings let it pass."""

import math
from dataclasses import dataclass
from typing import Final

from desktop.document.song import Measure, QualityGate, QualityReport
from inference.arrays import Audio


@dataclass(frozen=True, slots=True)
class Limit:
    """A measure's name, the gate's field that bounds it, and the words for a failure."""

    measure: str
    bound: str
    words: str
    unit: str


LIMITS: Final = (
    Limit("true_peak_dbtp", "max_true_peak_dbtp", "true peak", "dBTP"),
    Limit("loudness_lufs", "min_loudness_lufs", "loudness", "LUFS"),
    Limit("loudness_lufs", "max_loudness_lufs", "loudness", "LUFS"),
    Limit("silent_share", "max_silent_share", "silence", "of the time"),
    Limit("dc_offset", "max_dc_offset", "DC offset", "of full scale"),
    Limit("harsh_share", "max_harsh_share", "energy at 2.5 to 6 kHz", "of all"),
    Limit("clipped_share", "max_clipped_share", "clipping", "of the samples"),
)


def inspect(audio: Audio, sample_rate_hz: int, gate: QualityGate) -> QualityReport:
    """Return what finite `audio` (channels, frames) measures and why `gate` refuses it, if so."""
    from inference.quality import measure  # noqa: PLC0415 (SciPy takes a second to import)

    found = measure(audio, sample_rate_hz)
    values = {
        "true_peak_dbtp": found.true_peak_dbtp,
        "loudness_lufs": found.loudness_lufs,
        "silent_share": found.silence_share,
        "dc_offset": found.dc,
        "harsh_share": found.harsh_share,
        "clipped_share": found.clipped_samples / audio.size,
    }
    failures = (failure(limit, values[limit.measure], gate) for limit in LIMITS)
    return QualityReport(
        tuple(Measure(name, finite(value)) for name, value in values.items()),
        tuple(words for words in failures if words),
    )


def failure(limit: Limit, value: float, gate: QualityGate) -> str:
    """Return in words how `value` breaks the gate's limit, nothing when it does not."""
    bound = getattr(gate, limit.bound)
    low = limit.bound.startswith("min_")
    if bound is None or (value >= bound if low else value <= bound):
        return ""
    side = "below" if low else "above"
    return f"{limit.words} is {value:.4g} {limit.unit}, {side} {bound:g}"


def finite(value: float) -> float | None:
    """Return `value` rounded for people, None for the -inf of silence."""
    return round(value, 6) if math.isfinite(value) else None
