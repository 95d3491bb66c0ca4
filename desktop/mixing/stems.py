"""Stems: which take sounds where on a track, and the sum of tracks that is the mix."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import soundfile  # type: ignore[import-untyped]

from desktop.document.query import sounding_tracks
from desktop.document.song import Song, Take, Track
from desktop.document.tempo import TempoMap
from desktop.mixing.levels import CHANNELS, faded, fader
from desktop.mixing.takes import CHUNK_FRAMES, Sound, take_sound
from inference.arrays import Audio

OpenTake: TypeAlias = Callable[[Take], soundfile.SoundFile]  # the take pool's `open`


@dataclass(frozen=True, slots=True)
class Placement:
    """A take sounds in the song's frames [start_frame, end_frame).

    At `start_frame` it has come to its own frame `offset_frames`; all at the song's sample rate.
    Where the take has nothing, in front or when it is too short, there is silence.
    """

    take: Take
    start_frame: int
    end_frame: int
    offset_frames: int


def placements(track: Track, tempo_map: TempoMap, sample_rate_hz: int) -> tuple[Placement, ...]:
    """Return where the active takes of the regions sound, in order, exactly as long as those.

    Touching regions are not faded: how they join is already in their takes.
    """
    return tuple(
        Placement(
            take,
            tempo_map.tick_to_frame(region.start, sample_rate_hz),
            tempo_map.tick_to_frame(region.end, sample_rate_hz),
            round(take.offset_frames * sample_rate_hz / take.sample_rate_hz),
        )
        for region in track.regions
        if (take := region.playing) is not None
    )


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
                sound[:, first - start_frame : last - start_frame] = part
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
