"""Puts the sound of a block together: takes, sketched and live notes, faders, metronome, meters."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from desktop.document.song import Role
from desktop.engine.metronome import Beat, Clicker, beats
from desktop.engine.synth import LANES, Sounds, Strike, Synth
from desktop.engine.transport import Place, Segment
from desktop.engine.world import Lane, World
from desktop.mixing.levels import CHANNELS, faded
from desktop.mixing.stems import mixed
from inference.arrays import Audio

RAMP_S: Final = 0.01  # a fader's way to a new place, slow enough to make no click
MASTER: Final = -1  # the id of the sum, among those of tracks
SILENT: Final = np.zeros((CHANNELS, 1), np.float32)


class Ramp:
    """The factors of a fader, which go in a straight line to where it is moved."""

    def __init__(self, factors: Audio, frames: int) -> None:
        self._now = self._target = factors
        self._frames, self._left = frames, 0

    def to(self, factors: Audio) -> None:
        """Go to `factors` (2, 1) from where the ramp is."""
        if not np.array_equal(factors, self._target):
            self._target, self._left = factors, self._frames

    @property
    def is_silent(self) -> bool:
        """Return whether the ramp has come to nothing."""
        return not self._left and not self._target.any()

    def next(self, frames: int) -> Audio:
        """Return the factors of the next frames, (2, 1) when they are all the same."""
        if not self._left:
            return self._target
        steps = np.minimum(np.arange(1, frames + 1), self._left) / np.float32(self._left)
        factors = self._now + (self._target - self._now) * steps.astype(np.float32)
        self._left = max(0, self._left - frames)
        factors[:, steps == 1.0] = self._target
        self._now = factors[:, -1:]
        return factors


class Notes:
    """Which notes of the song sound, and on which lane of the synth each track plays."""

    def __init__(self) -> None:
        self._synth: Synth | None = None
        self._lanes: dict[int, int] = {}  # by track id; tracks that find no lane free are silent
        self._roles: dict[int, Role] = {}
        self._sounding: dict[tuple[int, int], int] = {}  # track id, pitch: start tick
        self._live: list[Strike] = []

    def use_synth(self, synth: Synth | None, world: World) -> None:
        """Let `synth` play from now on; it is closed when another takes its place."""
        if self._synth is not None:
            self._synth.close()
        self._synth = synth
        self._roles.clear()
        self._sounding.clear()
        self.use(world)

    def use(self, world: World) -> None:
        """Give each track a lane that sounds as its role says; those that are gone keep theirs."""
        free = iter(sorted(set(range(LANES)) - set(self._lanes.values())))
        for track_id, lane in world.lanes.items():
            if track_id not in self._lanes and (number := next(free, None)) is not None:
                self._lanes[track_id] = number
            self._set_role(track_id, lane.track.role)

    def release(self, track_id: int) -> None:
        """Give the lane of a track that is gone to the next, with nothing left to sound on it."""
        if (lane := self._lanes.pop(track_id, None)) is not None:
            self._sounding = {key: at for key, at in self._sounding.items() if key[0] != track_id}
            self._live = [strike for strike in self._live if strike.lane != lane]
            if self._synth is not None:
                self._synth.silence([lane])

    def play(self, track_id: int, pitch: int, velocity: int) -> None:
        """Begin a live note, or end it."""
        if track_id in self._lanes:
            self._live.append(Strike(0, velocity, self._lanes[track_id], pitch))

    def silence(self) -> None:
        """Cut off all notes, live ones too."""
        self._sounding.clear()
        self._live.clear()
        if self._synth is not None:
            self._synth.silence()

    def render(self, segments: Sequence[Segment]) -> Sounds | None:
        """Return the sound of all lanes, None for silence."""
        strikes, self._live = self._live, []
        for offset, segment in with_offsets(segments):
            strikes += self._struck(offset, segment)
            if segment.lands:
                entering = segment.fade.entering if segment.fade is not None else None
                strikes += self._land(offset + segment.frames, segment, entering)
        if self._synth is None:
            return None
        return self._synth.render(sum(segment.frames for segment in segments), strikes)

    def lane(self, track_id: int) -> int | None:
        """Return the lane of a track."""
        return self._lanes.get(track_id)

    def _set_role(self, track_id: int, role: Role) -> None:
        lane = self._lanes.get(track_id)
        if self._synth is None or lane is None or self._roles.get(lane) == role:
            return
        self._roles[lane] = role
        self._synth.set_role(lane, role)

    def _struck(self, offset: int, segment: Segment) -> Iterator[Strike]:
        # An edit goes on where the song is, so its notes begin on time; before a jump none begin.
        stays = segment.stays
        place = segment.fade.entering if segment.fade is not None and stays else segment.place
        if place is None:
            return
        struck = [
            (event, track_id)
            for track_id, lane in place.world.lanes.items()
            for event in lane.notes.within(place.frame, segment.frames)
            if segment.fade is None or stays or not event.velocity
        ]
        for event, track_id in sorted(struck):
            at, key = offset + event.frame - place.frame, (track_id, event.pitch)
            if event.velocity:
                self._sounding[key] = event.start_tick
            elif self._sounding.get(key) == event.start_tick:
                del self._sounding[key]
            else:
                continue  # a later note of that pitch sounds by now
            yield from self._strikes(at, key, event.velocity)

    def _land(self, offset: int, segment: Segment, entering: Place | None) -> Iterator[Strike]:
        """End the notes that do not sound at the target, begin those that should by now."""
        wanted = dict(_held_at(entering.after(segment.frames))) if entering is not None else {}
        for key, start_tick in list(self._sounding.items()):
            if wanted.get(key, (None,))[0] != start_tick:
                del self._sounding[key]
                yield from self._strikes(offset, key, 0)
        for key, (start_tick, velocity, role) in wanted.items():
            if key not in self._sounding and role != "drums":
                self._sounding[key] = start_tick
                yield from self._strikes(offset, key, velocity)

    def _strikes(self, frame: int, key: tuple[int, int], velocity: int) -> Iterator[Strike]:
        track_id, pitch = key
        if track_id in self._lanes:
            yield Strike(frame, velocity, self._lanes[track_id], pitch)


def _held_at(place: Place) -> Iterator[tuple[tuple[int, int], tuple[int, int, Role]]]:
    for track_id, lane in place.world.lanes.items():
        for note in lane.notes.sounding_at(place.frame):
            yield (track_id, note.pitch), (note.start, note.velocity, lane.track.role)


class Mixer:
    """Renders block after block; it belongs to one thread."""

    def __init__(self, world: World) -> None:
        self.notes = Notes()
        self.metronome = False
        self.levels: dict[int, tuple[float, float]] = {}  # peak, mean square of the last block
        self._world = world
        self._ramps: dict[int, Ramp] = {}
        self._clicker = Clicker(world.sample_rate_hz)
        self.use(world)

    def use(self, world: World) -> None:
        """Move the faders to where they are in `world`, and those of other tracks to nothing."""
        self._world = world
        frames = round(RAMP_S * world.sample_rate_hz)
        for track_id, lane in world.lanes.items():
            self._ramps.setdefault(track_id, Ramp(lane.factors, frames)).to(lane.factors)
        for track_id in self._ramps.keys() - world.lanes.keys():
            self._ramps[track_id].to(SILENT)
        self.notes.use(world)

    def use_synth(self, synth: Synth | None) -> None:
        """Let `synth` play the notes from now on."""
        self.notes.use_synth(synth, self._world)

    def render(self, segments: Sequence[Segment]) -> Audio:
        """Return the mix of the segments, float32 (2, frames), and set `levels` to its own."""
        frames = sum(segment.frames for segment in segments)
        sketch = self.notes.render(segments)
        stems = {}
        for track_id in self._heard_tracks():
            factors = self._ramps[track_id].next(frames)
            sound = self._sound(track_id, segments, sketch) if factors.any() else None
            if sound is not None:
                stems[track_id] = faded(sound, factors)
        mix = mixed(stems.values(), frames)
        self._clicker.add_to(mix, self._beats(segments))
        self.levels = {track_id: level(stem) for track_id, stem in stems.items()}
        self.levels[MASTER] = level(mix)
        return mix

    def _heard_tracks(self) -> list[int]:
        """Return the tracks in the song's order, behind them those that are about to go."""
        gone = self._ramps.keys() - self._world.lanes.keys()
        for track_id in [key for key in gone if self._ramps[key].is_silent]:
            gone.discard(track_id)
            del self._ramps[track_id]
            self.notes.release(track_id)
        return [*self._world.lanes, *gone]

    def _sound(
        self, track_id: int, segments: Sequence[Segment], sketch: Sounds | None
    ) -> Audio | None:
        """Return what a track plays before its fader, None for silence."""
        takes = takes_of(track_id, segments)
        lane = self.notes.lane(track_id)
        if sketch is None or lane is None:
            return takes
        notes: Audio = sketch[lane]
        return notes if takes is None else takes + notes

    def _beats(self, segments: Sequence[Segment]) -> Iterator[Beat]:
        for offset, segment in with_offsets(segments):
            if (count_in := segment.count_in) is not None:
                due, start = iter(count_in.beats), count_in.done
            elif self.metronome and segment.place is not None:
                start = segment.place.frame
                due = beats(segment.place.world, start, segment.frames)
            else:
                continue
            for beat in due:
                if start <= beat.frame < start + segment.frames:
                    yield Beat(offset + beat.frame - start, beat.accented)


def with_offsets(segments: Sequence[Segment]) -> Iterator[tuple[int, Segment]]:
    """Yield each segment with its first frame in the block."""
    offset = 0
    for segment in segments:
        yield offset, segment
        offset += segment.frames


def takes_of(track_id: int, segments: Sequence[Segment]) -> Audio | None:
    """Return the sound of a track's takes over the segments, None for silence."""
    parts = [takes_in(track_id, segment) for segment in segments]
    if len(parts) == 1 or all(part is None for part in parts):
        return parts[0]
    silent = ((CHANNELS, segment.frames) for segment in segments)
    return np.concatenate(
        [
            part if part is not None else np.zeros(shape, np.float32)
            for part, shape in zip(parts, silent, strict=True)
        ],
        axis=1,
    )


def takes_in(track_id: int, segment: Segment) -> Audio | None:
    """Return the sound of a track's takes in a segment, faded from one place to another."""
    leaving = _lane_at(segment.place, track_id)
    if (fade := segment.fade) is None:
        return _read(leaving, segment.place, segment.frames)
    entering = _lane_at(fade.entering, track_id)
    before = _read(leaving, segment.place, segment.frames)
    if leaving and entering and leaving.reader is entering.reader and segment.stays:
        return before
    after = _read(entering, fade.entering, segment.frames)
    rise = (fade.done + np.arange(segment.frames, dtype=np.float32)) / np.float32(fade.total)
    sound = np.zeros((CHANNELS, segment.frames), np.float32)
    if before is not None:
        sound += before * (1 - rise)
    if after is not None:
        sound += after * rise
    return sound


def _lane_at(place: Place | None, track_id: int) -> Lane | None:
    return place.world.lanes.get(track_id) if place is not None else None


def _read(lane: Lane | None, place: Place | None, frames: int) -> Audio | None:
    return lane.reader.read(place.frame, frames) if lane is not None and place is not None else None


def level(sound: Audio) -> tuple[float, float]:
    """Return the peak and the mean square of `sound`."""
    return float(np.abs(sound).max(initial=0.0)), float(np.vdot(sound, sound)) / max(1, sound.size)
