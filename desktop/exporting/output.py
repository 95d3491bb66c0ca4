"""A file of audio on its way out, what it measures, and what its owner should know."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop.exporting.plan import Kind, PlannedFile
from desktop.exporting.writers import Writer
from desktop.mixing.levels import PeakMeter
from inference.arrays import Audio
from inference.loudness import LoudnessMeter


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file that the export wrote; MIDI has neither frames nor levels, only a mix has loudness.

    The levels are those before any clipping, None for silence. `warnings` are sentences.
    """

    path: Path
    kind: Kind
    title: str
    frames: int | None = None
    sample_rate_hz: int | None = None
    peak_dbfs: float | None = None
    loudness_lufs: float | None = None
    warnings: tuple[str, ...] = ()


class AudioOutput:
    """Writes one file of audio and measures it on the way."""

    def __init__(self, file: PlannedFile, writer: Writer, sample_rate_hz: int) -> None:
        self.file = file
        self._writer = writer
        self._sample_rate_hz = sample_rate_hz
        self._frames = 0
        self._peak = PeakMeter()
        self._loudness = LoudnessMeter(sample_rate_hz) if file.kind == "mix" else None

    def write(self, audio: Audio) -> None:
        """Append `audio` (2, frames)."""
        self._frames += audio.shape[1]
        self._peak.add(audio)
        if self._loudness is not None:
            self._loudness.add(audio)
        self._writer.write(audio)

    def close(self) -> None:
        """Finish the file."""
        self._writer.close()

    def written(self, folder: Path) -> WrittenFile:
        """Return what was written to `folder`."""
        return WrittenFile(
            folder / self.file.name,
            self.file.kind,
            self.file.title,
            self._frames,
            self._sample_rate_hz,
            self._peak.peak_dbfs,
            self._loudness.loudness_lufs if self._loudness else None,
            tuple(self._warnings()),
        )

    def _warnings(self) -> Iterator[str]:
        peak_dbfs = self._peak.peak_dbfs
        if peak_dbfs is None:
            yield "it is silent from start to end"
        elif clipped := self._writer.clipped_samples:
            yield (
                f"{clipped} samples are clipped, the peak was {peak_dbfs:+.2f} dBFS; "
                "lower the tracks, or export 32-bit floats"
            )
        elif peak_dbfs > 0.0:
            yield f"its peak is {peak_dbfs:+.2f} dBFS and will clip where it is played; lower it"
