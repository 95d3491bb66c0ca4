"""Which jobs of the queue may be rendered together without any of them sounding different."""

from collections.abc import Sequence
from typing import Final

from desktop.document.query import find_region, has_region, track_with_region, wanted_pack_id
from desktop.document.song import Song
from desktop.rendering.jobs import Job
from desktop.rendering.packs import DEFAULT_PACK
from inference.canvas import cut
from inference.pack import Pack

LOOK_AHEAD: Final = 64  # jobs


def companions(
    song: Song, first: Job, waiting: Sequence[Job], pack: Pack, most: int
) -> tuple[int, ...]:
    """Return the places of up to `most - 1` waiting jobs that go along with `first`, of `pack`.

    They are like it, and hear nothing that the queue would render before them.
    """
    wanted = likeness(song, first, pack)
    along: list[int] = []
    for place, job in enumerate(waiting[:LOOK_AHEAD]):
        if len(along) >= most - 1:
            break
        before = (first, *waiting[:place])
        if is_whole(song, job) and likeness(song, job, pack) == wanted:
            along += [place] * all(independent(song, job, one) for one in before)
    return tuple(along)


def is_whole(song: Song, job: Job) -> bool:
    """Return whether all regions of the job are still there."""
    return all(has_region(song, region_id) for region_id in job.region_ids)


def likeness(song: Song, job: Job, pack: Pack) -> tuple[object, ...]:
    """Return what jobs rendered together must share; lengths are those of `pack`."""
    regions = [find_region(song, region_id) for region_id in job.region_ids]
    packs = {job.pack_id or wanted_pack_id(song, one) or DEFAULT_PACK for one in regions}
    steps = regions[0].steps if job.steps is None else job.steps
    strength = getattr(job.variation, "strength", None)
    frames = latent_frames(song, job, pack)
    return packs, steps, frames, strength, job.thrift, job.device


def latent_frames(song: Song, job: Job, pack: Pack) -> tuple[int, ...]:
    """Return how long the job's regions are, in latent frames of `pack`."""
    regions = [find_region(song, region_id) for region_id in job.region_ids]
    rate_hz, step = pack.manifest.audio.sample_rate_hz, pack.manifest.latent.audio_frames
    spans = (song.tempo_map.span_frames(one.start, one.end, rate_hz) for one in regions)
    return tuple(-(-frames // step) for frames in spans)


def windows(song: Song, job: Job, pack: Pack) -> int:
    """Return about how many rows of the denoiser the job fills at each step."""
    latent = pack.manifest.latent
    lengths = latent_frames(song, job, pack)
    return sum(len(cut(0, length, latent.window, latent.overlap)) for length in lengths)


def independent(song: Song, one: Job, other: Job) -> bool:
    """Return whether each of the jobs sounds the same, whichever of them is rendered first."""
    if not (is_whole(song, one) and is_whole(song, other)):
        return False
    if set(one.region_ids) & set(other.region_ids):
        return one.region_ids == other.region_ids  # else a take may bring back its neighbours
    tracks = {track_with_region(song, job.region_ids[0]).id for job in (one, other)}
    if len(tracks) == 1:
        return True
    return not (listens(song, one) or listens(song, other)) or not overlap(song, one, other)


def listens(song: Song, job: Job) -> bool:
    """Return whether the job's regions hear other tracks."""
    if job.hears is not None:
        return bool(job.hears)
    return any(find_region(song, region_id).listens for region_id in job.region_ids)


def overlap(song: Song, one: Job, other: Job) -> bool:
    """Return whether the jobs' regions share any time."""
    spans = []
    for job in (one, other):
        regions = [find_region(song, region_id) for region_id in job.region_ids]
        spans.append((regions[0].start, regions[-1].end))
    return all(a[0] < b[1] for a, b in (spans, spans[::-1]))
