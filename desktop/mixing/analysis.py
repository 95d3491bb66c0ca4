"""What an excerpt of a song measures: spectrum, loudness, peaks of the sound that is exported."""

from collections.abc import Callable, Hashable, Iterable, Set
from dataclasses import dataclass, replace

from desktop.document.query import find_track, sounding_tracks
from desktop.document.song import Clip, Region, Song, Track
from desktop.document.time import Tick
from desktop.mixing.levels import PeakMeter, amplitude_to_db
from desktop.mixing.spectrum import Spectrum, SpectrumMeter
from desktop.mixing.stems import OpenTake, mixed, open_stems, placements, spans
from inference.arrays import Audio, Floats
from inference.errors import Cancelled
from inference.loudness import LoudnessMeter, TruePeakMeter
from inference.progress import CancelToken


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What is heard of `song` within [start, end); its other tracks and regions are left out."""

    song: Song
    start: Tick
    end: Tick

    @property
    def frames(self) -> tuple[int, int]:
        """Return the song's frames [first, end) at the song's rate."""
        rate, tempo_map = self.song.settings.sample_rate_hz, self.song.tempo_map
        first, end = (tempo_map.tick_to_frame(tick, rate) for tick in (self.start, self.end))
        return first, end

    @property
    def identity(self) -> Hashable:
        """Return what decides how the excerpt sounds: equal for excerpts that sound the same."""
        tracks = tuple((t.gain_db, t.pan, self._placed(t)) for t in sounding_tracks(self.song))
        return self.song.settings.sample_rate_hz, self.frames, tracks

    @property
    def plays_takes(self) -> bool:
        """Return whether any take is heard."""
        first, end = self.frames
        placed = (at for track in sounding_tracks(self.song) for at in self._placed(track))
        return any(start < end and first < stop for _sha256, start, stop, _offset in placed)

    def _placed(self, track: Track) -> tuple[tuple[str, int, int, int], ...]:
        return tuple(
            (placed.take.sha256, placed.start_frame, placed.end_frame, placed.offset_frames)
            for placed in placements(track, self.song.tempo_map, self.song.settings.sample_rate_hz)
        )


def excerpt_of_mix(song: Song, span: tuple[Tick, Tick] | None = None) -> Excerpt:
    """Return the mix within `span`, by default all of it."""
    start, end = span or (Tick(0), song.end)
    return Excerpt(song, start, end)


def excerpt_of_track(song: Song, track_id: int) -> Excerpt:
    """Return a track's stem from its first region to its last, muted or not."""
    track = find_track(song, track_id)
    return _excerpt(song, [track], track.regions)


def excerpt_of_parts(song: Song, part_ids: Set[int]) -> Excerpt:
    """Return the stems of the chosen regions, and of those that sound under the chosen clips."""
    chosen: list[Clip | Region] = []
    tracks: list[Track] = []
    for track in song.tracks:
        all_parts: tuple[Clip | Region, ...] = (*track.clips, *track.regions)
        parts = [part for part in all_parts if part.id in part_ids]
        regions = tuple(r for r in track.regions if any(_overlap(r, part) for part in parts))
        chosen += parts
        tracks += [replace(track, regions=regions)] if parts else []
    return _excerpt(song, tracks, chosen)


def _overlap(region: Region, part: Clip | Region) -> bool:
    return region.start < part.end and part.start < region.end


def _excerpt(song: Song, tracks: Iterable[Track], parts: Iterable[Clip | Region]) -> Excerpt:
    heard = tuple(replace(track, mute=False, solo=False) for track in tracks)
    spanned = [(part.start, part.end) for part in parts]
    start = min((start for start, _ in spanned), default=Tick(0))
    end = max((end for _, end in spanned), default=start)
    return Excerpt(replace(song, tracks=heard), start, end)


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
