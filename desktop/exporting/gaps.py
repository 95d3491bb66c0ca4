"""Where a track is silent though a region asks for sound."""

from collections.abc import Iterator
from typing import Final

from desktop.document.song import Region, Take, Track
from desktop.document.tempo import TempoMap

UNHEARD_S: Final = 0.001  # rates that do not divide one another round by less


def gaps(track: Track, tempo_map: TempoMap, start_s: float, end_s: float) -> Iterator[str]:
    """Yield, for each region that shares time with [start_s, end_s), what of it is silent."""
    for region in track.regions:
        region_s = tempo_map.tick_to_second(region.start), tempo_map.tick_to_second(region.end)
        if not (region_s[0] < end_s and start_s < region_s[1]):
            continue
        where = f"the region at {tempo_map.tick_to_position(region.start)}"
        if region.playing is None:
            yield f"{where} {_unrendered(region)}"
        elif (missing_s := _missing_s(region.playing, region_s[1] - region_s[0])) > UNHEARD_S:
            yield f"{where} is {missing_s:.3f} s longer than its take and silent there; render it"


def _unrendered(region: Region) -> str:
    if region.takes:
        return "plays none of its takes and is silent; choose one"
    return "has no take and is silent; render it"


def _missing_s(take: Take, region_s: float) -> float:
    first_s = take.offset_frames / take.sample_rate_hz
    last_s = (take.frames - take.offset_frames) / take.sample_rate_hz
    return min(max(0.0, -first_s) + max(0.0, region_s - last_s), region_s)
