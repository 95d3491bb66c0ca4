"""A song is valid from the moment it exists."""

import pickle
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from desktop.document.song import (
    MAX_SEED,
    Clip,
    Marker,
    Measure,
    Note,
    QualityGate,
    QualityReport,
    Region,
    Settings,
    Song,
    Take,
    Track,
)
from desktop.document.tempo import TempoChange, TempoMap
from desktop.document.time import MAX_TICK, PPQ, Tick

NOTE = Note(1, Tick(0), Tick(PPQ), 60)
REGION = Region(1, Tick(0), Tick(PPQ))
TAKE = Take("a", "0" * 64, "flac", 100, 44100, "2026-01-01T00:00:00Z")


def region(number: int, start: int, end: int) -> Region:
    return Region(number, Tick(start), Tick(end))


@pytest.mark.parametrize(
    ("part", "changes", "message"),
    [
        (NOTE, {"id": 0}, "an id must be in"),
        (NOTE, {"id": 2**53}, "an id must be in"),
        (NOTE, {"pitch": 128}, "pitch must be in 0..127, got 128"),
        (NOTE, {"pitch": -1}, "pitch"),
        (NOTE, {"velocity": 0}, "velocity must be in 1..127, got 0"),
        (NOTE, {"start": -1}, "note start"),
        (NOTE, {"length": 0}, "1 tick or longer"),
        (NOTE, {"length": MAX_TICK + 1}, "note end"),
        (REGION, {"end": 0}, "1 tick or longer"),
        (REGION, {"seed": -1}, "seed"),
        (REGION, {"seed": MAX_SEED + 1}, "seed"),
        (REGION, {"steps": 0}, "steps"),
        (REGION, {"guidance": float("nan")}, "guidance"),
        (REGION, {"notes_strength": 1.1}, "notes_strength"),
        (REGION, {"prompt": "\ud800"}, "prompt is no valid text at letter 0"),
        (REGION, {"takes": (TAKE, TAKE)}, "take ids must be unique"),
        (REGION, {"active_take": "a"}, "has no take 'a' to play"),
        (TAKE, {"sha256": "../../etc/passwd"}, "64 digits"),
        (TAKE, {"sha256": "0" * 63 + "A"}, "64 digits"),
        (TAKE, {"sha256": "0" * 64 + "\n"}, "64 digits"),
        (TAKE, {"frames": 0}, "frames"),
        (TAKE, {"sample_rate_hz": 1}, "sample_rate_hz"),
        (TAKE, {"stars": 6}, "stars"),
        (Track(1), {"colour": "red"}, "colour must be like #8899aa, got 'red'"),
        (Track(1), {"role": "solo"}, "role must be one of"),
        (Track(1), {"gain_db": float("inf")}, "gain_db"),
        (Track(1), {"pan": -1.01}, "pan"),
        (Marker(1, Tick(0), ""), {"tick": -1}, "marker"),
        (Measure("a", 0.0), {"value": float("-inf")}, "finite or None"),
        (QualityGate(), {"retries": -1}, "retries"),
        (QualityGate(), {"max_dc_offset": 2.0}, "max_dc_offset"),
        (QualityGate(), {"min_loudness_lufs": float("nan")}, "min_loudness_lufs"),
        (Settings(), {"key": "H"}, "key must be one of"),
        (Settings(), {"sample_rate_hz": 0}, "sample_rate_hz"),
    ],
)
def test_what_cannot_be_is_refused_with_its_value(
    part: Any, changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        replace(part, **changes)


def test_regions_of_a_track_may_touch_but_not_overlap() -> None:
    Track(1, regions=(region(2, 0, 10), region(3, 10, 20)))
    with pytest.raises(ValueError, match="overlaps"):
        Track(1, regions=(region(3, 9, 20), region(2, 0, 10)))


def test_regions_that_overlap_are_told_by_how_their_prompts_begin() -> None:
    flute = replace(region(2, 0, 10), prompt="flute, " * 20)
    bare = replace(region(3, 9, 20), prompt="")
    with pytest.raises(ValueError, match="overlaps") as caught:
        Track(1, "Melody", regions=(flute, bare))
    assert str(caught.value) == (
        f"the region '{'flute, ' * 5}flute…' overlaps the region without a prompt on 'Melody'; "
        "move or shorten one of them"
    )


def test_parts_are_kept_in_order_of_time() -> None:
    later = Note(2, Tick(5), Tick(1), 50)
    assert Clip(1, Tick(0), Tick(9), (later, NOTE)).notes == (NOTE, later)
    regions = (region(2, 10, 20), region(3, 0, 10))
    assert Track(1, regions=regions).regions == regions[::-1]
    markers = (Marker(1, Tick(5), "b"), Marker(2, Tick(1), "a"))
    assert Song(markers=markers, next_id=3).markers == markers[::-1]


def test_notes_of_a_clip_have_ids_of_their_own() -> None:
    with pytest.raises(ValueError, match="note ids must be unique"):
        Clip(1, Tick(0), Tick(9), (NOTE, NOTE))


@pytest.mark.parametrize(
    "make",
    [
        lambda: Song(tracks=(Track(1), Track(1)), next_id=2),
        lambda: Song(tracks=(Track(1, regions=(region(1, 0, 1),)),), next_id=2),
        lambda: Song(tracks=(Track(1),), markers=(Marker(1, Tick(0), ""),), next_id=2),
    ],
)
def test_ids_are_unique_within_the_song(make: Callable[[], Song]) -> None:
    with pytest.raises(ValueError, match="got 1 twice"):
        make()


def test_the_next_id_is_above_all_others() -> None:
    with pytest.raises(ValueError, match="next_id must be above 7, got 7"):
        Song(tracks=(Track(7),), next_id=7)


def test_a_song_of_many_hours_is_refused() -> None:
    slow = TempoMap((TempoChange(Tick(0), 4.0),))
    tracks = (Track(1, regions=(region(2, 0, 10_000_000),)),)
    assert Song(tracks=tracks, next_id=3).end == 10_000_000
    with pytest.raises(ValueError, match="may last 21600 s, got 156250 s"):
        Song(tracks=tracks, tempo_map=slow, next_id=3)


def test_a_region_plays_its_active_take() -> None:
    assert replace(REGION, takes=(TAKE,)).playing is None
    assert replace(REGION, takes=(TAKE,), active_take="a").playing is TAKE


def test_a_report_with_failures_has_not_passed() -> None:
    assert QualityReport().passed
    assert not QualityReport(failures=("too loud",)).passed


def test_a_recipe_reads_as_the_object_that_was_written() -> None:
    assert replace(TAKE, recipe='{"seed": 3}').provenance() == {"seed": 3}
    for damaged in ("", "[]", "{", "[" * 100_000):
        with pytest.raises(ValueError, match="the recipe of take a"):
            replace(TAKE, recipe=damaged).provenance()


def test_a_song_survives_the_way_to_another_process() -> None:
    clip = Clip(2, Tick(0), Tick(PPQ), (NOTE,))
    song = Song("歌", (Track(1, clips=(clip,)),), next_id=3)
    assert pickle.loads(pickle.dumps(song)) == song


def test_an_id_that_stands_twice_among_many_is_found_at_once() -> None:
    markers = (*(Marker(n, Tick(0), "") for n in range(1, 50_001)), Marker(50_000, Tick(0), ""))
    with pytest.raises(ValueError, match="got 50000 twice"):
        Song(markers=markers, next_id=50_001)
