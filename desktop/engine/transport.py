"""The clock: what of the song sounds in the frames to come, jumps and loops included.

A jump is a fade over the last frames before its target: what was sounding goes, what leads to the
target comes, and the target itself is at full level, so that no beat loses its beginning. In a
loop these are the last frames before its end, so that it comes round exactly on time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from desktop.engine.messages import Loop
from desktop.engine.metronome import Beat, count_in_beats
from desktop.engine.readers import Path
from desktop.engine.world import World

FADE_S: Final = 0.005
AHEAD_S: Final = 4.0  # takes are decoded so long before they sound
READY_S: Final = 0.25  # and so much of that is there before a jump
PATIENCE_S: Final = 1.0  # after which a jump is made though a take is not ready


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A frame of a song."""

    world: World
    frame: int

    def after(self, frames: int) -> "Place":
        """Return the place `frames` later."""
        return replace(self, frame=self.frame + frames)


@dataclass(frozen=True, slots=True, eq=False)
class Fade:
    """The part of a jump from its frame `done` on; it is `total` frames long.

    It leads to `entering`, or to silence.
    """

    entering: Place | None
    done: int
    total: int


@dataclass(frozen=True, slots=True, eq=False)
class CountIn:
    """Beats before the song; frame `done` of `total` comes next."""

    beats: tuple[Beat, ...]
    done: int
    total: int


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """So many frames in which time runs straight: the song from `place` on, or none."""

    frames: int
    place: Place | None = None
    fade: Fade | None = None
    count_in: CountIn | None = None

    @property
    def lands(self) -> bool:
        """Return whether a jump is done when the segment is."""
        return self.fade is not None and self.fade.done + self.frames == self.fade.total

    @property
    def stays(self) -> bool:
        """Return whether the fade leads to another song at the same frame, and is no jump."""
        entering = self.fade and self.fade.entering
        return bool(self.place and entering and self.place.frame == entering.frame)


class Transport:
    """Plays and stops; it belongs to the thread that puts sound together."""

    def __init__(self, world: World) -> None:
        self.world = world  # the newest; `place` may still be in an older one
        self.place: Place | None = None
        self.start_tick: float = 0.0
        self.loop: Loop | None = None
        self.waits_for_synth = False  # then nothing starts yet
        self._fade: Fade | None = None
        self._count_in: CountIn | None = None
        self._jumps = False  # to start_tick, once what sounds there is loaded
        self._stops = False
        self._waited_frames = 0

    @property
    def is_playing(self) -> bool:
        """Return whether the song plays or is about to."""
        if self._stops or (self._fade is not None and self._fade.entering is None):
            return self._jumps and not self._stops
        return self._jumps or self._fade is not None or self.place is not None

    @property
    def is_leaving(self) -> bool:
        """Return whether a jump or stop is due that has not begun."""
        return self._jumps or self._stops

    def play(self, tick: float, count_in_bars: int = 0) -> None:
        """Start at `tick`, after bars that are counted when the song stands."""
        if count_in_bars and not self.is_playing:
            beats, total = count_in_beats(self.world, tick, count_in_bars)
            self._count_in = CountIn(beats, 0, max(total, self._fade_frames))
        self._jump_to(tick)

    def seek(self, tick: float) -> None:
        """Go on at `tick`; a song that stands will be loaded there."""
        if self.is_playing:
            self._jump_to(tick)
        else:
            self.start_tick = tick

    def stop(self) -> None:
        """Fade out and stand."""
        self._jumps, self._count_in = False, None
        self._stops = self.place is not None or self._fade is not None

    def halt(self) -> None:
        """Stand at once."""
        self.place = self._fade = self._count_in = None
        self._jumps = self._stops = False

    def segments(self, frames: int) -> Iterator[Segment]:
        """Yield what the next `frames` frames hold, and move on by them."""
        while frames:
            self._turn()
            segment = self._next(frames)
            yield segment
            self._move(segment)
            frames -= segment.frames

    def paths(self) -> list[Path]:
        """Return what is to be loaded, the most urgent first; any thread may ask."""
        world, place, fade, ahead = self.world, self.place, self._fade, self._frames(AHEAD_S)
        paths = []
        if fade is not None and fade.entering is not None:
            paths.append(Path(fade.entering.world.readers, fade.entering.frame, ahead))
        if place is not None:
            paths += self._loop_paths(place, ahead)
            if place.world is not world:
                paths += self._loop_paths(moved(place, world), ahead)
        if self._jumps or place is None:
            target = world.frame_at(self.start_tick) - self._fade_frames
            paths.append(Path(world.readers, target, ahead))
        return paths

    def _loop_paths(self, place: Place, ahead: int) -> Iterator[Path]:
        until_end = self._frames_to_loop_end(place)
        if until_end is None or until_end >= ahead:
            yield Path(place.world.readers, place.frame, ahead)
        else:
            yield Path(place.world.readers, place.frame, until_end + self._fade_frames)
            start = self._loop_frames(place.world)[0] - self._fade_frames
            yield Path(place.world.readers, start, ahead)

    def _jump_to(self, tick: float) -> None:
        self.start_tick, self._jumps, self._stops, self._waited_frames = tick, True, False, 0

    def _turn(self) -> None:
        """Begin a fade if it is time for one."""
        if self._fade is not None:
            return
        if self._stops:
            self._stops, self._fade = False, Fade(None, 0, self._fade_frames)
        elif (entering := self._next_place()) is not None:
            self._fade = Fade(entering, 0, self._fade_frames)
            self._waited_frames = 0

    def _next_place(self) -> Place | None:
        """Return where the song goes on by a jump that is due."""
        if self._jumps:
            return self._jump_if_ready()
        if self.place is None:
            return None
        if self._frames_to_loop_end(self.place) == 0:
            return Place(self.world, self._loop_frames(self.world)[0] - self._fade_frames)
        if self.place.world is not self.world:
            entering = moved(self.place, self.world)
            return entering if self._is_ready(entering) else None
        return None

    def _jump_if_ready(self) -> Place | None:
        if self._count_in is not None and self._count_in_left() > 0:
            return None
        entering = Place(self.world, self.world.frame_at(self.start_tick) - self._fade_frames)
        if not self._is_ready(entering):
            return None
        self._jumps = False
        return entering

    def _is_ready(self, place: Place) -> bool:
        if self.waits_for_synth:
            return False
        if self._waited_frames > self._frames(PATIENCE_S):
            return True
        frames = self._frames(READY_S)
        return all(reader.has_span(place.frame, frames) for reader in place.world.readers)

    def _next(self, frames: int) -> Segment:
        if (fade := self._fade) is not None:
            frames = min(frames, fade.total - fade.done)
            return Segment(frames, self.place, fade, self._count_in)
        if self.place is not None:
            until_end = self._frames_to_loop_end(self.place)
            return Segment(min(frames, until_end or frames), self.place)
        if not self.waits_for_synth and (left := self._count_in_left()) > 0:
            return Segment(min(frames, left), count_in=self._count_in)
        return Segment(frames)

    def _move(self, segment: Segment) -> None:
        if self._jumps or (self.place is not None and self.place.world is not self.world):
            self._waited_frames += segment.frames
        if (count_in := segment.count_in) is not None:
            self._count_in = replace(count_in, done=count_in.done + segment.frames)
        if self.place is not None:
            self.place = self.place.after(segment.frames)
        if (fade := self._fade) is not None:
            entering = fade.entering and fade.entering.after(segment.frames)
            self._fade = Fade(entering, fade.done + segment.frames, fade.total)
            if segment.lands:
                self.place, self._fade, self._count_in = entering, None, None

    def _count_in_left(self) -> int:
        """Return the frames to count until the fade that leads into the song."""
        count_in = self._count_in
        return count_in.total - self._fade_frames - count_in.done if count_in is not None else 0

    def _frames_to_loop_end(self, place: Place) -> int | None:
        """Return the frames until the loop comes round, None when the song will not get there."""
        if self.loop is None:
            return None
        start, end = self._loop_frames(place.world)
        if place.frame >= end or end - start < 2 * self._fade_frames:
            return None
        return max(0, end - self._fade_frames - place.frame)

    def _loop_frames(self, world: World) -> tuple[int, int]:
        start_tick, end_tick = self.loop or (0, 0)
        return world.frame_at(start_tick), world.frame_at(end_tick)

    def _frames(self, duration_s: float) -> int:
        return round(duration_s * self.world.sample_rate_hz)

    @property
    def _fade_frames(self) -> int:
        return self._frames(FADE_S)


def moved(place: Place, world: World) -> Place:
    """Return the same musical place in another world."""
    if place.world.tempo_map == world.tempo_map:
        return Place(world, place.frame)
    return Place(world, world.frame_at(place.world.tick_at(place.frame)))
