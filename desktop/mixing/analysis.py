"""What an excerpt of a song measures: spectrum, loudness, peaks of the sound that is exported."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.mixing.excerpt import Excerpt
from desktop.mixing.levels import PeakMeter, amplitude_to_db
from desktop.mixing.spectrum import Spectrum, SpectrumMeter
from desktop.mixing.stems import OpenTake, mixed, open_stems, spans
from inference.arrays import Audio, Floats
from inference.errors import Cancelled
from inference.loudness import LoudnessMeter, TruePeakMeter
from inference.progress import CancelToken


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """What an excerpt measures; levels of silence are None.

    `momentary_lufs` are at 0.4 s, 0.5 s, ... from the excerpt's start, of the 0.4 s before;
    `short_term_lufs` at 3 s, 3.1 s, ..., of the 3 s before.
    """

    duration_s: float
    spectrum: Spectrum
    momentary_lufs: Floats
    short_term_lufs: Floats
    loudness_lufs: float | None
    range_lu: float | None
    true_peak_dbtp: float | None
    peak_dbfs: float | None

    @property
    def is_silent(self) -> bool:
        """Return whether every sample is zero."""
        return self.peak_dbfs is None


class _Meters:
    def __init__(self, sample_rate_hz: int, frames: int) -> None:
        self._duration_s = frames / sample_rate_hz
        self._spectrum = SpectrumMeter(sample_rate_hz, frames)
        self._loudness = LoudnessMeter(sample_rate_hz)
        self._true_peak = TruePeakMeter(sample_rate_hz)
        self._peak = PeakMeter()

    def add(self, audio: Audio) -> None:
        for meter in (self._spectrum, self._loudness, self._true_peak, self._peak):
            meter.add(audio)

    def end(self) -> Analysis:
        return Analysis(
            self._duration_s,
            self._spectrum.end(),
            self._loudness.momentary_lufs(),
            self._loudness.short_term_lufs(),
            self._loudness.loudness_lufs,
            self._loudness.range_lu,
            amplitude_to_db(self._true_peak.end()),
            self._peak.peak_dbfs,
        )


def analyse(
    excerpt: Excerpt,
    open_take: OpenTake,
    *,
    on_progress: Callable[[float], None] = lambda _share: None,
    cancel: CancelToken | None = None,
) -> Analysis:
    """Return what `excerpt` measures; `open_take` is the take pool's `open`.

    Raises MixError, what opening a take raises, or Cancelled.
    """
    first, end = excerpt.frames
    rate = excerpt.song.settings.sample_rate_hz
    meters = _Meters(rate, end - first)
    with open_stems(excerpt.song, rate, open_take) as stems:
        for at, frames in spans(first, end):
            if cancel is not None and cancel.cancelled:
                raise Cancelled("the analysis was cancelled")
            meters.add(mixed((stem.read(at, frames) for stem in stems), frames))
            on_progress((at + frames - first) / (end - first))
    return meters.end()
