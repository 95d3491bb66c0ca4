"""Songs as bytes."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.document.song import (
    KEYS,
    MAX_SEED,
    ROLES,
    Clip,
    Comp,
    Marker,
    Measure,
    Note,
    Piece,
    QualityGate,
    QualityReport,
    Region,
    Settings,
    Song,
    Take,
    Track,
)
from desktop.document.tempo import MetreChange, TempoChange, TempoMap
from desktop.document.time import Tick
from desktop.storage.codec import decode, encode
from desktop.storage.errors import DamagedSongError, NewerVersionError, StorageError

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TICK = st.integers(0, 40_000)
LENGTH = st.integers(1, 4000)
RATE = st.integers(8000, 192_000)
DIGITS = st.text("0123456789abcdef", min_size=64, max_size=64)


def finite(low: float, high: float) -> st.SearchStrategy[float]:
    """Return floats in low..high."""
    return st.floats(low, high, allow_nan=False)


def tuples(parts: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    """Return tuples of up to `most` parts."""
    return st.lists(parts, max_size=most).map(tuple)


def numbered(parts: Iterable[Any], ids: Iterator[Any]) -> tuple[Any, ...]:
    """Return the parts with ids of their own."""
    return tuple(replace(part, id=next(ids)) for part in parts)


def side_by_side(regions: Iterable[tuple[Region, bool]]) -> tuple[Region, ...]:
    """Return the regions one after another, touching where theirs is True, their last take on."""
    placed: list[Region] = []
    for region, touches in regions:
        start = (placed[-1].end if placed else 0) + (0 if touches else 5)
        active = region.takes[-1].id if region.takes else None
        end = Tick(start + region.end)
        pieces = tuple(Piece(Tick(n), take.id) for n, take in enumerate(region.takes))
        comp = Comp(pieces, crossfade_s=0.5) if len(pieces) > 1 else None
        placed.append(replace(region, start=Tick(start), end=end, active_take=active, comp=comp))
    return tuple(placed)


# Strategies are built once and the parts numbered afterwards: to build them anew at each draw
# took minutes.
MEASURES = st.builds(Measure, TEXT, st.none() | finite(-1e300, 1e300))
TAKES = st.builds(
    Take,
    id=st.just(""),
    sha256=DIGITS,
    format=st.sampled_from(["flac", "wav"]),
    frames=st.integers(1, 2**31),
    sample_rate_hz=RATE,
    created_utc=TEXT,
    recipe=TEXT,
    quality=st.builds(QualityReport, tuples(MEASURES), tuples(TEXT)),
    stars=st.integers(0, 5),
    rejected=st.booleans(),
    name=TEXT,
    comment=TEXT,
    offset_frames=st.integers(-(2**31), 2**31),
    gain_db=finite(-144, 48),
    wins=st.integers(0, 9),
    losses=st.integers(0, 9),
    recording=TEXT,
)
REGIONS = st.builds(
    Region,
    id=st.just(1),
    start=st.just(0),
    end=LENGTH,
    prompt=TEXT,
    negative_prompt=TEXT,
    seed=st.none() | st.integers(0, MAX_SEED),
    steps=st.none() | st.integers(1, 1000),
    guidance=st.none() | finite(0, 100),
    notes_strength=finite(0, 1),
    listens=st.booleans(),
    pack_id=st.none() | TEXT,
    takes=tuples(TAKES).map(lambda found: numbered(found, map(str, count()))),
    active_take=st.none(),
)
NOTES = st.builds(Note, st.just(1), TICK, LENGTH, st.integers(0, 127), velocity=st.integers(1, 127))
CLIPS = st.builds(
    Clip, st.just(1), TICK, LENGTH, tuples(NOTES, 3).map(lambda found: numbered(found, count(1)))
)
TRACKS = st.builds(
    Track,
    id=st.just(1),
    name=TEXT,
    colour=st.sampled_from(["#000000", "#89abef"]),
    role=st.sampled_from(ROLES),
    gain_db=finite(-144, 48),
    pan=finite(-1, 1),
    mute=st.booleans(),
    solo=st.booleans(),
    clips=tuples(CLIPS),
    regions=tuples(st.tuples(REGIONS, st.booleans())).map(side_by_side),
)
MARKERS = st.builds(Marker, st.just(1), TICK, TEXT)
TEMPOS = tuples(finite(4, 1000)).map(
    lambda bpms: tuple(TempoChange(Tick(n * 961), bpm) for n, bpm in enumerate((120.0, *bpms)))
)
METRES = tuples(st.tuples(st.integers(1, 255), st.sampled_from([1, 4, 8, 64]))).map(
    lambda found: tuple(MetreChange(Tick(n * 7), *m) for n, m in enumerate(((4, 4), *found)))
)
SETTINGS = st.builds(
    Settings,
    key=st.none() | st.sampled_from(KEYS),
    sample_rate_hz=RATE,
    pack_id=st.none() | TEXT,
    pack_version=st.none() | TEXT,
    quality_gate=st.builds(QualityGate, retries=st.integers(0, 9), max_dc_offset=st.none()),
)
TEMPO_MAPS = st.builds(TempoMap, TEMPOS, METRES)


def song_of(title: str, tracks: Any, tempo_map: Any, markers: Any, settings: Any) -> Song:
    """Return a song of these parts, their ids unique."""
    ids = count(1)
    parts = tuple(
        replace(t, clips=numbered(t.clips, ids), regions=numbered(t.regions, ids))
        for t in numbered(tracks, ids)
    )
    return Song(title, parts, tempo_map, numbered(markers, ids), settings, next(ids))


SONGS = st.builds(song_of, TEXT, tuples(TRACKS), TEMPO_MAPS, tuples(MARKERS), SETTINGS)


SAVED = encode(Song("Étude", (Track(1),), next_id=2), revision=7)


@given(song=SONGS, revision=st.integers(0, 2**53))
def test_any_song_comes_back_from_its_bytes(song: Song, revision: int) -> None:
    saved = decode(encode(song, revision))
    assert (saved.song, saved.revision) == (song, revision)
    assert encode(saved.song, revision) == encode(song, revision)


PATCHES = st.binary(max_size=3) | st.sampled_from([b"-", b"9" * 30, b"1e308", b"]", b"null"])
MUTATIONS = st.lists(st.tuples(finite(0, 1), st.integers(0, 3), PATCHES), min_size=1, max_size=4)


@settings(max_examples=100)
@given(song=SONGS, mutations=MUTATIONS)
def test_mutated_bytes_are_an_error_of_storage_or_a_song(
    song: Song, mutations: list[tuple[float, int, bytes]]
) -> None:
    mutated = bytearray(encode(song))
    for place, length, patch in mutations:
        start = round(place * len(mutated))
        mutated[start : start + length] = patch
    try:
        found = decode(bytes(mutated)).song
    except StorageError:
        return
    assert decode(encode(found)).song == found


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "truncated"),
        (SAVED[:-20], "truncated"),
        (b"[]", "expected an object"),
        (b"[" * 100_000, "nested too deeply"),
        (SAVED.replace(b'"tracks":[', b'"tracks":[' + b"[" * 100_000), "nested too deeply"),
        (SAVED.replace(b'"pan":0.0', b'"pan":NaN'), "malformed"),
        (SAVED.replace(b'"pan":0.0', b'"pan":Infinity'), "malformed"),
        (SAVED.replace(b'"pan":0.0', b'"pan":1e999'), "out of range"),
        (
            SAVED.replace(b'"pan":0.0', b'"pan":7'),
            r"-1\.\.1, got 7.0 - at `\$.song.tracks\[0\]",
        ),
        (SAVED.replace(b'"next_id":2', b'"next_id":' + b"9" * 5000), "out of range"),
        (SAVED.replace(b'"next_id":2', b'"next_id":4503599627370497'), "next_id must be"),
        (SAVED.replace(b'"next_id":2', b'"next_id":"2"'), r"\$\.song\.next_id"),
        (SAVED.replace(b'"pan":0.0,', b""), r"missing field \$\.song\.tracks\[0\]\.pan"),
        (SAVED.replace(b'"pan"', b'"pain"'), r"unknown field .*\.pain"),
        (SAVED.replace(b'"pan"', b'"lane":1,"pan"'), r"unknown field .*\.lane"),
        (SAVED.replace("É".encode(), b"\xc9"), "utf-8"),
        (SAVED.replace("É".encode(), rb"\ud800"), "malformed"),
        (SAVED.replace(b'"revision":7', b'"revision":-7'), "revision"),
        (SAVED.replace(b'"version":4', b'"version":0'), "version must be"),
        (SAVED.replace(b'"version":4', b'"version":true'), "version must be"),
        (SAVED.replace(b'"version":4', b'"version":' + b"9" * 5000), "out of range"),
    ],
)
def test_a_damaged_song_is_refused_with_its_file_and_the_reason(data: bytes, reason: str) -> None:
    assert data != SAVED
    with pytest.raises(DamagedSongError, match=f"^here.json: is damaged .*{reason}"):
        decode(data, Path("here.json"))


def test_a_newer_version_asks_for_an_update() -> None:
    newer = SAVED.replace(b'"version":4', b'"version":5')
    with pytest.raises(NewerVersionError, match=r"here.json: .*format 5, not 4.*update"):
        decode(newer, Path("here.json"))


def test_migrations_lead_through_every_version_to_the_current() -> None:
    def name_to_title(data: dict[str, Any]) -> dict[str, Any]:
        song = data["song"]
        return {**data, "song": {**song, "title": song["name"]}}

    def without_name(data: dict[str, Any]) -> dict[str, Any]:
        song = {key: value for key, value in data["song"].items() if key != "name"}
        return {**data, "song": song}

    plain = msgspec.json.decode(encode(Song()))
    plain["version"], plain["song"]["name"] = 1, "from version 1"
    old = msgspec.json.encode(plain)
    steps = {1: name_to_title, 2: without_name}
    saved = decode(old, current=3, migrations=steps)
    assert (saved.version, saved.song) == (3, Song("from version 1"))


@pytest.mark.parametrize("damaged", [b'{"version":1}', b'{"version":1,"song":[]}'])
def test_a_migration_that_stumbles_over_damage_is_damage(damaged: bytes) -> None:
    with pytest.raises(DamagedSongError):
        decode(damaged, current=2, migrations={1: lambda data: {"song": data["song"]["name"]}})


def test_scalars_of_arrays_are_saved_as_numbers() -> None:
    track = replace(Track(1), gain_db=np.float64(-6.5), pan=np.float32(0.5))  # type: ignore[arg-type]
    song = Song(tracks=(track,), next_id=np.int64(2))  # type: ignore[arg-type]
    assert decode(encode(song)).song == song


def test_a_song_of_version_1_plays_its_takes_as_they_are() -> None:
    """It was written by the program before takes had levels and regions comps."""
    take = (
        b'{"id":"t","sha256":"' + b"0" * 64 + b'","format":"flac","frames":9,'
        b'"sample_rate_hz":8000,"created_utc":"2026","recipe":"{}","quality":{"measures":[],'
        b'"failures":[]},"stars":3,"rejected":false,"name":"","comment":"dry","offset_frames":0}'
    )
    region = (
        b'{"id":2,"start":0,"end":960,"prompt":"flute","negative_prompt":"","seed":null,'
        b'"steps":null,"guidance":null,"notes_strength":1.0,"listens":true,"takes":['
        + take
        + b'],"active_take":"t"}'
    )
    track = b'"role":"lead","gain_db":0.0,"pan":0.0,"mute":false,"solo":false,"clips":[]'
    song = encode(Song("Old", (Track(1),), next_id=3), revision=4)
    old = song.replace(b'"version":4', b'"version":1').replace(
        track + b',"regions":[]', track + b',"regions":[' + region + b"]"
    )
    saved = decode(old)
    (found,) = saved.song.tracks[0].regions
    assert (saved.version, saved.revision, found.comp) == (4, 4, None)
    assert found.playing is not None
    assert (found.playing.stars, found.playing.comment) == (3, "dry")
    assert (found.playing.gain_db, found.playing.wins, found.playing.losses) == (0.0, 0, 0)


def test_a_stored_song_of_version_2_is_rendered_by_its_own_pack_alone() -> None:
    """It was written by the program before regions had packs of their own."""
    stored = (Path(__file__).parent / "songs" / "version_2.json").read_bytes()
    saved = decode(stored)
    flute, strings = saved.song.tracks[0].regions
    assert (saved.version, saved.revision, saved.song.settings.pack_id) == (4, 8, "mini")
    assert (flute.pack_id, strings.pack_id) == (None, None)
    again = msgspec.json.decode(encode(saved.song, 8))
    for region in again["song"]["tracks"][0]["regions"]:
        del region["pack_id"]
        for take in region["takes"]:
            del take["recording"]
    assert {**again, "version": 2} == msgspec.json.decode(stored)  # nothing else is changed or lost


def test_a_stored_song_of_version_3_knows_which_of_its_takes_was_recorded() -> None:
    """It was written by the program when only a recipe told, by the name of the file in it."""
    stored = (Path(__file__).parent / "songs" / "version_3.json").read_bytes()
    saved = decode(stored)
    takes = saved.song.tracks[0].regions[0].takes
    recordings = {take.name: take.recording for take in takes if take.recording}
    assert recordings == {"Recorded": "20261126-220501-a1b2.au"}
    assert {"Recorded", "Étude"} < {take.name for take in takes}
    again = msgspec.json.decode(encode(saved.song, 9))
    for region in again["song"]["tracks"][0]["regions"]:
        for take in region["takes"]:
            del take["recording"]
    assert {**again, "version": 3} == msgspec.json.decode(stored)  # nothing else is changed or lost
