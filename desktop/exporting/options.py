"""What to export and how."""

from dataclasses import dataclass
from typing import Final, Literal

from desktop.document.song import Song
from desktop.document.time import Tick
from desktop.exporting.errors import ExportError

FileFormat = Literal["wav", "flac"]
Bits = Literal[16, 24, 32]
BITS: Final[dict[FileFormat, tuple[Bits, ...]]] = {"wav": (16, 24, 32), "flac": (16, 24)}


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What to export and how; invalid options raise ExportError.

    32 bits are floats, the others integers; None is 32 in WAV and 24 in FLAC. The audio covers
    [start, end) in ticks of the song, all of it when those are None; MIDI is always all of it. A
    `sample_rate_hz` of None is the song's own. `dither_seed` draws the dither of 16 bits.
    """

    stems: bool = True
    mix: bool = True
    midi: bool = True
    file_format: FileFormat = "wav"
    bits: Bits | None = None
    sample_rate_hz: int | None = None
    start: Tick | None = None
    end: Tick | None = None
    dither_seed: int = 0

    def __post_init__(self) -> None:
        if self.file_format not in BITS:
            raise ExportError(f"format must be one of {', '.join(BITS)}, got {self.file_format!r}")
        if self.bits not in (None, *BITS[self.file_format]):
            choices = " or ".join(map(str, BITS[self.file_format]))
            raise ExportError(
                f"{self.file_format.upper()} is written in {choices} bits, got {self.bits}"
            )
        if self.sample_rate_hz is not None and not 8000 <= self.sample_rate_hz <= 192000:
            raise ExportError(f"sample rate must be in 8000..192000 Hz, got {self.sample_rate_hz}")

    @property
    def audio(self) -> bool:
        """Return whether there is any audio to write."""
        return self.stems or self.mix

    @property
    def depth(self) -> Bits:
        """Return the bits of a sample."""
        return self.bits or BITS[self.file_format][-1]

    def rate_of(self, song: Song) -> int:
        """Return the sample rate of the files."""
        return self.sample_rate_hz or song.settings.sample_rate_hz

    def span_frames(self, song: Song) -> tuple[int, int]:
        """Return the frames [start, end) of `song` that are exported; ExportError if none are."""
        start = Tick(0) if self.start is None else self.start
        end = song.end if self.end is None else self.end
        first, last = (song.tempo_map.tick_to_frame(t, self.rate_of(song)) for t in (start, end))
        if not 0 <= first < last:
            place = song.tempo_map.place_text
            raise ExportError(
                f"there is nothing to hear from {place(start)} to {place(end)}: choose a longer "
                "span, or put a clip or a region into the song"
            )
        return first, last
