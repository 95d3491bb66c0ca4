"""Jobs: which regions are rendered together, how often, and how far a job is."""

import secrets
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final, TypeAlias

from desktop.document.query import chains, wanted_pack_id
from desktop.document.song import MAX_SEED, Region, Song
from desktop.document.time import Tick
from desktop.rendering.packs import DEFAULT_PACK
from inference.progress import CancelToken, Progress, Stage

DrawSeed: TypeAlias = Callable[[], int]
STAGE_SHARES: Final = {  # of a render's time on a CPU, for a guess at how long is left
    **{Stage.TEXT: 0.02, Stage.CONTEXT: 0.08, Stage.IMPROVISE: 0.15},
    **{Stage.DENOISE: 0.55, Stage.DECODE: 0.20},
}


MAX_TOGETHER: Final = 32  # regions of one piece
EARLIEST_GUESS: Final = 0.05  # share of the work


@dataclass(frozen=True, slots=True)
class Retake:
    """The noise of a take, turned by `variance` 0..1 towards that of the seed that is asked for.

    With a variance of 0 the take comes out the same, byte for byte, as long as its region asks for
    the same: what was rendered with it then is rendered along.
    """

    take_id: str
    variance: float


@dataclass(frozen=True, slots=True)
class Repaint:
    """A take of which [start, end), ticks of the song, is made anew; all else stays, bit for bit.

    The new part fades in and out within its span.
    """

    take_id: str
    start: Tick
    end: Tick


@dataclass(frozen=True, slots=True)
class Extend:
    """A take that ends before its region does, or begins after: what is missing is made."""

    take_id: str


@dataclass(frozen=True, slots=True)
class Rework:
    """A take, or an imported sound, of which `strength` 0..1 is made anew."""

    take_id: str
    strength: float


Variation: TypeAlias = Retake | Repaint | Extend | Rework


@dataclass(frozen=True, slots=True)
class Job:
    """`takes` renderings of regions of one track, as one piece; several of them touch.

    `seed`, `steps` and `pack_id` stand in place of the regions' own. With `prompts` there are as
    many takes of each, by the same seeds (a sweep); a `variation` begins from a take of the one
    region. The regions hear the tracks that `hears` names, all of them where it is None and they
    listen. `thrift` is how often tiles are made smaller to save memory, `device` stands in place of
    the one that all jobs are rendered on. `asked` is the song in which the job was asked for: what
    is edited while it waits is not rendered.
    """

    region_ids: tuple[int, ...]
    takes: int = 1
    seed: int | None = None
    steps: int | None = None
    prompts: tuple[str, ...] = ()
    variation: Variation | None = None
    hears: tuple[int, ...] | None = None
    pack_id: str | None = None
    thrift: int = 0
    device: str | None = None
    asked: Song | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not self.region_ids or self.takes < 1:
            raise ValueError(f"a job needs a region and 1 take or more, got {self}")
        if self.variation is not None and len(self.region_ids) > 1:
            raise ValueError(f"a variation is of one region, got {self.region_ids}")

    @property
    def renderings(self) -> int:
        """Return how many takes of each region there will be in all."""
        return self.takes * max(1, len(self.prompts))


def as_asked(asked: Song, now: Song) -> Song:
    """Return the song `asked` with the takes that its regions have in the song `now`."""
    have = {region.id: region for track in now.tracks for region in track.regions}

    def with_takes(region: Region) -> Region:
        there = have.get(region.id)
        if there is None:
            return region
        return replace(region, takes=there.takes, active_take=there.active_take, comp=there.comp)

    tracks = tuple(
        replace(track, regions=tuple(map(with_takes, track.regions))) for track in asked.tracks
    )
    return replace(asked, tracks=tracks)


@dataclass(frozen=True, slots=True)
class JobProgress:
    """How far a job is: the stage of take number `take` (from 1), and the share of all of it."""

    stage: Stage
    done: int
    total: int
    take: int
    takes: int

    @property
    def share(self) -> float:
        """Return how much of the job is done, 0..1."""
        return (self.take - 1 + share_of_render(self)) / self.takes


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """A job that is to be performed.

    `on_end` is told how it ended, with the error if there was one; what it is told first counts.
    """

    job: Job
    on_progress: Callable[[JobProgress], None]
    cancel: CancelToken
    on_end: Callable[[Exception | None], None]


def share_of_render(progress: Progress | JobProgress) -> float:
    """Return how much of one render is done, 0..1."""
    stages = list(Stage)
    before = sum(STAGE_SHARES[stage] for stage in stages[: stages.index(progress.stage)])
    return before + STAGE_SHARES[progress.stage] * progress.done / max(progress.total, 1)


class Pace:
    """Guesses the time left from the speed since the work began, or began anew."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._start = self._last = (clock(), 0.0)

    def seconds_left(self, share: float) -> float | None:
        """Return how long the rest takes, now that `share` is done; None while it is too early."""
        if share < self._last[1]:  # a rendering was refused, and the next seed is tried
            self._start = (self._last[0], share)
        self._last = (self._clock(), share)
        elapsed_s, done = self._last[0] - self._start[0], share - self._start[1]
        return elapsed_s * (1 - share) / done if done >= EARLIEST_GUESS else None


def plan_jobs(
    song: Song,
    region_ids: Collection[int],
    *,
    takes: int = 1,
    seed: int | None = None,
    steps: int | None = None,
    pack_id: str | None = None,
) -> tuple[Job, ...]:
    """Return the jobs that render the regions, in the order of tracks, then of time.

    Regions that touch become one job, unless they ask for different packs or numbers of steps.
    """

    def wishes(region: Region) -> tuple[object, ...]:
        pack = pack_id or wanted_pack_id(song, region) or DEFAULT_PACK
        return pack, region.steps if steps is None else steps

    return tuple(
        Job(tuple(region.id for region in piece), takes, seed, steps, pack_id=pack_id)
        for track in song.tracks
        for chain in chains(track)
        for piece in pieces(chain, region_ids, wishes)
    )


def plan_stems(song: Song, region_ids: Collection[int]) -> tuple[Job, ...]:
    """Return the jobs that render the regions track by track, each hearing the tracks before it."""
    order = [track.id for track in song.tracks]
    tracks = {region.id: track.id for track in song.tracks for region in track.regions}
    return tuple(
        replace(job, hears=tuple(order[: order.index(tracks[job.region_ids[0]])]))
        for job in plan_jobs(song, region_ids)
    )


def pieces(
    chain: tuple[Region, ...],
    region_ids: Collection[int],
    wishes: Callable[[Region], tuple[object, ...]],
) -> Iterator[tuple[Region, ...]]:
    """Yield the runs of wanted regions of `chain`, of the same wishes, that are rendered as one.

    A longer run is parted, as each of its takes keeps the requests of all of it.
    """

    def key(region: Region) -> tuple[bool, tuple[object, ...]]:
        return region.id in region_ids, wishes(region)

    for (wanted, _), run in groupby(chain, key):
        regions = tuple(run) if wanted else ()
        for first in range(0, len(regions), MAX_TOGETHER):
            yield regions[first : first + MAX_TOGETHER]


class Seeds:
    """The seeds of a job's regions, by their ids: the first one, then those that follow it."""

    def __init__(self, first: Mapping[int, int]) -> None:
        self._next = dict(first)

    def __getitem__(self, region_id: int) -> int:
        return self._next[region_id]

    def advance(self, region_ids: Collection[int]) -> None:
        """Go on to the next seed of each of the regions."""
        for region_id in region_ids:
            self._next[region_id] = (self._next[region_id] + 1) % (MAX_SEED + 1)


def first_seeds(job: Job, regions: Collection[Region], draw: DrawSeed) -> dict[int, int]:
    """Return for each region the job's seed, else the region's own, else a drawn one."""
    return {region.id: _first_seed(job, region, draw) for region in regions}


def _first_seed(job: Job, region: Region, draw: DrawSeed) -> int:
    if job.seed is not None:
        return job.seed
    return region.seed if region.seed is not None else draw()


def draw_seed() -> int:
    """Return a seed that nobody can foresee, short enough to be written down."""
    return secrets.randbelow(2**32)
