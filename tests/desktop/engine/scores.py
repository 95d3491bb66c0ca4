"""Songs with takes, and what the engine makes of them without a device."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from desktop.document.song import Clip, Note, Region, Role, Settings, Song, Take, Track
from desktop.document.time import Tick
from desktop.engine.mixer import Mixer
from desktop.engine.readers import chunks_of
from desktop.engine.synth import LANES, Sounds, Strike
from desktop.engine.transport import Transport
from desktop.engine.world import World, world_of
from desktop.storage.pool import TakePool
from inference.arrays import Audio

RATE: Final = 8000  # at 120 bpm a quarter note lasts 4000 frames
LONGEST_FRAMES: Final = 6 * RATE


class Score:
    """Makes takes in a pool, and songs of them."""

    def __init__(self, folder: Path, rate_hz: int = RATE) -> None:
        self.pool, self.rate_hz = TakePool(folder), rate_hz
        self._last_id = 0

    def take(self, sound: Audio, rate_hz: int | None = None) -> Take:
        """Return a take of `sound` (2, frames)."""
        rate_hz = rate_hz or self.rate_hz
        kept = self.pool.add(sound, rate_hz)
        name, date = f"take {self.number()}", "2030-01-01"
        return Take(name, kept.sha256, kept.format, kept.frames, rate_hz, date)

    def noise(self, duration_s: float, rate_hz: int | None = None) -> Take:
        """Return a take of soft noise that differs from every other's."""
        rate_hz = rate_hz or self.rate_hz
        rng = np.random.default_rng(self.number())
        shape = (2, round(duration_s * rate_hz))
        return self.take(rng.uniform(-0.2, 0.2, shape).astype(np.float32), rate_hz)

    def level(self, value: float, duration_s: float) -> Take:
        """Return a take in which every sample is `value`."""
        frames = round(duration_s * self.rate_hz)
        return self.take(np.full((2, frames), value, np.float32))

    def track(self, *takes: Take, start: int = 0, ticks: int = 4 * 960, **changes: Any) -> Track:
        """Return a track whose regions, `ticks` long each and touching, play `takes`."""
        regions = tuple(
            Region(
                self.number(),
                Tick(start + n * ticks),
                Tick(start + (n + 1) * ticks),
                takes=(take,),
                active_take=take.id,
            )
            for n, take in enumerate(takes)
        )
        return Track(self.number(), regions=regions, **changes)

    def notes(self, *notes: tuple[int, int, int], role: Role = "lead", **changes: Any) -> Track:
        """Return a track with a clip of notes: start, length and pitch."""
        placed = tuple(
            Note(n + 1, Tick(start), Tick(length), pitch)
            for n, (start, length, pitch) in enumerate(notes)
        )
        clip = Clip(self.number(), Tick(0), Tick(100 * 960), placed)
        return Track(self.number(), role=role, clips=(clip,), **changes)

    def song(self, *tracks: Track, **changes: Any) -> Song:
        """Return a song of `tracks`."""
        settings = Settings(sample_rate_hz=self.rate_hz)
        return Song(tracks=tracks, settings=settings, next_id=self.number() + 1, **changes)

    def world(self, song: Song, before: World | None = None, loaded: bool = True) -> World:
        """Return the world of `song`, with its takes loaded if wanted."""
        world = world_of(song, self.pool.folder, self.rate_hz, before or World())
        if loaded:
            load(world)
        return world

    def number(self) -> int:
        """Return a number that nothing has yet."""
        self._last_id += 1
        return self._last_id


def load(world: World) -> None:
    """Load all takes, as the thread that reads ahead does bit by bit."""
    for reader in world.readers:
        for chunk in chunks_of(-RATE, LONGEST_FRAMES + RATE):
            if not reader.has(chunk):
                assert reader.load(chunk) is None
        reader.close()


class Band:
    """A transport and a mixer, and the sound they made so far."""

    def __init__(self, world: World) -> None:
        self.transport, self.mixer = Transport(world), Mixer(world)
        self._heard = [np.zeros((2, 0), np.float32)]

    def use(self, world: World) -> None:
        """Go over to another song."""
        self.transport.world = world
        self.mixer.use(world)

    def play(self, *blocks: int) -> Audio:
        """Return the sound of the next blocks, of so many frames each."""
        made = [self.mixer.render(list(self.transport.segments(frames))) for frames in blocks]
        self._heard += made
        return np.concatenate(made, axis=1)

    @property
    def heard(self) -> Audio:
        """Return all sound so far."""
        return np.concatenate(self._heard, axis=1)


class NoteBook:
    """Takes the place of the synth and writes down which notes begin and end, at which frame."""

    def __init__(self) -> None:
        self.frames = 0
        self.struck: list[Strike] = []
        self.roles: dict[int, Role] = {}
        self.silenced: set[int] = set()
        self.closed = False

    def set_role(self, lane: int, role: Role) -> None:
        self.roles[lane] = role

    def render(self, frames: int, strikes: Iterable[Strike]) -> Sounds | None:
        strikes = list(strikes)
        assert strikes == sorted(strikes, key=lambda strike: strike.frame)
        assert all(0 <= strike.frame <= frames for strike in strikes)
        self.struck += [strike._replace(frame=self.frames + strike.frame) for strike in strikes]
        self.frames += frames
        return None

    def silence(self, lanes: Iterable[int] = range(LANES)) -> None:
        self.silenced |= set(lanes)
        ends = [Strike(self.frames, 0, lane, pitch) for lane, pitch in self.sounding]
        self.struck += [end for end in ends if end.lane in self.silenced]

    def close(self) -> None:
        self.closed = True

    @property
    def sounding(self) -> set[tuple[int, int]]:
        """Return the lanes and pitches that have begun and not ended."""
        sounding = set[tuple[int, int]]()
        for strike in self.struck:
            change = sounding.add if strike.velocity else sounding.discard
            change((strike.lane, strike.pitch))
        return sounding

    def begun(self, lane: int = 0) -> list[tuple[int, int]]:
        """Return the frame and pitch of each note that began on `lane`."""
        return [(s.frame, s.pitch) for s in self.struck if s.velocity and s.lane == lane]

    def ended(self, lane: int = 0) -> list[tuple[int, int]]:
        """Return the frame and pitch of each note that ended on `lane`."""
        return [(s.frame, s.pitch) for s in self.struck if not s.velocity and s.lane == lane]


def largest_step(sound: Audio) -> float:
    """Return the largest difference between two samples of a channel that follow each other."""
    return float(np.abs(np.diff(sound, axis=1)).max(initial=0.0))


def moved_fader(song: Song, track_id: int, gain_db: float) -> Song:
    """Return `song` with the fader of a track elsewhere."""
    tracks = tuple(
        replace(track, gain_db=gain_db) if track.id == track_id else track for track in song.tracks
    )
    return replace(song, tracks=tracks)
