"""From a region, where it stands in its song, to what the model is asked for."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple, TypeAlias, TypedDict

import numpy as np

from desktop.document.query import sounding_tracks, track_with_region
from desktop.document.song import Region, Song, Take, Track
from desktop.mixing.stems import OpenTake, mixed, open_stems
from desktop.rendering.conditions import beat_grid, sketched_notes
from inference.arrays import Audio
from inference.errors import RequestError
from inference.pack import Pack
from inference.request import RenderRequest


class HeardTrack(TypedDict):
    """Which takes of a track a region listened to, and at what level."""

    track: int
    gain_db: float
    pan: float
    takes: list[str]


Heard: TypeAlias = tuple[HeardTrack, ...]
NOTHING: Final[Heard] = ()
MAX_RENDER_S: Final = 3600  # of one piece; at 44.1 kHz it takes 10 GB of memory


class Source(NamedTuple):
    """The part of a take that a request is given: frames at the pack's rate, before 0 silence."""

    take_sha256: str
    first_frame: int
    frames: int


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A request, and where its audio comes from, as the recipe names it.

    `heard` are the tracks in its context, `sources` the takes of its other audio, by field.
    """

    region_id: int
    request: RenderRequest
    heard: Heard = NOTHING
    sources: Mapping[str, Source] = field(default_factory=dict)


def ask(
    song: Song,
    region: Region,
    pack: Pack,
    open_take: OpenTake,
    *,
    seed: int,
    steps: int | None = None,
    hears: Collection[int] | None = None,
) -> Asked:
    """Return what to ask of `pack` for `region`; `steps` stand in place of the region's own.

    It hears the tracks that `hears` names, whether it listens or not; all for None if it listens.
    It has exactly the frames that the region's span has at the pack's rate. RequestError when the
    region is too short for one; MixError when a take that it listens to cannot be read.
    """
    track = track_with_region(song, region.id)
    rate_hz = pack.manifest.audio.sample_rate_hz
    frames = song.tempo_map.span_frames(region.start, region.end, rate_hz)
    if frames < 1:
        raise RequestError(f"region {region.id} is shorter than a frame; make it longer")
    if hears is not None:
        song = replace(song, tracks=tuple(t for t in song.tracks if t.id in {track.id, *hears}))
    listens = region.listens if hears is None else bool(hears)
    context = listen(song, track, region, pack, open_take) if listens else None
    request = RenderRequest(
        pack_id=pack.id,
        frames=frames,
        prompt=region.prompt,
        negative_prompt=region.negative_prompt,
        role=track.role,
        notes=sketched_notes(song.tempo_map, track, region),
        beats=beat_grid(song.tempo_map, region.start, region.end),
        seed=seed,
        steps=region.steps if steps is None else steps,
        guidance=region.guidance,
        notes_strength=region.notes_strength,
        context_audio=context,
    )
    return Asked(region.id, request, NOTHING if context is None else heard_by(song, track))


def check_length(song: Song, regions: Sequence[Region]) -> None:
    """Raise RequestError when the regions, which touch, are too long to be rendered as one."""
    first, last = (song.tempo_map.tick_to_second(t) for t in (regions[0].start, regions[-1].end))
    if last - first > MAX_RENDER_S:
        raise RequestError(
            f"region {regions[0].id}, with those that touch it, lasts {last - first:.0f} s, and "
            f"{MAX_RENDER_S} s can be rendered in one piece; shorten it, or render fewer at once"
        )


def listen(
    song: Song, track: Track, region: Region, pack: Pack, open_take: OpenTake
) -> Audio | None:
    """Return what the other tracks play within the region, None where they are silent.

    float32 (channels, frames) at the pack's rate.
    """
    rate_hz, channels = pack.manifest.audio.sample_rate_hz, pack.manifest.audio.channels
    start, end = (song.tempo_map.tick_to_frame(at, rate_hz) for at in (region.start, region.end))
    with open_stems(without(song, track), rate_hz, open_take) as stems:
        sound = mixed((stem.read(start, end - start) for stem in stems), end - start)
    if not pack.manifest.conditions.context_audio or not sound.any():
        return None
    return sound if channels == 2 else fold(sound, channels)


def fold(sound: Audio, channels: int) -> Audio:
    """Return stereo `sound` as so many channels, each the mean of both sides."""
    return np.ascontiguousarray(np.tile(sound.mean(axis=0), (channels, 1)), np.float32)


def without_missing(song: Song, has: Callable[[Take], bool]) -> Song:
    """Return `song` with no region playing a take that the pool has not.

    A region that is rendered listens to silence there: else, of takes lost together, none could
    be made again before the others.
    """

    def heard(region: Region) -> Region:
        take = region.playing
        return region if take is None or has(take) else replace(region, active_take=None)

    tracks = (replace(t, regions=tuple(map(heard, t.regions))) for t in song.tracks)
    return replace(song, tracks=tuple(tracks))


def without(song: Song, track: Track) -> Song:
    """Return `song` without `track`, whose own solo then silences nobody."""
    return replace(song, tracks=tuple(t for t in song.tracks if t.id != track.id))


def heard_by(song: Song, track: Track) -> Heard:
    """Return which takes of which tracks a region of `track` listens to, for its recipe."""
    return tuple(
        HeardTrack(
            track=t.id,
            gain_db=t.gain_db,
            pan=t.pan,
            takes=[region.active_take for region in t.regions if region.active_take is not None],
        )
        for t in sounding_tracks(without(song, track))
        if any(region.active_take is not None for region in t.regions)
    )


def as_heard(song: Song, heard: Heard) -> Song:
    """Return `song` with the levels and takes that `heard` names, and all else silent."""
    by_track = {entry["track"]: entry for entry in heard}
    tracks = (with_takes(t, by_track[t.id]) for t in song.tracks if t.id in by_track)
    return replace(song, tracks=tuple(tracks))


def with_takes(track: Track, entry: HeardTrack) -> Track:
    """Return `track` as `entry` of a recipe describes it."""
    wanted = set(entry["takes"])

    def choose(region: Region) -> Region:
        found = next((take.id for take in region.takes if take.id in wanted), None)
        return replace(region, active_take=found)

    regions = tuple(choose(region) for region in track.regions)
    return replace(
        track,
        regions=regions,
        gain_db=entry["gain_db"],
        pan=entry["pan"],
        mute=False,
        solo=False,
    )
