"""Whether a take still sounds what its region says. Apart from Qt."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import numpy as np

from desktop.document.comping import PlayedSpan, played_spans
from desktop.document.query import wanted_pack_id
from desktop.document.song import Region, Song, Take, Track
from desktop.document.tempo import TempoMap
from desktop.rendering.conditions import beat_grid, sketched_notes
from desktop.rendering.improvised import heard_in
from desktop.rendering.packs import find_pack
from inference.errors import PackError
from ui.timeline.arrays import Floats

NEAR_S: Final = 0.002
NEAR_BEATS: Final = 0.02
Heard: TypeAlias = tuple[float, float]  # from and to which second of the take a region plays it


@dataclass(slots=True)
class Freshness:
    """Answers by region, kept as long as region, clips, tempo and pack stay the same objects."""

    _known: dict[int, tuple[tuple[object, ...], bool]] = field(default_factory=dict)
    _requests: dict[str, Mapping[str, Any] | None] = field(default_factory=dict)
    _default_pack_id: str | None = None

    def is_out_of_date(self, song: Song, track: Track, region: Region) -> bool:
        """Return whether what a take that plays was made from has changed since.

        That is its prompt, pack, role, or the notes or tempo where it plays.
        """
        asked = (region, track.clips, song.tempo_map, track.role, wanted_pack_id(song, region))
        known = self._known.get(region.id)
        if known is None or any(a is not b for a, b in zip(known[0], asked, strict=True)):
            spans = played_spans(region)
            known = asked, any(self._has_changed(song, track, region, span) for span in spans)
            self._known[region.id] = known
        return known[1]

    def _has_changed(self, song: Song, track: Track, region: Region, span: PlayedSpan) -> bool:
        take = span.take
        if take.id not in self._requests:
            self._requests[take.id] = request_of(take)
        request = self._requests[take.id]
        if request is None:
            return False
        now = (region.prompt, region.negative_prompt, track.role)
        then = (request.get("prompt"), request.get("negative_prompt", ""), request.get("role"))
        pack_id = wanted_pack_id(song, region) or self._default()
        if now != then or pack_id not in {request.get("pack_id"), None}:
            return True
        return _sounds_other(song.tempo_map, track, region, span, request)

    def _default(self) -> str | None:
        """Return the pack of songs that name none; None where there is none to be had."""
        if self._default_pack_id is None:
            with suppress(PackError):
                self._default_pack_id = find_pack(None).id
        return self._default_pack_id


def request_of(take: Take) -> Mapping[str, Any] | None:
    """Return what the model was asked for; None for audio that no model made."""
    try:
        recipe = take.provenance()
        found = recipe["requests"][recipe.get("chain_index", 0)]
    except (ValueError, LookupError, TypeError):
        return None
    return found if isinstance(found, dict) else None


def _sounds_other(
    tempo_map: TempoMap, track: Track, region: Region, span: PlayedSpan, request: Mapping[str, Any]
) -> bool:
    """Return whether notes or tempo differ in what the region plays of the take."""
    rate, offset_s = span.take.sample_rate_hz, span.take.offset_frames / span.take.sample_rate_hz
    zero_s = tempo_map.tick_to_second(region.start) - offset_s
    first_s, last_s = (tempo_map.tick_to_second(tick) - zero_s for tick in (span.start, span.end))
    heard = (max(0.0, first_s), min(span.take.frames / rate, last_s))
    if heard[1] - heard[0] < last_s - first_s - NEAR_S:
        return True  # some of the span is silent
    notes = sketched_notes(tempo_map, track, region) or ()
    now = _within([(n.start_s + offset_s, *n[1:]) for n in notes], heard)
    then = [tuple(note) for note in request.get("notes") or ()]
    improvised = _improvised(track, region, span)
    with_improvised = improvised and _alike(now, _within([*then, *improvised], heard))
    if not with_improvised and not _alike(now, _within(then, heard)):
        return True
    grid = beat_grid(tempo_map, region.start, region.end)
    points = [(point.time_s + offset_s, point.beat) for point in grid]
    asked = [(point[0], point[1]) for point in request.get("beats") or ()]
    return bool(asked) and abs(_beats(points, heard) - _beats(asked, heard)) > NEAR_BEATS


def _improvised(track: Track, region: Region, span: PlayedSpan) -> Sequence[tuple[float, ...]]:
    """Return the notes that were improvised for the take, which may be drawn since."""
    found = heard_in(span.take, region.takes)
    return found.drums if track.role == "drums" else found.notes


def _within(notes: Sequence[tuple[float, ...]], heard: Heard) -> Floats:
    """Return starts, ends, pitches and velocities, (n, 4), of what is heard of `notes`."""
    table = np.array(notes, np.float64).reshape(-1, 4)
    table[:, 1] += table[:, 0]
    table[:, :2] = np.clip(table[:, :2], *heard)
    table = table[table[:, 1] - table[:, 0] > NEAR_S]
    start, end = np.rint(table[:, :2].T / NEAR_S)
    ordered: Floats = table[np.lexsort((table[:, 3], end, table[:, 2], start))]
    return ordered


def _alike(one: Floats, other: Floats) -> bool:
    return one.shape == other.shape and np.allclose(one, other, rtol=0, atol=NEAR_S)


def _beats(points: list[tuple[float, float]], heard: Heard) -> float:
    at_s, beats = np.array(points, np.float64).T
    start, end = np.interp(heard, at_s, beats)
    return float(end - start)
