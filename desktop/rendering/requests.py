"""From a region, where it stands in its song, to what the model is asked for."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple, NotRequired, TypeAlias, TypedDict

import numpy as np

from desktop.document.comping import played_spans
from desktop.document.query import sounding_tracks, track_with_region
from desktop.document.song import Comp, Piece, Region, Song, Take, Track
from desktop.document.time import Tick
from desktop.mixing.stems import OpenTake, mixed, open_stems
from desktop.rendering.conditions import beat_grid, sketched_notes
from inference.arrays import Audio
from inference.errors import RequestError
from inference.pack import Pack
from inference.request import RenderRequest


class HeardComp(TypedDict):
    """Which takes a region played one after another: from which of its ticks on, and their ids."""

    region: int
    crossfade_s: float
    pieces: list[tuple[int, str]]


class HeardTrack(TypedDict):
    """Which takes of a track a region listened to, and at what level.

    `gains_db` are those of takes that have a level of their own.
    """

    track: int
    gain_db: float
    pan: float
    takes: list[str]
    gains_db: NotRequired[dict[str, float]]
    comps: NotRequired[list[HeardComp]]


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

    `heard` are the tracks in its context, `sources` the takes of its other audio, by field. What is
    rendered `along` is not kept: the others come out as in its chain. `thrift` is that of the take
    that is to come out again.
    """

    region_id: int
    request: RenderRequest
    heard: Heard = NOTHING
    sources: Mapping[str, Source] = field(default_factory=dict)
    along: bool = False
    thrift: int = 0


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
        there = all(has(span.take) for span in played_spans(region))
        return region if there else replace(region, active_take=None, comp=None)

    tracks = (replace(t, regions=tuple(map(heard, t.regions))) for t in song.tracks)
    return replace(song, tracks=tuple(tracks))


def without(song: Song, track: Track) -> Song:
    """Return `song` without `track`, whose own solo then silences nobody."""
    return replace(song, tracks=tuple(t for t in song.tracks if t.id != track.id))


def heard_by(song: Song, track: Track) -> Heard:
    """Return which takes of which tracks a region of `track` listens to, for its recipe."""
    return tuple(
        _heard_track(t)
        for t in sounding_tracks(without(song, track))
        if any(region.active_take is not None for region in t.regions)
    )


def _heard_track(track: Track) -> HeardTrack:
    takes = [region.active_take for region in track.regions if region.active_take is not None]
    found = HeardTrack(track=track.id, gain_db=track.gain_db, pan=track.pan, takes=takes)
    played = [span.take for region in track.regions for span in played_spans(region)]
    if gains_db := {take.id: take.gain_db for take in played if take.gain_db}:
        found["gains_db"] = gains_db
    comps = [(region.id, region.comp) for region in track.regions if region.comp is not None]
    if comps:
        found["comps"] = [
            HeardComp(
                region=region_id,
                crossfade_s=comp.crossfade_s,
                pieces=[(piece.start, piece.take_id) for piece in comp.pieces],
            )
            for region_id, comp in comps
        ]
    return found


def as_heard(song: Song, heard: Heard) -> Song:
    """Return `song` with the levels and takes that `heard` names, and all else silent."""
    by_track = {entry["track"]: entry for entry in heard}
    tracks = (with_takes(t, by_track[t.id]) for t in song.tracks if t.id in by_track)
    return replace(song, tracks=tuple(tracks))


def with_takes(track: Track, entry: HeardTrack) -> Track:
    """Return `track` as `entry` of a recipe describes it."""
    wanted, gains_db = set(entry["takes"]), entry.get("gains_db", {})
    comps = {comp["region"]: comp for comp in entry.get("comps", [])}

    def choose(region: Region) -> Region:
        found = next((take.id for take in region.takes if take.id in wanted), None)
        takes = tuple(replace(take, gain_db=gains_db.get(take.id, 0.0)) for take in region.takes)
        comp = _comp_of(comps.get(region.id), region) if found is not None else None
        return replace(region, active_take=found, takes=takes, comp=comp)

    regions = tuple(choose(region) for region in track.regions)
    return replace(
        track,
        regions=regions,
        gain_db=entry["gain_db"],
        pan=entry["pan"],
        mute=False,
        solo=False,
    )


def _comp_of(heard: HeardComp | None, region: Region) -> Comp | None:
    """Return the comp as it was heard, None where there was none or a take of it is gone."""
    known = {take.id for take in region.takes}
    if heard is None or not all(take_id in known for _, take_id in heard["pieces"]):
        return None
    pieces = tuple(Piece(Tick(start), take_id) for start, take_id in heard["pieces"])
    return Comp(pieces, heard["crossfade_s"])
