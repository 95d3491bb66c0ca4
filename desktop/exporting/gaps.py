"""Where a track is silent though a region asks for sound."""

from collections.abc import Iterator
from typing import Final

from desktop.document.comping import PlayedSpan, played_spans
from desktop.document.song import Region, Track
from desktop.document.tempo import TempoMap

UNHEARD_S: Final = 0.001  # rates that do not divide one another round by less


def gaps(track: Track, tempo_map: TempoMap, start_s: float, end_s: float) -> Iterator[str]:
    """Yield, for each region that shares time with [start_s, end_s), what of it is silent."""
    for region in track.regions:
        first_s, last_s = _span_s(tempo_map, region)
        if not (first_s < end_s and start_s < last_s):
            continue
        missing_s = sum(_missing_s(tempo_map, first_s, span) for span in played_spans(region))
        where = f"the region at {tempo_map.tick_to_position(region.start)}"
        if region.playing is None:
            yield f"{where} {_unrendered(region)}"
        elif missing_s > UNHEARD_S and region.comp is not None:
            yield f"{where} is silent for {missing_s:.3f} s where its comp's takes end; comp others"
        elif missing_s > UNHEARD_S:
            yield f"{where} is {missing_s:.3f} s longer than its take and silent there; render it"


def _unrendered(region: Region) -> str:
    if region.takes:
        return "plays none of its takes and is silent; choose one"
    return "has no take and is silent; render it"


def _missing_s(tempo_map: TempoMap, region_start_s: float, span: PlayedSpan) -> float:
    """Return for how long the take is silent where it is to play."""
    take, (first_s, last_s) = span.take, _span_s(tempo_map, span)
    audio_s = region_start_s - take.offset_frames / take.sample_rate_hz
    heard_s = min(last_s, audio_s + take.frames / take.sample_rate_hz) - max(first_s, audio_s)
    return (last_s - first_s) - max(0.0, heard_s)


def _span_s(tempo_map: TempoMap, span: Region | PlayedSpan) -> tuple[float, float]:
    return tempo_map.tick_to_second(span.start), tempo_map.tick_to_second(span.end)
