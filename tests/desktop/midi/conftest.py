"""MIDI files made byte by byte, so that they can be as odd as files in the wild."""

import importlib.util
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.document.song import Clip, Marker, Note, Region, Settings, Song, Track
from desktop.document.tempo import MetreChange, TempoChange, TempoMap
from desktop.document.time import Tick
from desktop.midi.reading import read_midi
from desktop.midi.writing import midi_bytes

ReadTracks = Callable[..., Song]


def midi_file(*tracks: bytes, file_type: int = 1, division: int = 960) -> bytes:
    """Return a MIDI file whose tracks hold the given events and nothing else."""
    header = struct.pack(">4sLHHH", b"MThd", 6, file_type, len(tracks), division)
    return header + b"".join(b"MTrk" + struct.pack(">L", len(t)) + t for t in tracks)


@pytest.fixture
def read_bytes(tmp_path: Path) -> Callable[[bytes], Song]:
    """Return a function that reads a file of the given bytes, named tune.mid."""

    def read(data: bytes) -> Song:
        path = tmp_path / "tune.mid"
        path.write_bytes(data)
        return read_midi(path)

    return read


@pytest.fixture
def read_tracks(read_bytes: Callable[[bytes], Song]) -> ReadTracks:
    """Return a function that reads a file of the given tracks (see `midi_file`)."""

    def read(*tracks: bytes, **header: Any) -> Song:
        return read_bytes(midi_file(*tracks, **header))

    return read


@pytest.fixture
def busy_song() -> Song:
    """Return a song that has something of everything a MIDI file can hold."""
    notes = tuple(Note(n, Tick(240 * n), Tick(400), 40 + n, 20 + n) for n in range(1, 40))
    clip, region = Clip(2, Tick(3840), Tick(11520), notes), Region(3, Tick(0), Tick(960), "暖 warm")
    beat = Clip(5, Tick(0), Tick(3840), (Note(1, Tick(0), Tick(100), 36),))
    return Song(
        title="茉莉花",
        tracks=(
            Track(1, "主旋律", clips=(clip,), regions=(region,)),
            Track(4, "Kit", role="drums", clips=(beat,)),
            Track(7, "Pads", role="harmony", clips=(Clip(8, Tick(0), Tick(9600), notes[:9]),)),
        ),
        tempo_map=TempoMap(
            (TempoChange(Tick(0), 97.5), TempoChange(Tick(5000), 130.0)),
            (MetreChange(Tick(0), 3, 4), MetreChange(Tick(5760), 7, 8)),
        ),
        markers=(Marker(6, Tick(2880), "副歌 Chorus"),),
        settings=Settings(key="F#m"),
        next_id=9,
    )


@pytest.fixture
def busy_file(busy_song: Song) -> bytes:
    """Return the MIDI file of the busy song."""
    return midi_bytes(busy_song)


@pytest.fixture
def mutated() -> Callable[..., bytes]:
    """Return `mutated` of tests/end_to_end/mutations.py; tests are no packages to import from."""
    path = Path(__file__).parents[2] / "end_to_end" / "mutations.py"
    spec = importlib.util.spec_from_file_location("mutations", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    damage: Callable[..., bytes] = module.mutated
    return damage
