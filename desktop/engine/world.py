"""A song as the engine plays it: for each track its takes in frames, its notes, its fader."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np

from desktop.document.query import PlacedNote, sounding_tracks
from desktop.document.song import Song, Track
from desktop.document.tempo import TempoMap
from desktop.engine.readers import Reader
from desktop.mixing.levels import CHANNELS, fader
from desktop.mixing.sketch import sketched_notes
from desktop.mixing.stems import Placement, TrackSound, placements
from desktop.storage.pool import TakePool
from inference.arrays import Audio


class NoteEvent(NamedTuple):
    """A note of the song begins at `frame`, or ends there if `velocity` is 0.

    In order, ends come before beginnings. `start_tick` tells notes of one pitch apart.
    """

    frame: int
    velocity: int
    pitch: int
    start_tick: int


class NoteEvents:
    """The sketched notes of a track in frames."""

    def __init__(self, notes: tuple[PlacedNote, ...], frame_of: Callable[[int], int]) -> None:
        self.notes = notes
        self._starts = np.array([frame_of(note.start) for note in notes], np.int64)
        self._ends = np.array([frame_of(note.end) for note in notes], np.int64)
        fields = np.array([(n.velocity, n.pitch, n.start) for n in notes], np.int64).reshape(-1, 3)
        velocities, *rest = fields.T
        begins, ends = [self._starts, velocities, *rest], [self._ends, 0 * velocities, *rest]
        events = np.concatenate([begins, ends], axis=1)
        # sorting tuples would keep the sound waiting, sorting arrays lets other threads run
        self._events = events[:, np.lexsort(events[::-1])]

    def within(self, start: int, frames: int) -> list[NoteEvent]:
        """Return the events in the frames [start, start + frames)."""
        first, last = np.searchsorted(self._events[0], (start, start + frames))
        return [NoteEvent(*event) for event in self._events[:, first:last].T.tolist()]

    def sounding_at(self, frame: int) -> list[PlacedNote]:
        """Return the notes that began before `frame` and end after it."""
        indices = np.flatnonzero((self._starts < frame) & (self._ends > frame))
        return [self.notes[n] for n in indices]


@dataclass(frozen=True, slots=True, eq=False)
class Lane:
    """A track that plays; `factors` are those of its fader, zeros when it is not heard."""

    track: Track
    factors: Audio
    reader: Reader
    notes: NoteEvents


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """All tracks of a song at a sample rate."""

    tempo_map: TempoMap = field(default_factory=TempoMap)
    sample_rate_hz: int = 44100
    takes_folder: Path = field(default_factory=Path)
    lanes: dict[int, Lane] = field(default_factory=dict)

    @property
    def readers(self) -> tuple[Reader, ...]:
        """Return the readers of all tracks."""
        return tuple(lane.reader for lane in self.lanes.values())

    def frame_at(self, tick: float) -> int:
        """Return the frame nearest to `tick`."""
        return self.tempo_map.tick_to_frame(tick, self.sample_rate_hz)

    def tick_at(self, frame: int) -> float:
        """Return the place of `frame` in ticks, unrounded."""
        return self.tempo_map.second_to_fractional_tick(frame / self.sample_rate_hz)


def world_of(song: Song, takes_folder: Path, sample_rate_hz: int, before: World) -> World:
    """Return the world of `song`, which shares with `before` all that did not change."""
    world = World(song.tempo_map, sample_rate_hz, takes_folder)
    same_time = (
        song.tempo_map == before.tempo_map
        and sample_rate_hz == before.sample_rate_hz
        and takes_folder == before.takes_folder
    )
    heard = {track.id for track in sounding_tracks(song)}
    for track in song.tracks:
        old = before.lanes.get(track.id) if same_time else None
        world.lanes[track.id] = _lane(track, track.id in heard, world, old)
    return world


def _lane(track: Track, heard: bool, world: World, old: Lane | None) -> Lane:
    factors = fader(track) if heard else np.zeros((CHANNELS, 1), np.float32)
    if old is not None and (old.track.clips, old.track.regions) == (track.clips, track.regions):
        return Lane(track, factors, old.reader, old.notes)
    rate = world.sample_rate_hz
    placed = placements(track, world.tempo_map, rate)
    notes = sketched_notes(track)
    if old is None or identities(old.reader.placements) != identities(placed):
        reader = Reader(placed, TrackSound(placed, rate, TakePool(world.takes_folder).open))
    else:
        reader = old.reader
    same_notes = old is not None and old.notes.notes == notes
    events = old.notes if old is not None and same_notes else NoteEvents(notes, world.frame_at)
    return Lane(track, factors, reader, events)


def identities(placed: Iterable[Placement]) -> list[Hashable]:
    """Return what decides how the takes sound: stars and comments do not."""
    return [placement.identity for placement in placed]
