"""Stems: which take sounds where on a track, and the sum of tracks that is the mix."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import soundfile  # type: ignore[import-untyped]
from numpy.typing import NDArray

from desktop.document.comping import played_spans
from desktop.document.query import sounding_tracks
from desktop.document.song import Region, Song, Take, Track
from desktop.document.tempo import TempoMap
from desktop.mixing.levels import CHANNELS, db_to_amplitude, faded, fader
from desktop.mixing.takes import CHUNK_FRAMES, Sound, take_sound
from inference.arrays import Audio

OpenTake: TypeAlias = Callable[[Take], soundfile.SoundFile]  # the take pool's `open`


@dataclass(frozen=True, slots=True)
class Placement:
    """A take sounds in the song's frames [start_frame, end_frame).

    At `start_frame` it has come to its own frame `offset_frames`; all at the song's sample rate.
    Where the take has nothing, in front or when it is too short, there is silence. It comes in over
    its first `fade_in_frames` and goes over its last `fade_out_frames`, with equal power.
    """

    take: Take
    start_frame: int
    end_frame: int
    offset_frames: int
    gain_db: float = 0.0
    fade_in_frames: int = 0
    fade_out_frames: int = 0

    @property
    def identity(self) -> Hashable:
        """Return what decides how it sounds: the audio, and all but what people say of the take."""
        span = self.start_frame, self.end_frame, self.offset_frames
        return self.take.sha256, *span, self.gain_db, self.fade_in_frames, self.fade_out_frames

    def levelled(self, sound: Audio, first: int) -> Audio:
        """Return `sound` (2, frames), which begins at frame `first` of the song, at its level."""
        end = first + sound.shape[1]
        fades = first < self.start_frame + self.fade_in_frames or (
            end > self.end_frame - self.fade_out_frames
        )
        if not fades and self.gain_db == 0.0:
            return sound
        gain = np.float32(db_to_amplitude(self.gain_db))
        if not fades:
            return sound * gain
        frames = np.arange(first, end) + 0.5
        done = _share(frames - self.start_frame, self.fade_in_frames)
        left = _share(self.end_frame - frames, self.fade_out_frames)
        power = np.sin(0.5 * np.pi * done) * np.sin(0.5 * np.pi * left)
        return sound * (gain * power.astype(np.float32))


def _share(frames: NDArray[np.float64], fade_frames: int) -> NDArray[np.float64]:
    """Return how much of a fade lies behind each frame, 0..1."""
    return np.clip(frames / fade_frames, 0.0, 1.0) if fade_frames else np.ones_like(frames)


def placements(track: Track, tempo_map: TempoMap, sample_rate_hz: int) -> tuple[Placement, ...]:
    """Return where takes of the regions sound, in order, exactly as long as those.

    Touching regions are not faded: how they join is already in their takes. The pieces of a comp
    overlap by their crossfades.
    """
    return tuple(
        placed for region in track.regions for placed in _placed(region, tempo_map, sample_rate_hz)
    )


def _placed(region: Region, tempo_map: TempoMap, sample_rate_hz: int) -> Iterator[Placement]:
    spans = list(played_spans(region))
    edges = [tempo_map.tick_to_frame(span.start, sample_rate_hz) for span in spans]
    begin = edges[0] if edges else 0
    edges.append(tempo_map.tick_to_frame(region.end, sample_rate_hz))
    crossfade_s = region.comp.crossfade_s if region.comp is not None else 0.0
    halves = _half_crossfades(edges, crossfade_s * sample_rate_hz)
    for n, span in enumerate(spans):
        start, end = edges[n] - halves[n], edges[n + 1] + halves[n + 1]
        offset = round(span.take.offset_frames * sample_rate_hz / span.take.sample_rate_hz)
        fades = 2 * halves[n], 2 * halves[n + 1]
        yield Placement(span.take, start, end, start - begin + offset, span.take.gain_db, *fades)


def _half_crossfades(edges: list[int], crossfade_frames: float) -> list[int]:
    """Return how far the fade at each edge reaches to either side; none at the outer ones."""
    room = [(after - before) // 2 for before, after in pairwise(edges)]
    half = round(crossfade_frames / 2)
    return [0, *(min(half, *pair) for pair in pairwise(room)), 0]


def song_frames(song: Song, sample_rate_hz: int) -> int:
    """Return the frames from the start of the song to the end of its last clip or region."""
    return song.tempo_map.tick_to_frame(song.end, sample_rate_hz)


class TrackSound:
    """What a track's takes play, before its fader.

    Keeps one take open at a time; use it from one thread, and close it.
    """

    def __init__(
        self, placed: tuple[Placement, ...], sample_rate_hz: int, open_take: OpenTake
    ) -> None:
        self._placements = placed
        self._sample_rate_hz = sample_rate_hz
        self._open_take = open_take
        self._open: tuple[Take, Sound] | None = None

    def read(self, start_frame: int, frames: int) -> Audio:
        """Return float32 (2, frames) from the song's `start_frame` on; silence before frame 0.

        Raises MixError, or what opening a take raises.
        """
        sound = np.zeros((CHANNELS, frames), np.float32)
        for placed in self._placements:
            first = max(placed.start_frame, start_frame)
            last = min(placed.end_frame, start_frame + frames)
            if first < last:
                in_take = first - placed.start_frame + placed.offset_frames
                part = self._sound(placed.take).read(in_take, last - first)
                sound[:, first - start_frame : last - start_frame] += placed.levelled(part, first)
        return sound

    def close(self) -> None:
        """Let go of the take that is open."""
        if self._open is not None:
            self._open[1].close()
            self._open = None

    def _sound(self, take: Take) -> Sound:
        if self._open is None or self._open[0] is not take:
            self.close()
            file = self._open_take(take)
            self._open = take, take_sound(take, file, self._sample_rate_hz)
        return self._open[1]


class Stem:
    """What a track plays, after its fader, whether it is muted or not.

    Keeps one take open at a time; use it from one thread, and close it.
    """

    def __init__(
        self, track: Track, tempo_map: TempoMap, sample_rate_hz: int, open_take: OpenTake
    ) -> None:
        self.track = track
        placed = placements(track, tempo_map, sample_rate_hz)
        self._sound = TrackSound(placed, sample_rate_hz, open_take)
        self._fader = fader(track)

    def read(self, start_frame: int, frames: int) -> Audio:
        """Return float32 (2, frames) from the song's `start_frame` on.

        Raises MixError, or what opening a take raises.
        """
        return faded(self._sound.read(start_frame, frames), self._fader)

    def close(self) -> None:
        """Let go of the take that is open."""
        self._sound.close()


@contextmanager
def open_stems(song: Song, sample_rate_hz: int, open_take: OpenTake) -> Iterator[tuple[Stem, ...]]:
    """Give the stems of the tracks that are heard, in the song's order; closed at the end."""
    with ExitStack() as stack:
        yield tuple(
            stack.enter_context(closing(Stem(track, song.tempo_map, sample_rate_hz, open_take)))
            for track in sounding_tracks(song)
        )


def mixed(stems: Iterable[Audio], frames: int) -> Audio:
    """Return the sum of `stems`, each float32 (2, frames), in their order; silence without any."""
    mix = np.zeros((CHANNELS, frames), np.float32)
    for stem in stems:
        mix += stem
    return mix


def spans(
    start_frame: int, end_frame: int, frames: int = CHUNK_FRAMES
) -> Iterator[tuple[int, int]]:
    """Yield the start and length of each block, `frames` long or shorter, of a span."""
    for start in range(start_frame, end_frame, frames):
        yield start, min(frames, end_frame - start)
